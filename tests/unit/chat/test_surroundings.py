from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.article.loader import article_from_text
from bot.article.model import Article, Span
from bot.article.quote import make_quote
from bot.chat.richtext import utf16_length
from bot.chat.surroundings import Width, joined, next_width, quotes_of_span, views

GAP = "［…］"
ROOM = 4000


def test_a_paragraph_holds_its_quote_marked(article: Article) -> None:
    """Every sentence, widened, stands in its whole paragraph, byte for byte."""
    for paragraph in article.paragraphs:
        for span in paragraph.sentences:
            (view,) = views(article, [span], Width.PARAGRAPH, ROOM, GAP)
            whole = article.text[paragraph.span.start : paragraph.span.end]
            assert (whole, article.text[span.start : span.end]) == (
                view.text,
                view.text[view.start : view.end],
            )


def test_neighbours_are_those_of_the_same_section(article: Article) -> None:
    """The paragraph before and the one after, where the section has them."""
    for section in article.sections:
        for paragraph in section.paragraphs:
            near = [p for p in section.paragraphs if abs(p.number - paragraph.number) <= 1]
            span = paragraph.sentences[0]
            (view,) = views(article, [span], Width.NEIGHBOURS, ROOM, GAP)
            expected = article.text[near[0].span.start : near[-1].span.end]
            assert (expected, article.text[span.start : span.end]) == (
                view.text,
                view.text[view.start : view.end],
            )


def test_no_paragraph_is_shown_twice(article: Article) -> None:
    """Where two quotes share a paragraph, the second one stands alone."""
    paragraph = article.paragraphs[8]
    one, two = paragraph.sentences[0], paragraph.sentences[2]
    shown = views(article, [one, two], Width.PARAGRAPH, ROOM, GAP)
    whole = article.text[paragraph.span.start : paragraph.span.end]
    assert [whole, article.text[two.start : two.end]] == [view.text for view in shown]


LONG = article_from_text("第一句话就在这里说。" + "".join(f"这是第{n}句话。" for n in range(800)))


@given(st.integers(0, 800), st.integers(300, 4000), st.sampled_from([1, 2]))
def test_what_does_not_fit_is_left_out_with_a_gap(number: int, room: int, width: int) -> None:
    """A very long paragraph is cut at sentences round the quote; never over the room."""
    span = LONG.sentences[number]
    (view,) = views(LONG, [span], Width(width), room, GAP)
    parts = [part.strip("\n") for part in view.text.split(GAP) if part]
    assert utf16_length(view.text) <= room
    assert 1 == len(parts)
    assert parts[0] in LONG.text
    assert LONG.text[span.start : span.end] == view.text[view.start : view.end]
    assert (number > 0 and view.start < 8) or view.text.startswith(GAP) or parts[0][:3] == "第一句"


def test_spans_that_do_not_touch_are_never_joined_without_a_gap(article: Article) -> None:
    """Neighbours are joined by the article's own white space, others by a visible gap."""
    one, two, three = (make_quote(article, span) for span in article.paragraphs[8].sentences[:3])
    whole = article.text[one.span.start : two.span.end]
    assert whole == joined(article, [one, two], GAP)
    assert f"{one.text}\n{GAP}\n{three.text}" == joined(article, [one, three], GAP)
    assert f"{three.text}\n{GAP}\n{one.text}" == joined(article, [three, one], GAP)


def test_a_span_is_all_of_its_quotes(article: Article) -> None:
    """However long the paragraph, its quotes are its text."""
    for paragraph in article.paragraphs:
        quotes = quotes_of_span(article, paragraph.span)
        text = article.text[paragraph.span.start : paragraph.span.end]
        assert text == joined(article, quotes, GAP)


def test_widths_go_round(article: Article) -> None:
    """From the quote to its paragraph, to the neighbours, and back; what shows nothing more is
    passed over.
    """
    middle, alone = article.paragraphs[16], article.paragraphs[7]
    part, whole = middle.sentences[0], alone.sentences[0]
    steps = [
        [next_width(article, [span], width, ROOM, GAP) for width in Width] for span in (part, whole)
    ]
    assert [
        [Width.PARAGRAPH, Width.NEIGHBOURS, Width.QUOTE],
        [Width.NEIGHBOURS, Width.NEIGHBOURS, Width.QUOTE],
    ] == steps


def test_a_text_of_one_sentence_has_nothing_round_it() -> None:
    """There is no button then."""
    article = article_from_text("只有一句话。")
    assert next_width(article, [Span(0, 6)], Width.QUOTE, ROOM, GAP) is None


@pytest.mark.parametrize("width", list(Width))
def test_every_width_of_every_sentence_fits(article: Article, width: Width) -> None:
    """Five quotes at once, as many as an answer has."""
    spans = list(article.sentences)
    for at in range(len(spans) - 4):
        shown = views(article, spans[at : at + 5], width, ROOM, GAP)
        assert sum(utf16_length(view.text) for view in shown) <= ROOM
