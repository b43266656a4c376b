"""What happens when a handler fails: one line for what is Telegram's or the network's, an error
id for the reader and a traceback under the same id for everything else.
"""

from __future__ import annotations

import logging
import secrets

from telegram import Message, Update
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
    context.services.metrics.failures.inc()
    error_id = secrets.token_hex(4)
    log.error("update %s: error %s", where, error_id, exc_info=error)
    message = update.effective_message if isinstance(update, Update) else None
    # A chat where the bot is a guest takes no messages of its own.
    if isinstance(message, Message) and not message.guest_query_id:
        text = context.catalog_for(update)("failure", id=error_id)
        try:
            await send(context, message, Reply(Rendered(text)))
        except TelegramError as failed:
            log.warning("error %s: the reader was not told: %s", error_id, describe(failed))
