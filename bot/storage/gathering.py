"""Readings of one kind put together: a crowd asks a database once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Generic, TypeVar

KeyT = TypeVar("KeyT")
ValueT = TypeVar("ValueT")


class Gathered(Generic[KeyT, ValueT]):
    """Reads by keys. What is asked for while a reading is under way is read together, next.

    `read` gives what it found for the keys; `default` stands for what it did not find.
    """

    def __init__(
        self,
        read: Callable[[Collection[KeyT]], Awaitable[Mapping[KeyT, ValueT]]],
        default: ValueT,
        most: int,
    ) -> None:
        """`most` is how many keys are read at once."""
        self._read = read
        self._default = default
        self._most = most
        self._asked: dict[KeyT, asyncio.Future[ValueT]] = {}
        self._reader: asyncio.Task[None] | None = None

    async def get(self, key: KeyT) -> ValueT:
        """What is kept for `key`.

        Raises:
            Exception: whatever the reading raised.
        """
        asked = self._asked.get(key)
        if asked is None:
            asked = self._asked[key] = asyncio.get_running_loop().create_future()
            if self._reader is None or self._reader.done():
                self._reader = asyncio.create_task(self._work(), name="readings")
        # Whoever else asked for the same still waits when this one is cancelled.
        return await asyncio.shield(asked)

    async def _work(self) -> None:
        while self._asked:
            keys = list(self._asked)[: self._most]
            batch = {key: self._asked.pop(key) for key in keys}
            try:
                found = await self._read(keys)
            except Exception as error:  # noqa: BLE001 - it is raised where it is waited for
                for asked in batch.values():
                    if not asked.done():
                        asked.set_exception(error)
                        # Looked at, so that nothing is logged where nobody waits any more.
                        asked.exception()
                continue
            for key, asked in batch.items():
                if not asked.done():
                    asked.set_result(found.get(key, self._default))
