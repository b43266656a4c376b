from __future__ import annotations

import pytest

from bot.article.loader import article_from_text
from bot.article.model import Article, Metadata
from bot.article.quote import Quote, make_quote
from bot.article.topics import Topics, topic_quotes
from bot.chat.copying import MAX_COPIED, copied_text, copy_button
from bot.chat.inline import offered_quotes
from bot.chat.richtext import utf16_length
from bot.locales import LANGUAGES, catalog
from bot.retrieval import Quoter
from bot.retrieval.analysis import Analyzer
from bot.retrieval.index import index_text

LONG_ARTICLE = article_from_text("字" * 199 + "。")
LONG = make_quote(LONG_ARTICLE, LONG_ARTICLE.sentences[0])
TITLED = Metadata("seeds/a.txt", title="题" * 60)


def _quotes(article: Article, topics: Topics) -> list[Quote]:
    quotes = [make_quote(article, span) for span in article.sentences]
    return quotes + [quote for topic in topics.all for quote in topic_quotes(article, topic)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("inline", [True, False])
def test_every_quote_can_be_taken_along_unchanged(
    article: Article, topics: Topics, language: str, inline: bool
) -> None:
    """What is copied begins with the quote, what is shared is the quote, and both fit."""
    for quote in _quotes(article, topics):
        button = copy_button(quote, article.metadata, catalog(language), inline=inline)
        assert button is not None
        if button.copy_text is not None:
            copied = button.copy_text.text
            assert (quote.text, True) == (
                copied[: len(quote.text)],
                utf16_length(copied) <= MAX_COPIED,
            )
        else:
            target = button.switch_inline_query_chosen_chat
            assert inline
            assert target is not None
            assert quote.text == target.query


def test_a_citation_is_copied_where_it_fits(article: Article) -> None:
    """The place on a line of its own; None where there is no room for both."""
    short = make_quote(article, article.paragraphs[16].sentences[0])
    copied = copied_text(short, article.metadata, catalog())
    assert copied is not None
    assert "——《让中国细胞治疗“闪耀”世界》· 站在前沿" in copied.splitlines()[1]
    assert copied_text(LONG, TITLED, catalog()) is None


def test_a_quote_too_long_for_its_citation_is_shared_or_copied_bare() -> None:
    """By an inline query that is the quote itself; without inline mode, the quote alone."""
    shared = copy_button(LONG, TITLED, catalog(), inline=True)
    bare = copy_button(LONG, TITLED, catalog(), inline=False)
    assert shared is not None
    assert bare is not None
    assert shared.switch_inline_query_chosen_chat is not None
    assert bare.copy_text is not None
    assert (LONG.text, LONG.text) == (
        shared.switch_inline_query_chosen_chat.query,
        bare.copy_text.text,
    )


def test_what_is_shared_is_found_by_its_query(analyzer: Analyzer) -> None:
    """The first result of the query that a share button types is the same quote."""
    sentences = ["".join(f"第{a}{b}回" for b in range(60))[:199] + "。" for a in "甲乙丙"]
    core = Quoter(index_text("\n\n".join(sentences), analyzer), analyzer)
    quotes = [make_quote(core.article, span) for span in core.article.sentences]
    offered = [offered_quotes(core, quote.text, core.ask(quote.text)) for quote in quotes]
    assert sentences == [found[0].text for found in offered]
