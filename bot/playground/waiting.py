"""Waiting for what the bot does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from bot.playground.calls import Call, CallLog
from bot.playground.changes import Changes
from bot.playground.model import Message, User
from bot.playground.population import Population

CALL_LIMIT = 2_000

T = TypeVar("T")


class Waiting(Population):
    """A population whose changes can be waited for, and the log of what the bot called."""

    def __init__(self, bot: User, group_title: str, clock: Callable[[], float], token: str) -> None:
        super().__init__(bot, group_title, clock)
        self.changes = Changes()
        self.call_log = CallLog(token, CALL_LIMIT)

    @property
    def calls(self) -> list[Call]:
        """Return the Bot API calls so far (the newest 2,000), oldest first."""
        return self.call_log.list()

    async def wait_for(
        self,
        predicate: Callable[[], T],
        timeout: float = 5,  # noqa: ASYNC109  # its own message says which calls came last
    ) -> T:
        """Return the first true value of `predicate()`, asked again at each change.

        Raises:
            TimeoutError: it stayed false for `timeout` seconds.
        """
        try:
            async with asyncio.timeout(timeout):
                while not (value := predicate()):
                    await self.changes.wait()
                return value
        except TimeoutError:
            last = [f"{call.method} {call.status}" for call in self.calls[-5:]]
            raise TimeoutError(f"not within {timeout} s; last calls: {last}") from None

    async def wait_for_bot_message(
        self,
        *,
        chat_id: int | None = None,
        after: Message | int | None = None,
        timeout: float = 5,  # noqa: ASYNC109  # as in wait_for
    ) -> Message:
        """Return the bot's first message in a chat that is newer than `after`.

        The chat is that of `after` when it is a message, else the reader's private chat.
        """
        if chat_id is None and isinstance(after, Message):
            chat_id = after.chat.id
        chat = self.private_chat() if chat_id is None else self.chat(chat_id)
        seen = after.message_id if isinstance(after, Message) else after or 0

        def first() -> Message | None:
            found = None
            for message in reversed(chat.history.values()):
                if message.message_id <= seen:
                    break
                if message.from_bot:
                    found = message
            return found

        message = await self.wait_for(first, timeout)
        assert message is not None  # noqa: S101  # wait_for returns true values only
        return message
