"""Many chats at once, each in order."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

# PTB takes the parent's slot before it asks the subclass. It is never to be waited for: one
# chat's flood would fill all slots with updates that wait for that chat's turn.
_UNBOUNDED = 1_000_000_000


@dataclass(slots=True)
class _Turn:
    """The queue of one chat; `users` counts who holds or awaits the lock."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0


class ChatOrderProcessor(BaseUpdateProcessor):
    """Processes up to `slots` chats concurrently and the updates of one chat one after another,
    in the order they came.

    An update waits for its chat's turn first and for a slot then, so that a chat never holds
    more than one slot. One that is `urgent` waits for neither.
    """

    __slots__ = ("_slots", "_turns", "_unfinished", "_urgent")

    def __init__(self, slots: int, urgent: Callable[[object], bool] = lambda _: False) -> None:
        super().__init__(_UNBOUNDED)
        self._urgent = urgent
        self._slots = asyncio.Semaphore(slots)
        self._turns: dict[object, _Turn] = {}
        self._unfinished: set[asyncio.Task[Any]] = set()

    async def initialize(self) -> None:
        """Nothing to set up."""

    async def shutdown(self) -> None:
        """Nothing to tear down."""

    @property
    def chats(self) -> int:
        """How many chats have an update in process or waiting."""
        return len(self._turns)

    @property
    def unfinished(self) -> int:
        """How many updates are in process or waiting."""
        return len(self._unfinished)

    def cancel(self) -> None:
        """Give up all updates that are in process or waiting."""
        for task in tuple(self._unfinished):
            task.cancel()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Run `coroutine` when the chat's turn has come and a slot is free."""
        task = asyncio.current_task()
        key = _chat_key(update)
        turn = self._turns.setdefault(key, _Turn())
        if task is not None:
            self._unfinished.add(task)
        turn.users += 1
        try:
            if self._urgent(update):
                await coroutine
            else:
                async with turn.lock, self._slots:
                    await coroutine
        finally:
            turn.users -= 1
            if not turn.users:
                del self._turns[key]
            if task is not None:
                self._unfinished.discard(task)
            if inspect.iscoroutine(coroutine):
                # Cancelled while it waited: nobody else will ever await it.
                coroutine.close()


def _chat_key(update: object) -> object:
    """What an update queues by: its chat, else its user, else nothing but itself."""
    if isinstance(update, Update):
        chat = update.effective_chat
        if chat is not None:
            return chat.id
        user = update.effective_user
        if user is not None:
            return user.id
    return update
