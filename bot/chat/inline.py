"""Inline mode: quotes for any chat, typed as `@bot words`.

Everything here is in the article's own language, whoever asks, so that Telegram may keep the
results of a query for all readers; only somebody in distress gets a result of their own.
"""

from __future__ import annotations

import logging

from telegram import (
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Update,
)
from telegram.constants import InlineQueryLimit
from telegram.error import BadRequest

from bot.article.model import Span
from bot.article.quote import Quote
from bot.chat.context import ChatContext
from bot.chat.links import HOME, Links, place_payload, topic_payload
from bot.chat.places import quote_at
from bot.chat.render import render_answer, render_page, render_quote
from bot.chat.replies import NO_PREVIEW
from bot.chat.richtext import Rendered, clip
from bot.locales import Catalog
from bot.retrieval import Answer, Quoter
from bot.retrieval.answer import Reason

log = logging.getLogger(__name__)

PER_PAGE = 10
"""Results at a time."""

CACHE_SECONDS = 300

_MAX_EXCERPT = 120
_MAX_TITLE = 60
# A query this long that stands in the article is somebody passing on a quote, not a question.
_EXACT_FROM = 60


async def on_inline_query(update: Update, context: ChatContext) -> None:
    """Offer quotes for the words typed so far, or the topics before any."""
    query = update.inline_query
    if query is None:
        return
    words = query.query[: int(InlineQueryLimit.MAX_QUERY_LENGTH)].strip()
    start = int(query.offset) if query.offset.isascii() and query.offset.isdigit() else 0
    services = context.services
    say = services.catalogs(None)
    opens = HOME
    answer = await context.ask(words) if words else None
    distress = answer is not None and answer.care.distress is not None
    if answer is not None and distress:
        say = context.catalog_of(query.from_user)
        results = [_care_result(services.quoter, say, context.links, answer)]
    elif answer is not None:
        quotes = offered_quotes(services.quoter, words, answer)
        results = [quote_result(services.quoter, say, context.links, quote) for quote in quotes]
        opens = place_payload(quotes[0]) if quotes else HOME
    else:
        results = topic_results(services.quoter, say, context.links)
    following = start + PER_PAGE
    try:
        await query.answer(
            results[start:following],
            cache_time=0 if distress else CACHE_SECONDS,
            is_personal=distress,
            next_offset=str(following) if following < len(results) else "",
            button=InlineQueryResultsButton(say("inline-open"), start_parameter=opens),
        )
    except BadRequest as error:
        # Most likely the reader has typed on, and Telegram waits for no answer any more.
        log.info("an inline query was not answered: %s", error)


def offered_quotes(quoter: Quoter, words: str, answer: Answer) -> list[Quote]:
    """The quotes that answer `words`, then those that come near, then what else their topics
    hold; no text twice. None where the article has nothing on it.
    """
    exact = _exact(quoter, words)
    found = [exact] if exact else []
    found += [*answer.quotes, *answer.related]
    if answer or answer.reason is Reason.UNSURE:
        found += answer.candidates
        near = quoter.topics.of_paragraphs(quote.locator.paragraph for quote in found)
        topics = {topic.id: topic for topic in (*answer.topics, *near)}
        found += [quote for topic in topics.values() for quote in quoter.quotes_of(topic)]
    chosen: list[Quote] = []
    for quote in found:
        if not any(_overlap(quote.span, other.span) for other in chosen):
            chosen.append(quote)
    return chosen


def quote_result(
    quoter: Quoter, say: Catalog, links: Links, quote: Quote
) -> InlineQueryResultArticle:
    """A quote to choose; sends it with its place."""
    topics = quoter.topics.of_paragraphs([quote.locator.paragraph])
    title = topics[0].name if topics else quote.locator.section or say("article-unnamed")
    content = render_quote(quote, quoter.article.metadata, say, links)
    return _article(place_payload(quote), title, quote.text, content)


def _care_result(
    quoter: Quoter, say: Catalog, links: Links, answer: Answer
) -> InlineQueryResultArticle:
    """What is said to somebody in distress, in their own language."""
    content = render_answer(answer, quoter.article.metadata, say, links)
    title, _, rest = content.text.partition("\n")
    return _article("care", title, rest, content)


def topic_results(quoter: Quoter, say: Catalog, links: Links) -> list[InlineQueryResultArticle]:
    """All topics to choose from; each sends its first quote."""
    results = []
    for topic in quoter.topics.all:
        quotes = quoter.quotes_of(topic)
        if quotes:
            content = render_page(topic, quotes, 0, quoter.article.metadata, say, links)
            results.append(_article(topic_payload(topic), topic.name, quotes[0].text, content))
    return results


def _article(
    result_id: str, title: str, excerpt: str, content: Rendered
) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        result_id,
        clip(title, _MAX_TITLE),
        InputTextMessageContent(
            content.text, entities=content.entities, link_preview_options=NO_PREVIEW
        ),
        description=clip(excerpt, _MAX_EXCERPT),
    )


def _exact(quoter: Quoter, words: str) -> Quote | None:
    article = quoter.article
    start = article.text.find(words) if len(words) >= _EXACT_FROM else -1
    return quote_at(article, Span(start, start + len(words))) if start >= 0 else None


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
