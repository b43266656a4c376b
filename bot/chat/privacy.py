"""/privacy: what is kept of a reader. /forget: erase it."""

from __future__ import annotations

import asyncio
import logging

from telegram import Message, Update

from bot.chat.callback_data import ANYONE
from bot.chat.context import ChatContext
from bot.chat.readers import reader_of
from bot.chat.replies import Reply, send
from bot.chat.richtext import Rendered
from bot.errors import StoreUnavailable
from bot.storage.records import Forgotten

log = logging.getLogger(__name__)

_FORGET_SECONDS = 5.0


async def on_privacy(update: Update, context: ChatContext) -> None:
    """Say what is kept, for how long, and how it is erased."""
    message = update.message
    if message is not None:
        say = context.catalog_of(message.from_user)
        days = context.services.keeping.retention_days
        texts = say("privacy-texts", days=str(days)) if days else say("privacy-no-texts")
        await _say(message, context, "\n".join([say("privacy"), texts, say("privacy-rest")]))


async def on_forget(update: Update, context: ChatContext) -> None:
    """Erase what is kept of whoever asks for it, and say how much that was."""
    message = update.message
    if message is None:
        return
    say, asker = context.catalog_of(message.from_user), reader_of(message)
    if asker == ANYONE:
        await _say(message, context, say("forget-anonymous"))
        return
    try:
        forgotten = await _forget(context, asker)
    except (StoreUnavailable, TimeoutError):
        await _say(message, context, say("forget-failed"))
        return
    await _say(
        message,
        context,
        say(
            "forget-done",
            questions=str(forgotten.questions),
            recent=str(forgotten.exchanges),
            votes=str(forgotten.votes),
            language=str(forgotten.languages),
        )
        if forgotten.total
        else say("forget-nothing"),
    )


async def _forget(context: ChatContext, asker: int) -> Forgotten:
    services = context.services
    keeping = services.keeping
    services.conversations.forget_asker(asker)
    async with asyncio.timeout(_FORGET_SECONDS):
        # What is on its way to the store would arrive after it was erased.
        await keeping.journal.flush()
        forgotten = await keeping.store.records.forget(asker)
    keeping.preferences.forget_user(asker)
    return forgotten


async def _say(message: Message, context: ChatContext, text: str) -> None:
    await send(context, message, Reply(Rendered(text)))
