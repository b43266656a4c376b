"""The chat action that says that the bot is at it; only where an answer takes its time."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator

from telegram import Bot, Message
from telegram.constants import ChatAction
from telegram.error import TelegramError

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 0.3
"""A reader does not wonder before that."""

_SHOWN_SECONDS = 4.5  # Telegram takes it away after five


@contextlib.asynccontextmanager
async def busy(
    bot: Bot, to: Message, action: ChatAction = ChatAction.TYPING
) -> AsyncIterator[None]:
    """Show `action` in the chat of `to` while the body runs, from `PATIENCE_SECONDS` on."""
    showing: list[asyncio.Task[None]] = []
    loop = asyncio.get_running_loop()
    # No task for the many that are answered before.
    due = loop.call_later(
        PATIENCE_SECONDS,
        lambda: showing.append(loop.create_task(_show(bot, to, action), name="chat action")),
    )
    try:
        yield
    finally:
        due.cancel()
        for task in showing:
            task.cancel()


async def _show(bot: Bot, to: Message, action: ChatAction) -> None:
    thread_id = to.message_thread_id if to.is_topic_message else None
    while True:
        try:
            await bot.send_chat_action(to.chat.id, action, message_thread_id=thread_id)
        except TelegramError as error:
            log.info("no chat action was shown: %s", type(error).__name__)
            return
        await asyncio.sleep(_SHOWN_SECONDS)
