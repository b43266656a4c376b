"""The verbatim gate: the one door by which article text leaves for a reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.article.model import Article, Locator, Span
from bot.errors import NotVerbatim

MAX_QUOTE_LENGTH = 200
"""Longest quote, in code points."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim piece of an article with its place.

    `text` is `article.text[span.start:span.end]`. `highlights` are the words that answer, as
    spans of `text`, in order and apart. `score` compares quotes of one answer. Made by
    `make_quote` and nowhere else.
    """

    text: str
    span: Span
    locator: Locator
    highlights: tuple[Span, ...] = ()
    score: float = 0.0


def make_quote(
    article: Article, span: Span, highlights: Iterable[Span] = (), score: float = 0.0
) -> Quote:
    """Cut `span` out of the article's text.

    `highlights` are spans of the article's text; they are merged and clipped to the quote. This
    is the check that nothing else may go round, so it fails closed.

    Raises:
        NotVerbatim: the span is empty, too long, outside the text, not inside one paragraph, or
            begins or ends with white space.
    """
    if not 0 <= span.start < span.end <= len(article.text):
        raise NotVerbatim(f"no text at {span.start}:{span.end}")
    text = article.text[span.start : span.end]
    if len(text) > MAX_QUOTE_LENGTH:
        raise NotVerbatim(f"{len(text)} characters at {span.start}:{span.end} are too many")
    if text != text.strip():
        raise NotVerbatim(f"the quote at {span.start}:{span.end} is padded with white space")
    locator = article.locate(span)
    if locator is None:
        raise NotVerbatim(f"{span.start}:{span.end} is not inside one paragraph")
    return Quote(
        text=text,
        span=span,
        locator=locator,
        highlights=tuple(part.shift(-span.start) for part in _merged(span, highlights)),
        score=score,
    )


def _merged(bounds: Span, spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        start, end = max(span.start, bounds.start), min(span.end, bounds.end)
        if start >= end:
            continue
        if merged and start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(end, merged[-1].end))
        else:
            merged.append(Span(start, end))
    return merged
