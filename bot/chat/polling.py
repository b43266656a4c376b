"""Long polling: updates from Telegram into the inbox.

In the place of PTB's `Updater`, which gives up for good, and silently, on one 401 or 404, asks
again without a pause after a batch it cannot read, and on stopping waits out a silent server.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError, TimedOut

from bot.chat.client import ChatBot
from bot.chat.errors import retry_seconds
from bot.chat.failures import describe
from bot.chat.inbox import Inbox, has_id
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
        inbox: Inbox,
        allowed_updates: Sequence[str],
        timeout: float,
    ) -> None:
        self._bot = bot
        self._inbox = inbox
        self._allowed_updates = allowed_updates
        self._timeout = int(timeout)
        self._next_id = 0
        self._failures = 0
        self._rejections = 0

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
            updates = await self._bot.get_raw_updates(
                self._next_id or None, self._timeout, self._allowed_updates
            )
        except TelegramError as error:
            return await self._after(error)
        self._failures = self._rejections = 0
        # The next request acknowledges them, so they have to be kept first.
        await self._inbox.accept_anyway(updates)
        ids = [update["update_id"] for update in updates if has_id(update)]
        if ids:
            self._next_id = max(ids) + 1
        # What has no id can neither be kept nor acknowledged: the server makes no sense.
        return self._pause() if updates and not ids else 0.0

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
