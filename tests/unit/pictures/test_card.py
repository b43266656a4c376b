from __future__ import annotations

import logging
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.article.loader import article_from_text
from bot.article.model import Article, Metadata, Span
from bot.article.quote import MAX_QUOTE_LENGTH, Quote, make_quote
from bot.errors import ArticleError
from bot.locales import LANGUAGES, catalog
from bot.pictures import DARK, LIGHT, Theme, draw_card
from bot.pictures.card import MAX_HEIGHT, WIDTH
from bot.pictures.fonts import BOLD
from tests.unit.pictures.pictures import blank_margin, opened


def quote_of(article: Article, text: str, mark: str = "") -> Quote:
    """The quote with these words, `mark` marked."""
    start = article.text.index(text)
    at = start + text.index(mark)
    return make_quote(article, Span(start, start + len(text)), [Span(at, at + len(mark))])


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_card_is_a_picture_for_a_phone(article: Article, theme: Theme) -> None:
    """Of a fixed width, on the theme's paper, the marked words in its accent."""
    quote = quote_of(article, "要向最好者学", "最好者")
    image = opened(draw_card(quote, article.metadata, theme))
    colours = image.getcolors(image.width * image.height) or []
    near = [
        colour
        for _, colour in colours
        if isinstance(colour, tuple)
        and all(abs(one - other) <= 4 for one, other in zip(colour, theme.accent, strict=True))
    ]
    paper = image.getpixel((2, 2))
    assert isinstance(paper, tuple)
    assert WIDTH == image.width
    assert all(abs(one - other) <= 2 for one, other in zip(paper, theme.paper, strict=True))
    assert near


@settings(max_examples=12)
@given(st.data())
def test_nothing_is_clipped(article: Article, data: st.DataObject) -> None:
    """A margin stays round any quote, in any language, and the height stays in its bounds."""
    paragraph = data.draw(st.sampled_from(article.paragraphs)).span
    start = data.draw(st.integers(paragraph.start, paragraph.end - 1))
    end = min(paragraph.end, start + data.draw(st.integers(1, MAX_QUOTE_LENGTH)))
    quote = make_quote(article, Span(start, end), [Span(start, start + 4)])
    say = catalog(data.draw(st.sampled_from(LANGUAGES)))
    image = opened(draw_card(quote, article.metadata, DARK, say=say))
    assert blank_margin(image) >= 70
    assert 810 <= image.height <= MAX_HEIGHT


def test_a_longer_quote_makes_a_higher_card(article: Article) -> None:
    """Until it is set smaller."""
    text = max((article.text[span.start : span.end] for span in article.sentences), key=len)
    heights = [
        opened(draw_card(quote_of(article, part), article.metadata, LIGHT)).height
        for part in (text[:10], text[:120], text[:200])
    ]
    assert sorted(heights) == heights


def test_long_titles_and_unbroken_words_fit() -> None:
    """They wrap, whatever the article."""
    article = article_from_text("supercalifragilistic" * 9 + "\n")
    metadata = Metadata(source="text", title="很长的标题" * 40)
    quote = make_quote(article, Span(0, 180))
    image = opened(draw_card(quote, metadata, LIGHT))
    assert blank_margin(image) >= 70
    assert image.height <= MAX_HEIGHT


def test_a_text_without_metadata_has_a_card() -> None:
    """Only the place and the promise stand below it."""
    article = article_from_text("一句话。\n")
    image = opened(draw_card(make_quote(article, Span(0, 4)), article.metadata, LIGHT))
    assert 810 == image.height


def test_a_character_without_a_glyph_is_a_box_and_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """It is never dropped in silence."""
    with_it = article_from_text("好\U0001f600好\U00020000。\n")
    without = article_from_text("好好。\n")
    with caplog.at_level(logging.WARNING):
        shown = draw_card(make_quote(with_it, Span(0, 5)), without.metadata, LIGHT)
    assert ["NotoSerifSC-Regular.subset.otf has no glyph for U+1F600 U+20000"] == caplog.messages
    assert shown != draw_card(make_quote(without, Span(0, 3)), without.metadata, LIGHT)


def test_another_font_may_be_named(article: Article, tmp_path: Path) -> None:
    """It serves for both weights; a file that is none says so in one line."""
    quote = quote_of(article, "要向最好者学")
    plain = draw_card(quote, article.metadata, LIGHT)
    assert plain != draw_card(quote, article.metadata, LIGHT, font=BOLD)
    broken = tmp_path / "broken.otf"
    broken.write_text("no font")
    for path in (broken, tmp_path / "missing.otf"):
        with pytest.raises(ArticleError, match=path.name):
            draw_card(quote, article.metadata, LIGHT, font=path)
