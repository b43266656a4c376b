"""Updates as Telegram's JSON has them: what takes charge of them, and what is made of them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any, Protocol

from telegram import Bot, Update

from bot.chat.soundness import is_sound

log = logging.getLogger(__name__)


class Intake(Protocol):
    """Takes charge of updates as Telegram's JSON has them."""

    async def accept(self, updates: Sequence[dict[str, Any]]) -> None:
        """Take charge of `updates`, in their order; once it returns they need not come again.

        An update that makes no sense is dropped, for it would come again and again.

        Raises:
            StoreUnavailable: they were not taken, and must be kept by whoever has them.
        """


def read_update(raw: dict[str, Any], bot: Bot) -> Update | None:
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
