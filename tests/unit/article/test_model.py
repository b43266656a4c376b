from __future__ import annotations

from bot.article.loader import article_from_text
from bot.article.model import Lines, Span

ARTICLE = article_from_text("一二三。四五六。\n\n七八\n九。")


def test_spans() -> None:
    """Spans are half-open; one holds another up to its own edges."""
    span = Span(2, 5)

    assert 3 == len(span)
    assert Span(4, 7) == span.shift(2)
    assert Span(2, 5) in span
    assert Span(2, 6) not in span


def test_finds_the_paragraph_and_the_lines_of_a_span() -> None:
    """A span inside a paragraph has its place; before the text or over an edge there is none."""
    second = ARTICLE.paragraphs[1]

    assert second == ARTICLE.paragraph_at(second.span)
    assert Lines(3, 4) == ARTICLE.lines_of(second.span)
    assert Lines(4, 4) == ARTICLE.lines_of(Span(second.span.end - 2, second.span.end))
    assert ARTICLE.paragraph_at(Span(0, second.span.end)) is None
    assert ARTICLE.paragraph_at(Span(-1, 2)) is None
    assert ARTICLE.section_of(second) == ARTICLE.sections[0]
