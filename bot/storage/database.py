"""A database: its connections, a limit of time on every call, and one kind of error."""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    SQLAlchemyError,
    StatementError,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import SettingsError, StoreRefused, StoreUnavailable
from bot.storage.bounds import bounded
from bot.storage.connections import HastyConnection
from bot.storage.health import StoreHealth

LIMIT_SECONDS = 3.0
"""How long a call may take, unless its caller has less time."""

_SCHEMA_SECONDS = 20.0
_READERS = 6
_RETRY_SECONDS = 1.0
_READERS_RETRY_SECONDS = 5.0
_BUSY_MILLISECONDS = 2000
_LONGEST_REASON = 160

ResultT = TypeVar("ResultT")
Work = Callable[[AsyncConnection], Awaitable[ResultT]]


class Database:
    """Runs functions in transactions, each within its limit of time.

    While the database does not answer, calls fail at once; one a second tries, one that nobody
    waits for as long as there are such. A function may run twice, where its connection was found
    broken: it must not mind.
    """

    def __init__(
        self, address: str | Path, health: StoreHealth, schema: Callable[[Connection], object]
    ) -> None:
        """`address` is SQLite's file or a `postgresql://` address. `schema` makes the
        tables, before anything else is done.

        Raises:
            SettingsError: it is no such address.
        """
        self.health = health
        self._schema = schema
        self._prepared = False
        self.path = address if isinstance(address, Path) else None
        self.is_sqlite = isinstance(address, Path)
        self.engine = (
            _sqlite_engine(address) if isinstance(address, Path) else _postgresql_engine(address)
        )
        # SQLite takes one writer at a time; they queue here rather than inside of it.
        self._writing = asyncio.Lock() if self.is_sqlite else None
        # Readers come in crowds; their limit of time begins once it is their turn, and there are
        # connections left for those who write.
        self._reading = asyncio.Semaphore(_READERS)
        self._tried = 0.0

    def insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """An INSERT that can say what happens on a conflict."""
        return sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)

    def upsert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """An INSERT that replaces the row with the same primary key."""
        insert = self.insert(table)
        keys = [column.name for column in table.primary_key]
        others = {
            each.name: insert.excluded[each.name] for each in table.c if each.name not in keys
        }
        return insert.on_conflict_do_update(index_elements=keys, set_=others)

    async def read(self, work: Work[ResultT], seconds: float = LIMIT_SECONDS) -> ResultT:
        """What `work` gives on a connection on which nothing is written.

        Raises:
            StoreUnavailable: it failed, or took too long.
        """

        async def reading() -> ResultT:
            await self._prepare()
            async with self.engine.connect() as connection:
                await connection.execution_options(reading=True)
                return await work(connection)

        async with self._reading:
            return await self._run(reading, seconds, _READERS_RETRY_SECONDS)

    async def write(
        self, work: Work[ResultT], seconds: float = LIMIT_SECONDS, *, background: bool = False
    ) -> ResultT:
        """What `work` gives in a transaction of its own; `background` says that no reader waits.

        Raises:
            StoreUnavailable: it failed, or took too long; whether it was written is not known.
        """

        async def writing() -> ResultT:
            await self._prepare()
            async with self._write_lock(), self.engine.begin() as connection:
                return await work(connection)

        return await self._run(
            writing, seconds, _RETRY_SECONDS if background else _READERS_RETRY_SECONDS
        )

    async def prepare(self) -> None:
        """Make the tables where they are not as they should be.

        Raises:
            StoreUnavailable: it failed, or took too long, or they are a newer bot's.
        """
        await self._run(self._prepare, _SCHEMA_SECONDS, 0.0)

    async def close(self) -> None:
        """Close all connections."""
        await self.engine.dispose()

    async def _prepare(self) -> None:
        if not self._prepared:
            async with self._write_lock(), self.engine.begin() as connection:
                await connection.run_sync(self._schema)
            self._prepared = True

    def _write_lock(self) -> AbstractAsyncContextManager[object]:
        return self._writing or contextlib.nullcontext()

    async def _run(
        self, work: Callable[[], Coroutine[Any, Any, ResultT]], seconds: float, retry: float
    ) -> ResultT:
        if not self.health.ok and time.monotonic() < self._tried + retry:
            raise StoreUnavailable("the store does not answer")
        self._tried = time.monotonic()
        try:
            result = await bounded(_twice(work), seconds)
        except TimeoutError:
            raise self._failure(f"no answer within {seconds:g} s") from None
        except Exception as error:
            if _is_refusal(error):
                raise StoreRefused(f"the store refused a value: {type(error).__name__}") from None
            if not isinstance(error, SQLAlchemyError | OSError):
                raise
            # Without its cause: the statement's values are what readers wrote.
            raise self._failure(reason_of(error)) from None
        self.health.succeeded()
        return result

    def _failure(self, reason: str) -> StoreUnavailable:
        self._tried = time.monotonic()
        self.health.failed(reason)
        return StoreUnavailable(f"the store does not answer: {reason}")


def reason_of(error: BaseException) -> str:
    """The database's own words, on one line; its name where they may hold a value."""
    cause = getattr(error, "orig", None) or error
    name = type(cause).__name__
    if not isinstance(error, DBAPIError) or name not in (
        "OperationalError",
        "DatabaseError",
        "ReadOnlySqlTransaction",
        "InsufficientPrivilege",
    ):
        return name
    # libpq speaks of the server first and of the reason last, a line for each address it tried.
    line = next((line.strip() for line in str(cause).splitlines() if line.strip()), "")
    # What is in quotation marks may be part of an address, and that of a password.
    line = re.sub(r"\s+", " ", re.sub(r"'[^']*'|\"[^\"]*\"", "…", line))
    return line[:_LONGEST_REASON] or name


def _is_refusal(error: BaseException) -> bool:
    if isinstance(error, DBAPIError):
        return isinstance(error, DataError | IntegrityError)
    return isinstance(error, StatementError | OverflowError | ValueError)


async def _twice(work: Callable[[], Coroutine[Any, Any, ResultT]]) -> ResultT:
    """What `work` gives; once more where its connection was found broken, as all are after the
    server was started anew.
    """
    try:
        return await work()
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
    return await work()


def _postgresql_engine(address: str) -> AsyncEngine:
    try:
        url = make_url(address)
    except ArgumentError:
        # Without its cause, which shows the address, and so the password.
        raise SettingsError("BOT_DATABASE_URL: is not an address") from None
    if url.drivername not in ("postgres", "postgresql"):
        raise SettingsError("BOT_DATABASE_URL: must be an address such as postgresql://host/name")
    url = url.set(drivername="postgresql+psycopg")
    return create_async_engine(
        url,
        hide_parameters=True,
        pool_size=5,
        max_overflow=10,
        pool_timeout=2.0,
        pool_recycle=1800,
        connect_args={
            "async_creator_fn": HastyConnection.connect,
            "connect_timeout": 3,
            "application_name": "quoting-bot",
            "options": "-c statement_timeout=10000 -c lock_timeout=5000"
            " -c idle_in_transaction_session_timeout=30000",
        },
    )


def _sqlite_engine(path: Path) -> AsyncEngine:
    url = URL.create("sqlite+aiosqlite", database=str(path))
    engine = create_async_engine(
        url, hide_parameters=True, pool_size=3, max_overflow=6, pool_timeout=2.0
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _connected(connection: Any, _: object) -> None:  # noqa: ANN401 - the driver's
        # The driver begins no transactions of its own, so that ours begin as they should.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout={_BUSY_MILLISECONDS}",
            "journal_mode=WAL",
            # What is acknowledged outlives a power cut.
            "synchronous=FULL",
            "journal_size_limit=16777216",
            "secure_delete=FAST",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begun(connection: Any) -> None:  # noqa: ANN401 - as above
        # A transaction that reads first and writes then would fail where another one wrote between.
        reading = connection.get_execution_options().get("reading")
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine
