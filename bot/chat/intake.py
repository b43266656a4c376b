"""The entrance: where updates go that somebody brings, before they are acknowledged."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any, Protocol

from telegram import Update

from bot.chat.context import ChatBot, QuotingApplication
from bot.chat.soundness import is_sound
from bot.errors import StoreUnavailable

log = logging.getLogger(__name__)

MOST_WAITING = 20_000
"""Updates in memory at once; beyond, Telegram keeps them."""


class Intake(Protocol):
    """Takes charge of updates as Telegram's JSON has them."""

    async def accept(self, updates: Sequence[dict[str, Any]]) -> None:
        """Take charge of `updates`, in their order; once it returns they need not come again.

        An update that makes no sense is dropped, for it would come again and again.

        Raises:
            StoreUnavailable: they were not taken, and must be kept by whoever has them.
        """


class QueueIntake:
    """An `Intake` into the application's own queue: what waits there ends with the process."""

    def __init__(self, application: QuotingApplication) -> None:
        self._bot = application.bot
        self._queue = application.update_queue
        self._processor = application.services.processor

    async def accept(self, updates: Sequence[dict[str, Any]]) -> None:
        """See `Intake`."""
        if self._queue.qsize() + self._processor.unfinished >= MOST_WAITING:
            raise StoreUnavailable("too many updates are waiting to be answered")
        for raw in updates:
            update = read_update(raw, self._bot)
            if update is not None:
                await self._queue.put(update)


def read_update(raw: dict[str, Any], bot: ChatBot) -> Update | None:
    """The update that Telegram's JSON stands for; one that makes no sense is None, and said in
    the log without what is in it.
    """
    try:
        update = Update.de_json(raw, bot)
        if is_sound(update):
            return update
        reason = "a field is of another type"
    except Exception as error:  # noqa: BLE001 - PTB raises whatever the data makes it raise
        reason = type(error).__name__
    log.error("an update could not be read and is skipped: %s", reason)
    return None
