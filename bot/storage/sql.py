"""The store in SQLite or PostgreSQL."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from pathlib import Path

from sqlalchemy import Connection, select, text

from bot.errors import StoreUnavailable
from bot.storage.database import Database
from bot.storage.health import StoreHealth
from bot.storage.living import Lock
from bot.storage.migrations import bring_up_to_date
from bot.storage.sql_choices import SqlDeletions, SqlPreferences
from bot.storage.sql_inbox import SqlInbox
from bot.storage.sql_records import SqlRecords
from bot.storage.sqlite_file import check_file, prepare_file
from bot.storage.tables import OWNERS


class SqlStore:
    """A `Store` in a database; see `open_store`."""

    lasting = True

    def __init__(
        self, database: Database, gone: Collection[str] = (), lock: Lock | None = None
    ) -> None:
        self._database = database
        self._lock = lock
        self.health = database.health
        self.shared = not database.is_sqlite
        self.preferences = SqlPreferences(database)
        self.deletions = SqlDeletions(database)
        self.inbox = SqlInbox(database, secrets.token_hex(8), gone)
        self.records = SqlRecords(database)

    async def opened(self) -> SqlStore:
        """See `Store`."""
        return self

    async def close(self) -> None:
        """See `Store`."""
        await self._database.close()
        if self._lock is not None:
            self._lock.close()


async def open_store(
    address: str | Path,
    *,
    patient: bool = False,
    checked: bool = False,
    health: StoreHealth | None = None,
) -> SqlStore:
    """The store at `address`, SQLite's file or a `postgresql://` address, with its tables.

    A `patient` caller takes a PostgreSQL server that does not answer yet; it is used once it does.
    `checked` says that SQLite's file was looked at already.

    Raises:
        SettingsError: the address is none, or of a file where this process may not write.
        StoreUnavailable: it cannot be used; one line.
    """
    database = Database(address, health or StoreHealth(), bring_up_to_date)
    path = database.path
    if path is None:
        try:
            await database.prepare()
        except StoreUnavailable:
            # Where it is no outage, waiting will not help.
            if database.health.ok or not patient:
                await database.close()
                raise
        return SqlStore(database)
    if not checked:
        prepare_file(path)
    lock = Lock(path)
    try:
        await database.prepare()
        gone = await database.read(_owners) if lock.alone else ()
        lock.share()
    except BaseException:
        await database.close()
        lock.close()
        raise
    return SqlStore(database, gone, lock)


async def check_store(address: str | Path) -> None:
    """Check that the store at `address` can be opened; neither file nor tables are made.

    Raises:
        SettingsError, StoreUnavailable: as `open_store`.
    """
    if isinstance(address, Path):
        check_file(address)
        return
    database = Database(address, StoreHealth(), lambda _: None)
    try:
        await database.read(lambda connection: connection.execute(text("SELECT 1")))
    finally:
        await database.close()


def _owners(connection: Connection) -> frozenset[str]:
    return frozenset(connection.scalars(select(OWNERS.c.id)).all())
