"""Guest mode: the bot is called by its name in a chat that it is not in, and answers there once."""

from __future__ import annotations

import logging

from telegram import InlineQueryResultArticle, InputTextMessageContent, Message, Update
from telegram.error import BadRequest

from bot.chat.context import ChatContext
from bot.chat.mentions import text_of, without_mentions
from bot.chat.question_log import log_question
from bot.chat.readers import reader_of
from bot.chat.render import article_name, render_answer
from bot.chat.replies import NO_PREVIEW
from bot.chat.richtext import Rendered

log = logging.getLogger(__name__)

_RESULT_ID = "answer"


async def on_guest_message(update: Update, context: ChatContext) -> None:
    """Answer what a guest message asks, or, with no words of its own, what it replies to."""
    message = update.guest_message
    if message is None or not message.guest_query_id or not context.bot.bot.supports_guest_queries:
        return
    content = await _content(message, context)
    result = InlineQueryResultArticle(
        _RESULT_ID,
        context.bot.first_name,
        # No buttons: presses in a chat the bot is not in would reach nobody who could answer.
        InputTextMessageContent(
            content.text, entities=content.entities, link_preview_options=NO_PREVIEW
        ),
    )
    try:
        await context.bot.answer_guest_query(message.guest_query_id, result)
    except BadRequest as error:
        # Most likely too late: Telegram waits for a while only.
        log.info("a guest query was not answered: %s", error)


async def _content(message: Message, context: ChatContext) -> Rendered:
    services = context.services
    catalog = context.catalog_of(message.from_user)
    metadata = services.quoter.article.metadata
    question = _words(message, context)
    if not question and message.reply_to_message is not None:
        question = _words(message.reply_to_message, context)
    if not question:
        return Rendered(catalog("guest-bare", article=article_name(metadata, catalog)))
    answer = await context.ask(question)
    log_question(services, answer, reader_of(message), catalog.language)
    return render_answer(answer, metadata, catalog, context.links)


def _words(message: Message, context: ChatContext) -> str:
    text = text_of(message)
    entities = message.entities or message.caption_entities
    stripped = without_mentions(text, entities, context.bot)
    return (text if stripped is None else stripped).strip()
