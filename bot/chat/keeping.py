"""What the chat keeps in the store, and the tasks that look after it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Bot

from bot.chat.conversations import SECONDS
from bot.chat.inbox import Inbox
from bot.errors import StoreUnavailable
from bot.storage.beats import BEAT_SECONDS, Watch
from bot.storage.caching import CachedPreferences
from bot.storage.interfaces import Store
from bot.storage.journal import Journal
from bot.storage.records import Horizon

log = logging.getLogger(__name__)

DAY_SECONDS = 86_400.0
UPDATE_DAYS = 2
"""How long the ids of handled updates are known. Telegram delivers nothing older than a day."""

ANSWER_DAYS = 2
"""How long an answer follows the edits of its question; Telegram allows edits for as long."""

QUESTION_DAYS = 366
"""How long a line of the question log is counted, without its text for most of that time."""

_PURGE_SECONDS = 600.0
_START_SECONDS = 3.0


class Keeping:
    """The store with what stands before it: the inbox, the journal, the preferences at hand.

    The text of questions is dropped after `retention_days`; 0 keeps none, not even for half an
    hour.
    """

    def __init__(
        self, store: Store, queue: asyncio.Queue[object], bot: Bot, retention_days: int
    ) -> None:
        self.store = store
        self.retention_days = retention_days
        self.journal = Journal(store)
        self.inbox = Inbox(store, self.journal, queue, bot)
        self.preferences = CachedPreferences(store.preferences)
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Take over what an earlier run has left, and look after the store from now on.

        Raises:
            StoreUnavailable: the store cannot be used at all.
        """
        await self.store.opened()
        self._tasks = [
            asyncio.create_task(self.journal.run(), name="journal"),
            asyncio.create_task(_every(_PURGE_SECONDS, self._purge), name="purge"),
        ]
        if not self.store.lasting:
            return
        with contextlib.suppress(TimeoutError, StoreUnavailable):
            async with asyncio.timeout(_START_SECONDS):
                # The first writing takes longest; afterwards little is ever on its way.
                await self.store.records.write(())
                await self._beat(Watch())
        watch = Watch()
        beating = _every(BEAT_SECONDS, lambda: self._beat(watch))
        self._tasks.append(asyncio.create_task(beating, name="beats"))

    async def stop(self) -> None:
        """Write what is still to be written, and leave the rest to others. Never raises."""
        try:
            # Before anything is cancelled: a transaction that is given up takes a while to end.
            await self.journal.flush()
        except StoreUnavailable:
            log.warning("%d entries were not written to the store", len(self.journal))
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()
        with contextlib.suppress(StoreUnavailable):
            await self.store.inbox.release()

    async def _beat(self, watch: Watch) -> None:
        """Show that this process lives, and take over what belongs to those that do not."""
        dead = {*watch.dead(await self.store.inbox.beat()), *await self.store.inbox.abandoned()}
        taken = await self.inbox.take_over(dead)
        if taken:
            log.info("%d updates were left unfinished and are handled now", taken)

    async def _purge(self) -> None:
        now = time.time()
        await self.store.records.purge(
            Horizon(
                exchanges=now - SECONDS,
                answers=now - ANSWER_DAYS * DAY_SECONDS,
                updates=now - UPDATE_DAYS * DAY_SECONDS,
                texts=now - self.retention_days * DAY_SECONDS,
                questions=now - QUESTION_DAYS * DAY_SECONDS,
            )
        )


async def _every(seconds: float, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Do `work` for ever; where the store does not answer, the next time will do."""
    while True:
        try:
            await work()
        except StoreUnavailable:
            pass
        except Exception:
            # A bug must not end what keeps questions from being lost.
            log.exception("looking after the store failed")
        await asyncio.sleep(seconds)
