"""Questions: what the bot is asked in words, and their later edits."""

from __future__ import annotations

from telegram import Message, Update

from bot.chat.callback_data import Action
from bot.chat.context import ChatContext
from bot.chat.keyboards import fitting_topics, topic_buttons
from bot.chat.memory import Sent
from bot.chat.mentions import question_of
from bot.chat.readers import asker_of
from bot.chat.render import render_answer
from bot.chat.replies import Reply, rewrite, send
from bot.chat.topics import topic_list, topic_page


async def on_question(update: Update, context: ChatContext) -> None:
    """Answer a message that speaks to the bot."""
    message = update.message
    question = None if message is None else question_of(message, context.bot)
    if message is None or question is None:
        return
    reply = await compose(question, message, context)
    sent = await send(context.bot, message, reply)
    context.services.answers.put(
        (message.chat.id, message.message_id), Sent(sent.message_id, reply.content.fingerprint)
    )


async def on_edited_question(update: Update, context: ChatContext) -> None:
    """Answer an edited question anew, in its answer's place while that is remembered."""
    message = update.edited_message
    if message is None:
        return
    key = (message.chat.id, message.message_id)
    sent = context.services.answers.get(key)
    question = question_of(message, context.bot)
    if sent is None or question is None:
        return
    reply = await compose(question, message, context)
    if reply.content.fingerprint == sent.fingerprint:
        return
    await rewrite(context.bot, message.chat.id, sent.message_id, reply)
    context.services.answers.put(key, Sent(sent.message_id, reply.content.fingerprint))


async def compose(question: str, message: Message, context: ChatContext) -> Reply:
    """The reply to `question`: a topic's first page for a topic's name, all topics for a bare
    mention, and what the core finds for everything else.
    """
    services = context.services
    catalog = context.catalog_of(message.from_user)
    asker = asker_of(message)
    if not question:
        return topic_list(services, catalog, asker)
    await services.warm_up.done()
    topic = services.quoter.topic_named(question)
    page = topic and topic_page(services, topic, 0, catalog, asker)
    if page:
        return page
    answer = services.quoter.ask(question)
    offered = fitting_topics(answer.topics, services.quoter.topics)
    return Reply(
        render_answer(answer, services.quoter.article.metadata, catalog),
        topic_buttons(offered, catalog, Action.OPEN, asker),
    )
