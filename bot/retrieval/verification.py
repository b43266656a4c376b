"""Is this text in the article? `Verifier.check` says so, and where, or what was done to it.

A text is found when its keys (bot/retrieval/wording.py) stand together in the article and no end
of it cuts into a number, a Latin word or a negation: 50多名 is not found in 150多名, nor 允许失败
in 不允许失败. It may run over adjacent paragraphs of one section, never over two sections.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from bot.article.model import Article, Span
from bot.article.quote import MAX_QUOTE_LENGTH, Quote, make_quote
from bot.article.sentences import split_clauses, split_sentences
from bot.retrieval.analysis import Analyzer
from bot.retrieval.citation import SourceLine, beside
from bot.retrieval.matching import Match, Matcher
from bot.retrieval.verdict import Action, Change, Piece, Verdict, Verification
from bot.retrieval.wording import (
    Difference,
    Wording,
    differences,
    marks_differ,
    read_wording,
    with_quotation_marks,
)

__all__ = ["Action", "Change", "Difference", "Piece", "Verdict", "Verification", "Verifier"]

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_LONGEST_UNIT = 480
# A shorter sentence is read together with the one after it.
_SHORTEST_UNIT = 6
_MOST_ELSEWHERE = 5
_COMPARED = 20


class Verifier:
    """Checks texts against one article; may be used from any thread.

    With an `analyzer`, changes are shown as whole Chinese words, not as single characters.
    """

    def __init__(self, article: Article, analyzer: Analyzer | None = None) -> None:
        self._article = article
        self._matcher = Matcher(article, analyzer)
        self._source = self._matcher.source
        self._source_line = SourceLine(
            article.metadata, [section.heading for section in article.sections if section.heading]
        )

    def warm_up(self) -> None:
        """Load what the first check needs, a tenth of a second; safe to call from any thread."""
        self.check("載入")

    def check(self, text: str) -> Verification:
        """Whether `text` is in the article; never raises for what a reader writes."""
        text = _LONE_SURROGATE.sub("\ufffd", text)
        left_out = beside(text)
        asked = read_wording(text, left_out)
        keys = self._matcher.versions(asked)
        matches = self._matcher.whole(asked.keys, keys)
        if not matches and (line := self._source_line.find(text)):
            left_out = (*(span for span in left_out if span.end <= line.start), line)
            asked = read_wording(text, left_out)
            matches = self._matcher.whole(asked.keys, keys)
        if matches:
            return self._found(asked, matches, left_out)
        return self._in_pieces(asked, keys[0], left_out)

    def _found(
        self, asked: Wording, matches: Sequence[Match], left_out: tuple[Span, ...]
    ) -> Verification:
        pieces = [self._pieces(asked, [match], "")[0] for match in matches[:_COMPARED]]
        best = min(range(len(pieces)), key=lambda at: len(pieces[at].differences))
        elsewhere = [match for at, match in enumerate(matches) if at != best]
        return Verification(
            text=asked.text,
            verdict=pieces[best].verdict,
            pieces=(pieces[best],),
            left_out=left_out,
            occurrences=len(matches),
            elsewhere=tuple(
                quote
                for match in elsewhere[:_MOST_ELSEWHERE]
                for quote in self._quotes(self._source.span(match.source, match.source_end))[:1]
            ),
        )

    def _in_pieces(self, asked: Wording, keys: str, left_out: tuple[Span, ...]) -> Verification:
        matches: list[Match] = []
        for first, last in _units(asked):
            before = matches[-1] if matches else None
            for match in self._matcher.read(asked.keys, first, last, keys, before):
                _append(matches, match, keys)
        pieces = self._pieces(asked, matches, keys)
        verdict = _verdict(pieces)
        nearest = None
        if verdict is Verdict.ABSENT and (span := self._matcher.nearest(asked.keys)):
            nearest = self._quotes(span)[0]
        return Verification(asked.text, verdict, pieces, left_out, nearest=nearest)

    def _pieces(self, asked: Wording, matches: Sequence[Match], keys: str) -> tuple[Piece, ...]:
        # What is between two matches and at the ends is punctuation, passed over.
        ends = [0, *(match.asked_end for match in matches)]
        starts = [*(match.asked for match in matches[1:]), len(asked.keys)]
        return tuple(
            self._piece(asked, match, keys, stops=end < match.asked or match.asked_end < start)
            for end, match, start in zip(ends, matches, starts, strict=False)
        )

    def _piece(self, asked: Wording, match: Match, keys: str, *, stops: bool) -> Piece:
        span = asked.span(match.asked, match.asked_end)
        if not match.blocks:
            return Piece(Verdict.ABSENT, span, changes=(Change(Action.ADDED, span),))
        passed = {Difference.PUNCTUATION} if stops else set()
        for block in match.blocks:
            passed |= differences(asked, block.asked, self._source, block.source, block.length)
        changes = () if match.is_exact else tuple(self._changes(asked, match, keys))
        there = self._source.span(match.source, match.source_end)
        if match.is_exact:
            there = self._quoted_as(asked, match, there, passed)
        same = Verdict.NORMALISED if passed else Verdict.FOUND
        return Piece(
            verdict=same if match.is_exact else Verdict.ALTERED,
            asked=span,
            quotes=self._quotes(there),
            headings=self._headings(there),
            differences=tuple(difference for difference in Difference if difference in passed),
            changes=changes,
        )

    def _quoted_as(
        self, asked: Wording, match: Match, there: Span, passed: set[Difference]
    ) -> Span:
        whole = with_quotation_marks(asked, match.asked, match.asked_end, self._source, there)
        text = self._source.text
        before, after = text[whole.start : there.start], text[there.end : whole.end]
        if marks_differ(asked.gap(match.asked), before, leading=True) or marks_differ(
            asked.gap(match.asked_end), after, leading=False
        ):
            passed.add(Difference.QUOTATION_MARKS)
        return whole

    def _changes(self, asked: Wording, match: Match, keys: str) -> Iterable[Change]:
        whole = asked.span(match.asked, match.asked_end)
        for edit in self._matcher.edits(asked.keys, match, keys):
            span = asked.span(edit.asked, edit.asked_end)
            if not span:  # words are missing at the end: after the last word, not its spaces
                end = min(span.end, whole.end)
                span = Span(end, end)
            if edit.source == edit.source_end:
                yield Change(Action.ADDED, span)
                continue
            action = Action.REMOVED if edit.asked == edit.asked_end else Action.CHANGED
            there = self._source.span(edit.source, edit.source_end)
            yield Change(action, span, self._quotes(there))

    def _quotes(self, span: Span) -> tuple[Quote, ...]:
        """All of `span` that stands in paragraphs, as quotes."""
        paragraphs = self._article.paragraphs
        quotes: list[Quote] = []
        for paragraph in paragraphs[bisect.bisect_right(self._ends, span.start) :]:
            start = max(span.start, paragraph.span.start)
            end = min(span.end, paragraph.span.end)
            if start >= end:
                break
            quotes.extend(
                make_quote(self._article, piece.shift(start))
                for piece in split_clauses(self._article.text[start:end], MAX_QUOTE_LENGTH)
            )
        return tuple(quotes)

    @cached_property
    def _ends(self) -> list[int]:
        return [paragraph.span.end for paragraph in self._article.paragraphs]

    def _headings(self, span: Span) -> tuple[str, ...]:
        return tuple(
            section.heading
            for section in self._article.sections
            if section.heading
            and section.heading_span
            and section.heading_span.start < span.end
            and span.start < section.heading_span.end
        )


def _units(asked: Wording) -> list[tuple[int, int]]:
    """The sentences of the asked text as ranges of keys; very short ones joined, long ones cut."""
    ends = {len(asked.keys)}
    for sentence in split_sentences(asked.text):
        text = asked.text[sentence.start : sentence.end]
        for part in split_clauses(text, _LONGEST_UNIT):
            ends.add(asked.keys_in(part.shift(sentence.start))[1])
    units: list[tuple[int, int]] = []
    at = 0
    for end in sorted(ends):
        if end - at >= _SHORTEST_UNIT:
            units.append((at, end))
            at = end
    if at < len(asked.keys):
        first = units.pop()[0] if units else 0
        units.append((first, len(asked.keys)))
    return units


def _append(matches: list[Match], match: Match, keys: str) -> None:
    """Add a match, to the one before where the two stand together."""
    joined = matches[-1].joined(match, keys) if matches else None
    if joined is None:
        matches.append(match)
    else:
        matches[-1] = joined


def _verdict(pieces: Sequence[Piece]) -> Verdict:
    verdicts = {piece.verdict for piece in pieces}
    if verdicts <= {Verdict.ABSENT}:
        return Verdict.ABSENT
    if not verdicts <= {Verdict.FOUND, Verdict.NORMALISED}:
        return Verdict.ALTERED
    return pieces[0].verdict if len(pieces) == 1 else Verdict.STITCHED
