from __future__ import annotations

import dataclasses
import itertools

import pytest
from telegram import InlineQueryResultArticle, InputTextMessageContent

from bot.article.quote import make_quote
from bot.chat.inline import offered_quotes, quote_result, topic_results
from bot.chat.links import Links
from bot.chat.richtext import MAX_ENTITIES, MAX_UNITS, utf16_length
from bot.locales import LANGUAGES, catalog
from bot.retrieval import Quoter
from bot.retrieval.answer import Reason

LINKS = Links("quoting_bot")


def _check(result: InlineQueryResultArticle) -> InputTextMessageContent:
    content = result.input_message_content
    assert isinstance(content, InputTextMessageContent)
    assert 1 <= len(result.id.encode()) <= 64
    assert 1 <= utf16_length(content.message_text) <= MAX_UNITS
    assert len(content.entities) <= MAX_ENTITIES
    assert result.title
    return content


def test_every_quote_can_be_a_result(quoter: Quoter) -> None:
    """Its id, title and message fit, and the message holds the quote unchanged."""
    article = quoter.article
    quotes = [make_quote(article, span) for span in article.sentences]
    quotes += [quote for topic in quoter.topics.all for quote in quoter.quotes_of(topic)]
    for quote in quotes:
        content = _check(quote_result(quoter, catalog(), LINKS, quote))
        assert content.message_text.startswith(quote.text + "\n")


def test_every_topic_is_a_result(quoter: Quoter) -> None:
    """In the order they are shown, each under an id of its own."""
    results = topic_results(quoter, catalog(), LINKS)
    for result in results:
        _check(result)
    assert [topic.name for topic in quoter.topics.all] == [result.title for result in results]
    assert len(results) == len({result.id for result in results})


@pytest.mark.parametrize(
    "words", ["渐冻症", "CAR-T", "张毅", "诚信", "alsalsals", "\u202e", "?" * 256]
)
def test_no_text_is_offered_twice(quoter: Quoter, words: str) -> None:
    """Quotes of one list never overlap, so their ids differ."""
    spans = sorted(quote.span for quote in offered_quotes(quoter, words, quoter.ask(words)))
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))


def test_a_word_of_the_article_offers_more_than_an_answer_has(quoter: Quoter) -> None:
    """What comes near, and what else its topics hold, follow the answer."""
    quotes = offered_quotes(quoter, "渐冻症", quoter.ask("渐冻症"))
    assert len(quotes) > 10
    assert all("渐冻症" in quote.text for quote in quotes[:1])


def test_nothing_is_offered_that_the_article_does_not_say(quoter: Quoter) -> None:
    """Where the core abstains, what comes nearest is no offer."""
    abstained = dataclasses.replace(
        quoter.ask("渐冻症"), quotes=(), related=(), reason=Reason.NOT_IN_ARTICLE
    )
    assert [] == offered_quotes(quoter, "渐冻症", abstained)


def test_the_bots_own_words_are_those_of_the_articles_language_for_all() -> None:
    """Telegram keeps one list for all readers, so its button speaks to all of them."""
    assert 1 == len({catalog(language)("inline-open") for language in LANGUAGES})
