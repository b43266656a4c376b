"""Questions: what the bot is asked in words, and their later edits."""

from __future__ import annotations

from telegram import Message, Update
from telegram.constants import ChatType

from bot.chat.answers import Composed, compose_answer, post, repost
from bot.chat.context import ChatContext
from bot.chat.conversations import Exchange
from bot.chat.keyboards import columns
from bot.chat.mentions import is_reply_to, question_of
from bot.chat.readers import asker_of
from bot.chat.topics import topic_list, topic_page

SHORT_COLUMNS = 40
"""How wide a question may be (a Chinese character is two) that is taken for a follow-up of the
last one without being a reply to its answer."""


async def on_question(update: Update, context: ChatContext) -> None:
    """Answer a message that speaks to the bot."""
    message = update.message
    question = None if message is None else question_of(message, context.bot)
    if message is None or question is None:
        return
    composed = await compose(question, message, context, history_of(message, question, context))
    answer_id = await post(context, message, composed)
    context.services.answers.put((message.chat.id, message.message_id), answer_id)


async def on_edited_question(update: Update, context: ChatContext) -> None:
    """Answer an edited question anew, in its answer's place while that is remembered."""
    message = update.edited_message
    if message is None:
        return
    services = context.services
    key = (message.chat.id, message.message_id)
    answer_id = services.answers.get(key)
    question = question_of(message, context.bot)
    if answer_id is None or question is None:
        return
    exchange = services.conversations.get((message.chat.id, answer_id))
    composed = await compose(question, message, context, exchange.previous if exchange else ())
    services.answers.put(key, await repost(context, message, answer_id, composed))


def history_of(message: Message, question: str, context: ChatContext) -> tuple[str, ...]:
    """The earlier questions to read `question` with: those behind the answer it replies to, or,
    in private, those before it where it is short; none once they are forgotten.
    """
    conversations = context.services.conversations
    answered = message.reply_to_message
    if answered is not None:
        if not is_reply_to(message, context.bot):
            return ()
        exchange = conversations.get((message.chat.id, answered.message_id))
    elif message.chat.type == ChatType.PRIVATE and columns(question) <= SHORT_COLUMNS:
        exchange = conversations.latest(message.chat.id)
    else:
        return ()
    return exchange.history if exchange else ()


async def compose(
    question: str, message: Message, context: ChatContext, previous: tuple[str, ...] = ()
) -> Composed:
    """The reply to `question`: a topic's first page for a topic's name, all topics for a bare
    mention, and what the core finds for everything else.
    """
    services = context.services
    catalog = context.catalog_of(message.from_user)
    asker = asker_of(message)
    if not question:
        return Composed(topic_list(services, catalog, asker))
    await services.warm_up.done()
    topic = services.quoter.topic_named(question)
    page = topic_page(context, topic, 0, catalog, asker) if topic else None
    if topic and page:
        return Composed(page, Exchange(topic.name, (), "", asker))
    return await compose_answer(context, catalog, question, asker, previous)
