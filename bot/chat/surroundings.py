"""What stands round a quote: its paragraph, then the paragraphs beside that.

Everything here is put together from quotes; what stands between two of them is the article's
own white space, or a visible gap.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.article.model import Article, Paragraph, Span
from bot.article.quote import MAX_QUOTE_LENGTH, Quote, make_quote
from bot.article.sentences import split_clauses
from bot.chat.richtext import utf16_length


class Width(enum.IntEnum):
    """How much of the article is shown round a quote."""

    QUOTE = 0
    PARAGRAPH = 1
    NEIGHBOURS = 2


@dataclass(frozen=True, slots=True)
class View:
    """A quote with what is shown round it; the quote begins at `start` (code points)."""

    text: str
    start: int
    length: int

    @property
    def end(self) -> int:
        """Where the quote ends."""
        return self.start + self.length


def views(
    article: Article, spans: Sequence[Span], width: Width, room: int, gap: str
) -> tuple[View, ...]:
    """Each quote at `width`, all together in at most `room` UTF-16 units.

    No paragraph is shown twice. A paragraph too long for its share of the room is cut at
    sentences, with `gap` where it goes on.

    Raises:
        NotVerbatim: there cannot be a quote at one of `spans`.
    """
    shown: set[int] = set()
    made = []
    for span in spans:
        around = _around(article, span, width, shown)
        shown.update(paragraph.number for paragraph in around)
        made.append(_view(article, span, around, room // len(spans), gap))
    return tuple(made)


def next_width(
    article: Article, spans: Sequence[Span], width: Width, room: int, gap: str
) -> Width | None:
    """The next greater width that shows more, back to the quotes alone where there is none, or
    None where the quotes alone are all there is.
    """
    now = views(article, spans, width, room, gap)
    for wider in Width:
        if wider > width and views(article, spans, wider, room, gap) != now:
            return wider
    return None if width is Width.QUOTE else Width.QUOTE


def joined(article: Article, quotes: Iterable[Quote], gap: str) -> str:
    """Quotes in article order as one text; `gap` stands for whatever is left out between two."""
    parts: list[str] = []
    end: int | None = None
    for quote in quotes:
        if end is not None:
            between = article.text[end : quote.span.start]
            touching = end <= quote.span.start and not between.strip()
            parts.append(between if touching else f"\n{gap}\n")
        parts.append(quote.text)
        end = quote.span.end
    return "".join(parts)


def quotes_of_span(article: Article, span: Span) -> list[Quote]:
    """All the text of a span inside one paragraph, as quotes.

    Raises:
        NotVerbatim: the span is not inside one paragraph.
    """
    text = article.text[span.start : span.end]
    parts = split_clauses(text, MAX_QUOTE_LENGTH)
    return [make_quote(article, part.shift(span.start)) for part in parts]


def _around(article: Article, span: Span, width: Width, shown: set[int]) -> tuple[Paragraph, ...]:
    """The paragraphs to show in full; none when the quote stands alone."""
    own = article.paragraph_at(span)
    if own is None or width is Width.QUOTE or own.number in shown:
        return ()
    reach = 1 if width is Width.NEIGHBOURS else 0
    return tuple(
        paragraph
        for paragraph in article.section_of(own).paragraphs
        if abs(paragraph.number - own.number) <= reach and paragraph.number not in shown
    )


def _view(article: Article, span: Span, around: Sequence[Paragraph], share: int, gap: str) -> View:
    wanted = _window(article, span, around, share - 2 * utf16_length(f"{gap}\n"))
    text, start = "", 0
    if around and wanted[0].start > around[0].span.start:
        text = f"{gap}\n"
    quotes = [quote for part in wanted for quote in quotes_of_span(article, part)]
    for index, quote in enumerate(quotes):
        if quote.span.start <= span.start < quote.span.end:
            start = len(text) + len(joined(article, quotes[: index + 1], gap))
            start -= quote.span.end - span.start
    text += joined(article, quotes, gap)
    if around and wanted[-1].end < around[-1].span.end:
        text += f"\n{gap}"
    return View(text, start, len(span))


def _window(
    article: Article, span: Span, around: Sequence[Paragraph], room: int
) -> tuple[Span, ...]:
    """`span` with as many sentences before and after it as fit, one span for each paragraph."""
    low, high = span.start, span.end
    starts = [cut.start for paragraph in around for cut in paragraph.sentences]
    ends = [cut.end for paragraph in around for cut in paragraph.sentences]

    def fits(start: int, end: int) -> bool:
        return utf16_length(article.text[start:end]) <= room

    growing = True
    while growing:
        growing = False
        before = max((start for start in starts if start < low), default=None)
        if before is not None and fits(before, high):
            low, growing = before, True
        after = min((end for end in ends if end > high), default=None)
        if after is not None and fits(low, after):
            high, growing = after, True
    parts = [
        Span(max(low, paragraph.span.start), min(high, paragraph.span.end))
        for paragraph in around
        if paragraph.span.start < high and low < paragraph.span.end
    ]
    return tuple(parts) or (span,)
