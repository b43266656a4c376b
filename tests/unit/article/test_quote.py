from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.article.model import Article, Span
from bot.article.quote import MAX_QUOTE_LENGTH, make_quote
from bot.errors import NotVerbatim


@given(st.data())
def test_a_quote_is_the_articles_own_text_or_nothing(article: Article, data: st.DataObject) -> None:
    """For any two numbers the gate gives verbatim text of one paragraph, or refuses."""
    size = len(article.text)
    start = data.draw(st.integers(-5, size + 5))
    end = data.draw(st.integers(start - 5, min(start + 260, size + 5)))

    try:
        quote = make_quote(article, Span(start, end))
    except NotVerbatim:
        text = article.text[max(start, 0) : max(end, 0)]
        paragraph = article.paragraph_at(Span(start, end))
        assert (
            start < 0
            or end > size
            or not text
            or text != text.strip()
            or len(text) > MAX_QUOTE_LENGTH
            or paragraph is None
        )
        return

    assert article.text[start:end] == quote.text
    assert 0 < len(quote.text) <= MAX_QUOTE_LENGTH
    assert "\n" not in quote.text


def test_every_sentence_can_be_quoted(article: Article) -> None:
    """No sentence of the project's article is too long, so nothing is out of reach."""
    for sentence in article.sentences:
        assert article.text[sentence.start : sentence.end] == make_quote(article, sentence).text


def test_highlights_are_clipped_merged_and_in_order(article: Article) -> None:
    """Highlights come as spans of the article and leave as spans of the quote."""
    span = article.paragraphs[6].sentences[0]
    at = span.start

    quote = make_quote(
        article,
        span,
        [Span(at + 6, at + 8), Span(at - 3, at + 2), Span(at + 7, at + 9), Span(0, 1)],
    )

    assert (Span(0, 2), Span(6, 9)) == quote.highlights


def test_refuses_a_heading(article: Article) -> None:
    """A heading is a place, not a paragraph: it is never quoted."""
    heading = next(s.heading_span for s in article.sections if s.heading_span is not None)

    with pytest.raises(NotVerbatim):
        make_quote(article, heading)
