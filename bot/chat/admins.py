"""Who may change a group's settings: asked of Telegram, and remembered for a short while."""

from __future__ import annotations

import logging
from collections.abc import Callable

from telegram import Bot, Message
from telegram.constants import ChatMemberStatus
from telegram.error import TelegramError

from bot.chat.readers import is_anonymous_admin
from bot.retrieval.remembered import Remembered

log = logging.getLogger(__name__)

SECONDS = 60.0
"""How long an answer of Telegram's is taken for true."""

_LIMIT = 5_000
_ADMINS = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)


class Admins:
    """The admins of groups; `clock` counts seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._known: Remembered[tuple[int, int], tuple[float, bool]] = Remembered(_LIMIT)

    async def wrote(self, message: Message, bot: Bot, *, known: bool = False) -> bool:
        """Whether an admin wrote the message, also one who writes in the group's own name.

        With `known`, Telegram is not asked: False where nothing is remembered.
        """
        if is_anonymous_admin(message):
            return True
        if message.from_user is None or message.sender_chat is not None:
            return False
        return await self.includes(message.chat.id, message.from_user.id, bot, known=known)

    async def includes(self, chat_id: int, user_id: int, bot: Bot, *, known: bool = False) -> bool:
        """Whether the user is an admin of the chat; False where Telegram does not say."""
        found = self._known.get((chat_id, user_id))
        if found is not None and self._clock() - found[0] < SECONDS:
            return found[1]
        if known:
            return False
        try:
            member = await bot.get_chat_member(chat_id, user_id)
        except TelegramError as error:
            log.info("a member's status was not learnt: %s", type(error).__name__)
            return False
        self._known.put((chat_id, user_id), (self._clock(), member.status in _ADMINS))
        return member.status in _ADMINS
