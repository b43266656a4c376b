"""What happens when a handler fails: one line for what is Telegram's or the network's, an error
id for the reader and a traceback under the same id for everything else.
"""

from __future__ import annotations

import logging
import secrets

from telegram import ChatMemberMember, ChatMemberRestricted, Message, Update
from telegram.constants import ChatType
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.chat.context import ChatContext
from bot.chat.replies import Reply, send
from bot.chat.richtext import Rendered, clip

log = logging.getLogger(__name__)

_LONGEST_REASON = 200

# In this order: some of these are kinds of others.
_EXPECTED: tuple[tuple[type[TelegramError], int, str], ...] = (
    (Forbidden, logging.INFO, "the chat does not take messages (blocked, left or no right)"),
    (ChatMigrated, logging.INFO, "the group has moved to another id"),
    (RetryAfter, logging.WARNING, "Telegram asks to slow down; an answer was given up"),
    (TimedOut, logging.WARNING, "Telegram did not answer in time; not repeated, it may be sent"),
    (Conflict, logging.ERROR, "another process uses the same token"),
    (InvalidToken, logging.ERROR, "Telegram refused the token"),
)


def describe(error: BaseException) -> str:
    """An error on one line, for the log."""
    text = " ".join(str(error).split()) or type(error).__name__
    return clip(text, _LONGEST_REASON)


async def on_failure(update: object, context: ChatContext) -> None:
    """PTB's error handler. Never raises."""
    try:
        await _report(update, context)
    except Exception:
        # Whatever goes wrong here has nowhere else to go.
        log.exception("a failure could not be reported")


async def _report(update: object, context: ChatContext) -> None:
    error = context.error
    if error is None:
        return
    where = update.update_id if isinstance(update, Update) else "-"
    for kind, level, meaning in _EXPECTED:
        if isinstance(error, kind):
            log.log(level, "update %s: %s", where, meaning)
            return
    if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
        log.warning("update %s: Telegram was not reached: %s", where, describe(error))
        return
    if isinstance(error, BadRequest) and await _silenced(update, context):
        log.info("update %s: the bot may not write in that chat", where)
        return
    context.services.metrics.failures.inc()
    error_id = secrets.token_hex(4)
    if isinstance(error, BadRequest) and not await _told(update, context, error_id):
        # What refuses even that refuses all: a closed topic, say.
        log.info("update %s: the chat takes no message now: %s", where, describe(error))
        return
    log.error("update %s: error %s", where, error_id, exc_info=error)
    if not isinstance(error, BadRequest):
        await _told(update, context, error_id)


async def _told(update: object, context: ChatContext, error_id: str) -> bool:
    """Give the reader an error's id; False where Telegram refuses that, too."""
    message = update.effective_message if isinstance(update, Update) else None
    # A chat where the bot is a guest takes no messages of its own.
    if not isinstance(message, Message) or message.guest_query_id:
        return True
    # PTB gives an error a context of its own, which has learnt nothing yet.
    await context.refresh_data()
    text = context.catalog_for(update)("failure", id=error_id)
    try:
        await send(context, message, Reply(Rendered(text)))
    except BadRequest:
        return False
    except TelegramError as failed:
        log.warning("error %s: the reader was not told: %s", error_id, describe(failed))
    return True


async def _silenced(update: object, context: ChatContext) -> bool:
    """Whether the group of `update` lets the bot write nothing: Telegram says so with the same
    error as many other things, so it is asked.
    """
    chat = update.effective_chat if isinstance(update, Update) else None
    if chat is None or chat.type not in (ChatType.GROUP, ChatType.SUPERGROUP):
        return False
    try:
        me = await context.bot.get_chat_member(chat.id, context.bot.id)
        if isinstance(me, ChatMemberRestricted):
            return not me.can_send_messages
        if not isinstance(me, ChatMemberMember):
            return False
        permissions = (await context.bot.get_chat(chat.id)).permissions
    except TelegramError:
        return False
    return permissions is not None and permissions.can_send_messages is False
