"""Passages: the units that are ranked."""

from __future__ import annotations

from dataclasses import dataclass

from bot.article.model import Article, Kind, Span
from bot.article.quote import MAX_QUOTE_LENGTH
from bot.article.sentences import split_clauses


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, or a clause of one that is too long to quote.

    `paragraph` is the number of the paragraph it stands in. `words` are its words as the
    analyzer cut them, folded and separated by spaces.
    """

    span: Span
    paragraph: int
    words: str


def passage_spans(article: Article) -> list[tuple[Span, int]]:
    """The spans of the article's passages in reading order, each with its paragraph's number.

    Captions are left out: a quote of one tells a reader nothing.
    """
    spans: list[tuple[Span, int]] = []
    for paragraph in article.paragraphs:
        if paragraph.kind is Kind.CAPTION:
            continue
        for sentence in paragraph.sentences:
            text = article.text[sentence.start : sentence.end]
            spans.extend(
                (part.shift(sentence.start), paragraph.number)
                for part in split_clauses(text, MAX_QUOTE_LENGTH)
            )
    return spans
