"""Asking the core on behalf of a message, and posting what it says."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import InlineKeyboardMarkup, Message

from bot.chat.actions import action_rows, choice_rows
from bot.chat.callback_data import ANYONE, Action
from bot.chat.context import ChatContext
from bot.chat.conversations import Exchange
from bot.chat.keyboards import fitting_topics, topic_rows
from bot.chat.question_log import log_question
from bot.chat.render import render_answer, shown_choices
from bot.chat.replies import Reply, rewrite, send
from bot.locales import Catalog
from bot.retrieval.answer import Answer, Reason

_SMALL_TALK = frozenset(
    {
        Reason.EMPTY,
        Reason.TOO_LONG,
        Reason.GREETING,
        Reason.THANKS,
        Reason.ABOUT_BOT,
        Reason.ABOUT_ARTICLE,
    }
)


@dataclass(frozen=True, slots=True)
class Composed:
    """A reply, and the exchange it stands for; None for what is no answer to a question."""

    reply: Reply
    exchange: Exchange | None = None


async def compose_answer(
    context: ChatContext,
    catalog: Catalog,
    question: str,
    asker: int,
    previous: tuple[str, ...] = (),
    *,
    literal: bool = False,
    reader: int | None = None,
) -> Composed:
    """What the core says to `question`, ready to be sent; `asker` may use its buttons. It is
    logged where it is given which `reader` asked it.
    """
    answer = await context.ask(question, previous, literal=literal)
    if reader is not None:
        log_question(context.services, answer, reader, catalog.language)
    reply = answer_reply(context, catalog, answer, asker)
    if answer.reason in _SMALL_TALK or answer.care.distress is not None:
        return Composed(reply)
    settled = answer.reason is not Reason.UNRESOLVED
    return Composed(reply, Exchange(question, previous, answer.id, asker, literal, settled))


def answer_reply(context: ChatContext, catalog: Catalog, answer: Answer, asker: int) -> Reply:
    """An answer with the buttons that belong to it, then those of fitting topics; care for
    somebody in distress with none, and to be sent at once.
    """
    if answer.care.distress is not None:
        metadata = context.services.quoter.article.metadata
        return Reply(render_answer(answer, metadata, catalog, context.links), urgent=True)
    if asker != ANYONE:
        return _answer_reply(context, catalog, answer, asker)
    # With buttons for everybody it is the same for many readers.
    replies = context.services.replies
    inline = str(context.bot.supports_inline_queries)
    key = (answer.id, catalog.language, context.bot.username, inline)
    kept = replies.get(key)
    if kept is None or kept[0] is not answer:
        kept = (answer, _answer_reply(context, catalog, answer, asker))
        replies.put(key, kept)
    return kept[1]


def _answer_reply(context: ChatContext, catalog: Catalog, answer: Answer, asker: int) -> Reply:
    services = context.services
    content = render_answer(answer, services.quoter.article.metadata, catalog, context.links)
    rows = []
    if answer.choices:
        rows += choice_rows(shown_choices(answer), asker)
    if answer.reason is Reason.UNRESOLVED:
        pass
    elif answer.reason not in _SMALL_TALK:
        inline = bool(context.bot.supports_inline_queries)
        article = services.quoter.article
        rows += action_rows(article, catalog, content, answer, asker, inline=inline)
    offered = fitting_topics(answer.topics, services.quoter.topics)
    rows += topic_rows(offered, catalog, Action.OPEN, asker)
    return Reply(content, InlineKeyboardMarkup(rows) if rows else None)


async def post(context: ChatContext, to: Message, composed: Composed) -> int:
    """Answer `to`, and remember what was asked; gives the id of the answer's message."""
    sent = await send(context, to, composed.reply)
    note(context, sent.chat_id, sent.message_id, composed)
    return sent.message_id


async def repost(context: ChatContext, to: Message, message_id: int, composed: Composed) -> int:
    """Put another answer in the place of an earlier one, as `rewrite` does."""
    placed = await rewrite(context, to, message_id, composed.reply)
    note(context, to.chat.id, placed, composed)
    return placed


def note(context: ChatContext, chat_id: int, message_id: int, composed: Composed) -> None:
    """Remember which exchange a message stands for now."""
    conversations = context.services.conversations
    if composed.exchange is None:
        conversations.forget_message((chat_id, message_id))
    else:
        conversations.put((chat_id, message_id), composed.exchange)
