"""Where the words of a text stand in the article: whole, in pieces, or nearly.

All indexes are of keys (bot/retrieval/wording.py). Work is bounded: a text is read unit by unit,
an anchor is looked up by its first keys, and only what is round it is aligned.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from bot.article.model import Article, Span
from bot.retrieval.analysis import Analyzer
from bot.retrieval.cuts import is_whole, section_of, whole_words
from bot.retrieval.differences import Block, Edit, align, edits, inside_tokens, reach_of
from bot.retrieval.runs import GRAM, STOPS, longest, may_be_trimmed, places, to_clause_end, trimmed
from bot.retrieval.wording import END, Wording, is_traditional, read_wording, traditional_keys

_MOST_OCCURRENCES = 1000
_LEAST_PIECE = 6  # a stitched piece: shorter ones stand in any text
# Pieces at most so far apart are one passage with words removed.
_NEAR = 24
# Less than this share of the letters in common is another sentence.
_LEAST_SHARE = 0.5
_LEAST_OF_SHREDS = 0.7
_LEAST_OF_PASSAGE = 0.25
# A text up to this length is compared word by word, and where it has no run in common; a longer
# one by its runs and letters alone, to stay fast.
_CLOSELY_READ = 600

_JOINERS = STOPS | frozenset("[]()")


@dataclass(frozen=True, slots=True)
class Match:
    """The asked keys `[asked, asked_end)` stand for the source's `[source, source_end)`.

    Without `blocks` the source has nothing for them.
    """

    asked: int
    asked_end: int
    source: int = 0
    source_end: int = 0
    blocks: tuple[Block, ...] = ()

    @property
    def is_exact(self) -> bool:
        """Whether the keys of both are equal."""
        length = self.asked_end - self.asked
        return length == self.source_end - self.source and self.blocks == (
            Block(self.asked, self.source, length),
        )

    def joined(self, following: Match, keys: str) -> Match | None:
        """Both as one: exact and together in the source's `keys`, or nearly; or both absent."""
        gap = following.source - self.source_end
        if not self.blocks and not following.blocks and self.asked_end == following.asked:
            return Match(self.asked, following.asked_end)
        is_near = 0 <= gap <= _NEAR and END not in keys[self.source_end : following.source]
        if not (self.is_exact and following.is_exact and is_near):
            return None
        blocks = (*self.blocks, *following.blocks)
        if not gap and self.asked_end == following.asked:
            length = following.source_end - self.source
            blocks = (Block(self.asked, self.source, length),)
        return Match(self.asked, following.asked_end, self.source, following.source_end, blocks)


class Matcher:
    """Finds texts in one article's keys."""

    def __init__(self, article: Article, analyzer: Analyzer | None = None) -> None:
        self._article = article
        self._analyzer = analyzer
        self._starts = tuple(
            (section.heading_span or section.paragraphs[0].span).start
            for section in article.sections
            if section.heading_span or section.paragraphs
        )
        self.source = read_wording(article.text, section_starts=self._starts)

    def versions(self, asked: Wording) -> tuple[str, ...]:
        """The article's keys as `asked` may spell them, the likeliest spelling first."""
        if not is_traditional(asked.text):
            return (self.source.keys,)
        grams = {asked.keys[at : at + GRAM] for at in range(len(asked.keys) - GRAM + 1)}
        return tuple(
            sorted(self._spellings, key=lambda keys: len(grams & places(keys).keys()), reverse=True)
        )

    def whole(self, asked: str, versions: Sequence[str]) -> list[Match]:
        """Where all of `asked` stands, word for word, at most 1,000 places."""
        for keys in versions:
            found = [
                match
                for match in self._exact(asked, 0, len(asked), keys)
                if is_whole(keys, match.source, match.source_end)
            ]
            if found:  # where all of it stands, so does it without its last stop
                return [match for match in found if match.asked_end == found[0].asked_end]
        return []

    def read(
        self, asked: str, first: int, last: int, keys: str, before: Match | None
    ) -> list[Match]:
        """What `asked[first:last]` stands for; `before` is what the text before it does."""
        cut = None
        for match in self._exact(asked, first, last, keys):
            if before is not None and before.joined(match, keys):
                return [match]
            if is_whole(keys, match.source, match.source_end):
                return [match]
            cut = cut or match
        if cut is not None:
            source, source_end = whole_words(keys, cut.source, cut.source_end)
            return [replace(cut, source=source, source_end=source_end)]
        return (
            self._stitched(asked, first, last, keys)
            or self._altered(asked, first, last, keys)
            or [Match(first, last)]
        )

    def edits(self, asked: str, match: Match, keys: str) -> list[Edit]:
        """What is not the same in a match."""
        if match.is_exact:
            return []
        reach = match.source, match.source_end
        whole = inside_tokens(asked), inside_tokens(keys)
        if self._analyzer is not None and len(asked) <= _CLOSELY_READ:
            whole = (
                whole[0] | self._inside_words(asked, match.asked, match.asked_end),
                whole[1] | self._inside_words(keys, match.source, match.source_end),
            )
        return edits(whole, match.asked, match.asked_end, match.blocks, reach)

    def nearest(self, asked: str) -> Span | None:
        """The sentence that has most in common with `asked`, rare pairs of letters before all."""
        scores: dict[int, float] = defaultdict(float)
        for pair in {asked[at : at + 2] for at in range(len(asked) - 1)}:
            holding = self._sentences_with.get(pair, ())
            for number in holding:
                scores[number] += math.log(1 + len(self._article.sentences) / len(holding))
        if not scores:
            return None
        sentences = self._article.sentences
        best = max(
            scores, key=lambda number: scores[number] / math.sqrt(len(sentences[number]) + 9)
        )
        return sentences[best]

    @cached_property
    def _spellings(self) -> tuple[str, ...]:
        spellings = traditional_keys(self._article.text, self._starts)
        alike = [keys for keys in spellings if len(keys) == len(self.source.keys)]
        return tuple(dict.fromkeys((self.source.keys, *alike)))

    @cached_property
    def _sentences_with(self) -> dict[str, list[int]]:
        holding: dict[str, list[int]] = defaultdict(list)
        for number, sentence in enumerate(self._article.sentences):
            first, last = self.source.keys_in(sentence)
            text = self.source.keys[first:last]
            for pair in {text[at : at + 2] for at in range(len(text) - 1)}:
                holding[pair].append(number)
        return holding

    def _exact(self, asked: str, first: int, last: int, keys: str) -> Iterator[Match]:
        """Where it stands, whole, then without the stops at its ends; at most 1,000 each."""
        for start, end in trimmed(asked, first, last):
            wanted = asked[start:end]
            if not any(key.isalnum() for key in wanted):
                return
            at = keys.find(wanted)
            for _ in range(_MOST_OCCURRENCES):
                if at < 0:
                    break
                block = Block(start, at, len(wanted))
                if may_be_trimmed(asked, first, last, keys, block):
                    yield Match(start, end, at, block.source_end, (block,))
                at = keys.find(wanted, at + 1)

    def _stitched(self, asked: str, first: int, last: int, keys: str) -> list[Match]:
        """Pieces of the source that make up all of it, or none."""
        for by_clause in (True, False):
            pieces = self._cover(asked, first, last, keys, by_clause=by_clause)
            near = any(
                0 <= right.source - left.source_end <= _NEAR for left, right in pairwise(pieces)
            )
            if len(pieces) > 1 and not near:
                return pieces
        return []

    def _cover(
        self, asked: str, first: int, last: int, keys: str, *, by_clause: bool
    ) -> list[Match]:
        pieces: list[Match] = []
        at = first
        while at < last:
            block = longest(asked, at, last, keys)
            if by_clause and block.asked_end < last:
                block = to_clause_end(asked, block, _LEAST_PIECE)
            if block.length >= _LEAST_PIECE and is_whole(keys, block.source, block.source_end):
                pieces.append(Match(at, block.asked_end, block.source, block.source_end, (block,)))
                at = block.asked_end
            elif asked[at] in _JOINERS:
                at += 1
            else:
                return []
        return pieces

    def _altered(self, asked: str, first: int, last: int, keys: str) -> list[Match]:
        """The passage it comes from, or nothing where it is another sentence."""
        anchor = Block(first, 0, 0)
        at = first
        while at < last:
            block = longest(asked, at, last, keys)
            anchor = max(anchor, block, key=lambda found: found.length)
            at += max(1, block.length)
        if anchor.length:
            bounds = section_of(keys, anchor.source)
        elif len(asked) <= _CLOSELY_READ and (sentence := self.nearest(asked[first:last])):
            bounds = self.source.keys_in(sentence)
            anchor = Block(first, bounds[0], 0)
        else:
            return []
        blocks = align(asked, first, last, keys, bounds, anchor)
        letters = sum(key.isalnum() for key in asked[first:last])
        common = sum(block.length for block in blocks if block.length > 1)
        spread = blocks[-1].source_end - blocks[0].source if blocks else 0
        share = _LEAST_SHARE if any(block.length >= GRAM for block in blocks) else _LEAST_OF_SHREDS
        least = max(share * letters, _LEAST_OF_PASSAGE * spread, 2)
        if common < least:
            return []
        start, end = reach_of(asked, first, last, keys, blocks, bounds)
        whole = whole_words(keys, start, end)
        if blocks[0].asked == first:
            start = whole[0]
        if blocks[-1].asked_end == last:
            end = whole[1]
        return [Match(first, last, start, end, tuple(blocks))]

    def _inside_words(self, keys: str, first: int, last: int) -> set[int]:
        """The indexes inside the Chinese words of `keys[first:last]`."""
        tokens = self._analyzer.tokens(keys[first:last]) if self._analyzer else ()
        return {first + at for token in tokens for at in range(token.start + 1, token.end)}
