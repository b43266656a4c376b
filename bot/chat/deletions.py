"""The bot's own messages in a group, deleted after the time its admins chose."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable

from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.errors import StoreUnavailable
from bot.storage.interfaces import ChatPreferences, Deletion, Deletions

log = logging.getLogger(__name__)

_AT_ONCE = 100


class Sweeper:
    """Plans deletions, and carries them out when they are due; `now` gives Unix seconds."""

    def __init__(
        self, bot: Bot, deletions: Deletions, now: Callable[[], float], every: float
    ) -> None:
        self._bot = bot
        self._deletions = deletions
        self._now = now
        self._every = every
        self._task: asyncio.Task[None] | None = None

    async def plan(self, chat_id: int, message_id: int, preferences: ChatPreferences) -> None:
        """Have a message deleted when its group's time is over, if the group has one."""
        if not preferences.delete_minutes:
            return
        due = self._now() + 60.0 * preferences.delete_minutes
        try:
            await self._deletions.plan(Deletion(due, chat_id, message_id))
        except StoreUnavailable as error:
            log.warning("a deletion was not planned: %s", error)

    def start(self) -> None:
        """Look for what is due from now on, every so many seconds."""
        if self._task is None:
            self._task = asyncio.create_task(self._run(), name="deletions")

    async def stop(self) -> None:
        """Look no more; what is not deleted yet stays planned."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def sweep(self) -> None:
        """Delete what is due; what cannot be deleted any more is given up, what Telegram puts
        off is tried again the next time.
        """
        for deletion in await self._deletions.due(self._now(), _AT_ONCE):
            try:
                await self._bot.delete_message(deletion.chat_id, deletion.message_id)
            except (BadRequest, Forbidden, ChatMigrated):
                log.info("a message could not be deleted: it is gone, too old, or the chat is")
            await self._deletions.done(deletion)

    async def _run(self) -> None:
        while True:
            try:
                await self.sweep()
            except (TelegramError, StoreUnavailable) as error:
                log.warning("deletions are put off: %s", type(error).__name__)
            except Exception:
                # One bad turn must not end all later ones.
                log.exception("deletions failed")
            await asyncio.sleep(self._every)
