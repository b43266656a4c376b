"""Long polling: updates from Telegram into the application's queue.

In the place of PTB's `Updater`, which gives up for good, and silently, on one 401 or 404, asks
again without a pause after a batch it cannot read, and on stopping waits out a silent server.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError, TimedOut

from bot.chat.context import ChatBot
from bot.chat.errors import retry_seconds
from bot.chat.failures import describe
from bot.chat.soundness import is_sound
from bot.errors import TokenRejected

log = logging.getLogger(__name__)

LONGEST_PAUSE = 15.0
"""Seconds between two tries once many have failed."""

_PATIENCE_WITH_REJECTIONS = 5


class Poller:
    """Fetches updates until it is cancelled.

    `timeout` is how long Telegram may keep a request open when there is nothing, in seconds.
    """

    def __init__(
        self,
        bot: ChatBot,
        queue: asyncio.Queue[object],
        allowed_updates: Sequence[str],
        timeout: float,
    ) -> None:
        self._bot = bot
        self._queue = queue
        self._allowed_updates = allowed_updates
        self._timeout = int(timeout)
        self._next_id = 0
        self._failures = 0
        self._rejections = 0
        self._unreadable = False

    async def run(self) -> None:
        """Fetch updates for ever; errors are logged in a line each and waited out.

        Raises:
            TokenRejected: Telegram has refused the token several times running; one refusal may
                be a gateway's.
        """
        while True:
            pause = await self._fetch()
            if pause:
                await asyncio.sleep(pause)

    async def acknowledge(self) -> None:
        """Tell Telegram that the last batch has arrived, so that it does not come again.

        Raises:
            TelegramError: Telegram was not told.
        """
        if self._next_id:
            await self._bot.get_updates(
                offset=self._next_id, limit=1, timeout=0, allowed_updates=self._allowed_updates
            )

    async def _fetch(self) -> float:
        """Fetch once; the seconds to wait before the next time."""
        try:
            updates = await self._bot.get_updates(
                offset=self._next_id or None,
                # A batch that could not be read is gone through one by one.
                limit=1 if self._unreadable else None,
                timeout=self._timeout,
                allowed_updates=self._allowed_updates,
            )
        except TelegramError as error:
            return await self._after(error)
        except Exception as error:  # noqa: BLE001 - one odd update must not stop all others
            return await self._after_unreadable(error)
        self._failures = self._rejections = 0
        self._unreadable = False
        for update in updates:
            if is_sound(update):
                await self._queue.put(update)
            else:
                log.error("an update could not be read and is skipped: wrong types")
            self._next_id = update.update_id + 1
        return 0.0

    async def _after_unreadable(self, error: Exception) -> float:
        if not self._unreadable:
            self._unreadable = True
            return 0.0
        log.error("an update could not be read and is skipped: %s", type(error).__name__)
        try:
            await self._skip_one()
        except Exception as failed:  # noqa: BLE001 - what the server sends makes no sense at all
            log.warning("it could not be skipped: %s", type(failed).__name__)
            return self._pause()
        return 0.0

    async def _skip_one(self) -> None:
        """Step over the next update without making anything of it but its id."""
        # PTB's own call reads the whole update, which is what has failed.
        address = f"{self._bot.base_url}/getUpdates?limit=1&timeout=0&offset={self._next_id}"
        waiting: object = await self._bot.request.post(address)
        if isinstance(waiting, list) and waiting:
            self._next_id = int(waiting[0]["update_id"]) + 1

    async def _after(self, error: TelegramError) -> float:
        if isinstance(error, RetryAfter):
            return retry_seconds(error) + 0.5
        if isinstance(error, InvalidToken):
            self._rejections += 1
            if self._rejections >= _PATIENCE_WITH_REJECTIONS:
                raise TokenRejected("Telegram does not accept the token any more") from None
        pause = self._pause()
        if isinstance(error, Conflict):
            await self._after_conflict()
        elif isinstance(error, TimedOut) and self._failures == 1:
            # A lost connection shows as this now and then; nothing to tell.
            return 0.0
        else:
            reason = "the token was refused" if isinstance(error, InvalidToken) else describe(error)
            log.warning("no updates from Telegram, next try in %.0f s: %s", pause, reason)
        return pause

    async def _after_conflict(self) -> None:
        log.error(
            "another process, or a webhook, fetches updates with the same token: "
            "stop the other one; trying on"
        )
        if self._failures == 1:
            try:
                await self._bot.delete_webhook(drop_pending_updates=False)
            except TelegramError as error:
                log.warning("a webhook could not be removed: %s", describe(error))

    def _pause(self) -> float:
        self._failures += 1
        return min(LONGEST_PAUSE, 1.5 ** (self._failures - 1))
