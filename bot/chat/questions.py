"""Questions: what the bot is asked in words, and their later edits."""

from __future__ import annotations

from telegram import Message, Update
from telegram.constants import ChatType

from bot.chat.admission import admitted
from bot.chat.answers import Composed, compose_answer, post, repost
from bot.chat.busy import busy
from bot.chat.context import ChatContext
from bot.chat.conversations import Exchange
from bot.chat.keyboards import columns
from bot.chat.mentions import after_command, is_mentioned, is_reply_to, question_of, text_of
from bot.chat.readers import asker_of, reader_of
from bot.chat.replies import Reply, send
from bot.chat.richtext import Rendered
from bot.chat.several import compose_several
from bot.chat.splitting import split_questions
from bot.chat.topics import topic_list, topic_page
from bot.chat.wordless import met_before

SHORT_COLUMNS = 40
"""How wide a question may be (a Chinese character is two) that is taken for a follow-up of the
last one without being a reply to its answer."""


async def on_question(update: Update, context: ChatContext) -> None:
    """Answer a message that speaks to the bot."""
    message = update.message
    question = None if message is None else question_of(message, context.bot)
    if message is None or question is None:
        return
    # An album's other pictures are part of what was asked.
    met_before(message, context)
    if _listens(message, context) or in_distress(question, context):
        await _answer(question, message, context)


async def on_ask(update: Update, context: ChatContext) -> None:
    """Answer the question after the command, else the one in the message that is replied to."""
    message = update.message
    if message is None:
        return
    question = asked_by(message, context)
    if question:
        await _answer(question, message, context)
    else:
        usage = context.catalog_of(message.from_user)("ask-usage")
        await send(context, message, Reply(Rendered(usage)))


async def on_edited_question(update: Update, context: ChatContext) -> None:
    """Answer an edited question anew, in its answer's place while that is remembered."""
    message = update.edited_message
    if message is None:
        return
    services = context.services
    key = (message.chat.id, message.message_id)
    answer_id = services.answers.get(key)
    by_command = after_command(message) is not None
    question = asked_by(message, context) if by_command else question_of(message, context.bot)
    if answer_id is None and question is not None and in_distress(question, context):
        await _answer(question, message, context)
    if answer_id is None or question is None:
        return
    exchange = services.conversations.get((message.chat.id, answer_id))
    composed = await compose(question, message, context, exchange.previous if exchange else ())
    services.answers.put(key, await repost(context, message, answer_id, composed))


def asked_by(message: Message, context: ChatContext) -> str:
    """What an /ask asks: the words after it, else those of another's message it replies to."""
    written = after_command(message)
    if written:
        return written
    answered = message.reply_to_message
    if answered is None or answered.forum_topic_created or is_reply_to(message, context.bot):
        return ""
    return text_of(answered).strip()


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
    asker, reader = asker_of(message), reader_of(message)
    if in_distress(question, context):
        return await compose_answer(context, catalog, question, asker, previous, reader=reader)
    if not question:
        return Composed(topic_list(services, catalog, asker))
    await services.warm_up.done()
    topic = services.quoter.topic_named(question)
    page = topic_page(context, topic, 0, catalog, asker) if topic else None
    if topic and page:
        return Composed(page, Exchange(topic.name, (), "", asker))
    several = split_questions(question)
    if len(several) > 1:
        return await compose_several(context, catalog, several, asker, previous, reader=reader)
    return await compose_answer(context, catalog, question, asker, previous, reader=reader)


def in_distress(question: str, context: ChatContext) -> bool:
    """Whether a message is a cry for help: it is answered at once, whatever is set."""
    return context.services.quoter.comfort(question) is not None


def _listens(message: Message, context: ChatContext) -> bool:
    """Whether a message that speaks to the bot is a question to it; a group may not want a mere
    reply to be one.
    """
    if message.chat.type == ChatType.PRIVATE or context.chosen.group.on_reply:
        return True
    return is_mentioned(message, context.bot)


async def _answer(question: str, message: Message, context: ChatContext) -> None:
    history = history_of(message, question, context)
    if in_distress(question, context):
        composed = await compose(question, message, context, history)
    elif await admitted(context, message):
        async with busy(context.bot, message):
            composed = await compose(question, message, context, history)
    else:
        return
    answer_id = await post(context, message, composed)
    context.services.answers.put((message.chat.id, message.message_id), answer_id)
