"""A store that opens while the bot already listens: its libraries take a while to load."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, cast

from bot.storage.health import StoreHealth
from bot.storage.interfaces import Deletions, Inbox, Preferences, Records, Store
from bot.storage.sqlite_file import prepare_file


class _Part:
    """One part of a store; each of its methods waits until the store is open."""

    def __init__(self, store: LateStore, name: str) -> None:
        self._store = store
        self._name = name

    def __getattr__(self, method: str) -> Callable[..., Awaitable[Any]]:
        async def call(*arguments: object, **named: object) -> Any:  # noqa: ANN401 - any method's
            bound = getattr(getattr(await self._store.opened(), self._name), method)
            # From now on without this detour.
            setattr(self, method, bound)
            return await bound(*arguments, **named)

        # So that it is made once.
        setattr(self, method, call)
        return call


class LateStore:
    """A `Store` in a database, which is opened when it is first needed; see `sql.open_store`.

    It is patient: a PostgreSQL server that does not answer yet is used once it does. SQLite's file
    is looked at here, so that one that cannot be used is known before anything else begins.
    """

    lasting = True

    def __init__(self, address: str | Path) -> None:
        """`address` is as that of `sql.open_store`.

        Raises:
            SettingsError: SQLite's file is where this process may not write; one line.
            StoreUnavailable: it cannot be used; one line.
        """
        if isinstance(address, Path):
            prepare_file(address)
        self._address = address
        self._opening: asyncio.Task[Store] | None = None
        self.health = StoreHealth()
        self.shared = not isinstance(address, Path)
        self.preferences = cast("Preferences", _Part(self, "preferences"))
        self.deletions = cast("Deletions", _Part(self, "deletions"))
        self.inbox = cast("Inbox", _Part(self, "inbox"))
        self.records = cast("Records", _Part(self, "records"))

    async def opened(self) -> Store:
        """The store itself.

        Raises:
            SettingsError: its address is none.
            StoreUnavailable: it cannot be used; one line.
        """
        if self._opening is None:
            self._opening = asyncio.create_task(self._open(), name="opening the store")
        if self._opening.done():
            return self._opening.result()
        return await asyncio.shield(self._opening)

    async def close(self) -> None:
        """See `Store`."""
        if self._opening is None:
            return
        if not self._opening.done():
            self._opening.cancel()
        (opened,) = await asyncio.gather(self._opening, return_exceptions=True)
        if not isinstance(opened, BaseException):
            await opened.close()

    async def _open(self) -> Store:
        # The import would hold up the loop.
        return await (await asyncio.to_thread(_opener))(
            self._address, patient=True, checked=True, health=self.health
        )


def _opener() -> Callable[..., Awaitable[Store]]:
    from bot.storage.sql import open_store  # noqa: PLC0415

    return open_store
