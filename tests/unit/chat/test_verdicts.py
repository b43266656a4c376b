from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import MessageEntity

from bot.article.model import Article
from bot.chat.links import Links
from bot.chat.richtext import MAX_ENTITIES, MAX_UNITS, Rendered, utf16_length
from bot.chat.verdicts import render_verification
from bot.locales import LANGUAGES, catalog
from bot.retrieval.verification import Verdict, Verifier
from bot.retrieval.wording import Difference

LINKS = Links("quoting_bot")


@pytest.fixture(scope="module")
def verifier(article: Article) -> Verifier:
    """Checks texts against the project's article."""
    return Verifier(article)


def _said(verifier: Verifier, article: Article, text: str, language: str = "zh") -> Rendered:
    checked = verifier.check(text)
    return render_verification(checked, article.metadata, catalog(language), LINKS)


def _marked(rendered: Rendered, kind: str) -> list[str]:
    units = rendered.text.encode("utf-16-le")
    return [
        units[2 * e.offset : 2 * (e.offset + e.length)].decode("utf-16-le")
        for e in rendered.entities
        if e.type == kind
    ]


def test_a_found_sentence_is_shown_with_its_place(verifier: Verifier, article: Article) -> None:
    """Word for word, in a blockquote, with a link into the text."""
    span = article.paragraphs[16].sentences[0]
    text = article.text[span.start : span.end]
    said = _said(verifier, article, text)
    assert said.text.startswith("是原文，一字不差。")
    assert [text] == _marked(said, MessageEntity.BLOCKQUOTE)
    assert ["在文中查看"] == _marked(said, MessageEntity.TEXT_LINK)


def test_a_change_is_marked_and_said_in_words(verifier: Verifier, article: Article) -> None:
    """Removed struck through, added underlined, both legible without the marks."""
    span = article.paragraphs[16].sentences[2]
    text = article.text[span.start : span.end].replace("正在平稳", "没有平稳")
    said = _said(verifier, article, text)
    assert said.text.startswith("不是原文")
    removed = _marked(said, MessageEntity.STRIKETHROUGH)
    added = _marked(said, MessageEntity.UNDERLINE)
    assert (["［−正在］"], ["［+没有］"]) == (removed, added)
    assert "· 原文的“正在”变成了“没有”" in said.text


def test_another_spelling_is_named(verifier: Verifier, article: Article) -> None:
    """Which kind of difference was passed over."""
    said = _said(verifier, article, "截至目前，相關臨床研究正在平穩進行。")
    assert said.text.startswith("是原文，字词相同，只有写法不同：繁简字。")


def test_a_stitched_text_is_taken_apart(verifier: Verifier, article: Article) -> None:
    """Each piece with its own place."""
    one, two = article.paragraphs[7].sentences[0], article.paragraphs[24].sentences[0]
    text = "".join(article.text[span.start : span.end] for span in (one, two))
    said = _said(verifier, article, text)
    assert "由 2 处拼成" in said.text.splitlines()[0]
    assert 2 == len(_marked(said, MessageEntity.BLOCKQUOTE))
    assert ("第 1 部分：是原文。" in said.text, "第 2 部分：是原文。" in said.text) == (True, True)


def test_an_absent_text_is_said_to_be_absent(verifier: Verifier, article: Article) -> None:
    """Without a word that could be read as found."""
    said = _said(verifier, article, "番茄炒蛋要先放番茄。")
    assert said.text.startswith("文中没有这段话。")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verdict_and_difference_has_its_words(language: str) -> None:
    """In every language, for the whole and for a part of it."""
    values = {"ways": "w", "number": "2", "words": "w"}
    said = {catalog(language)(f"verdict-{verdict}", **values) for verdict in Verdict}
    said |= {
        catalog(language)(f"piece-{verdict}", **values)
        for verdict in Verdict
        if verdict is not Verdict.STITCHED
    }
    said |= {catalog(language)(f"difference-{d.replace('_', '-')}") for d in Difference}
    assert 2 * len(Verdict) - 1 + len(Difference) == len(said)


@given(st.data())
def test_no_outcome_is_too_long_to_send(
    verifier: Verifier, article: Article, data: st.DataObject
) -> None:
    """Whatever is checked: any text, the whole article, shuffled pieces of it."""
    pieces = st.builds(
        lambda start, length: article.text[start : start + length],
        st.integers(0, len(article.text)),
        st.integers(1, 4096),
    )
    text = "".join(data.draw(st.lists(pieces | st.text(max_size=40), max_size=12)))[:4096]
    said = _said(verifier, article, text, data.draw(st.sampled_from(LANGUAGES)))
    assert 1 <= utf16_length(said.text) <= MAX_UNITS
    assert len(said.entities) <= MAX_ENTITIES
