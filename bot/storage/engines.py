"""How functions run on connections to SQLite and to PostgreSQL: the same functions on both."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from bot.errors import SettingsError
from bot.storage.connections import HastyConnection

_SQLITE_READERS = 3
_POSTGRESQL_READERS = 6
_BUSY_MILLISECONDS = 2000

ResultT = TypeVar("ResultT")
Work = Callable[[Connection], ResultT]


class Runner(Protocol):
    """Runs functions in transactions. `readers` is how many may read at once."""

    readers: int

    async def read(self, work: Work[ResultT]) -> ResultT:
        """What `work` gives on a connection on which nothing is written."""

    async def write(self, work: Work[ResultT]) -> ResultT:
        """What `work` gives in a transaction of its own."""

    async def close(self) -> None:
        """Close all connections."""


class SqliteRunner:
    """Functions on SQLite's file: each whole in a thread, so that the loop is asked once a
    transaction and not once a statement. SQLite takes one writer at a time, and has one thread.
    """

    readers = _SQLITE_READERS

    def __init__(self, path: Path) -> None:
        self._engine = _sqlite_engine(path)
        self._writing = ThreadPoolExecutor(1, "store-writer")
        self._reading = ThreadPoolExecutor(_SQLITE_READERS, "store-reader")

    async def read(self, work: Work[ResultT]) -> ResultT:
        """See `Runner`."""

        def reading() -> ResultT:
            with self._engine.connect() as connection:
                return work(connection.execution_options(reading=True))

        return await asyncio.get_running_loop().run_in_executor(self._reading, reading)

    async def write(self, work: Work[ResultT]) -> ResultT:
        """See `Runner`."""

        def writing() -> ResultT:
            with self._engine.begin() as connection:
                return work(connection)

        return await asyncio.get_running_loop().run_in_executor(self._writing, writing)

    async def close(self) -> None:
        """See `Runner`; what runs is waited for, what waits is given up."""
        for threads in (self._reading, self._writing):
            await asyncio.to_thread(threads.shutdown, cancel_futures=True)
        self._engine.dispose()


class PostgresqlRunner:
    """Functions on PostgreSQL, without threads: they are suspended while the server works."""

    readers = _POSTGRESQL_READERS

    def __init__(self, address: str) -> None:
        """Raises:
        SettingsError: it is no such address.
        """
        try:
            url = make_url(address)
        except (ArgumentError, ValueError):
            # A port that is no number is a ValueError. Without the cause, which shows the address,
            # and so the password.
            raise SettingsError("BOT_DATABASE_URL: is not an address") from None
        if url.drivername not in ("postgres", "postgresql"):
            raise SettingsError(
                "BOT_DATABASE_URL: must be an address such as postgresql://host/name"
            )
        self._engine = create_async_engine(
            url.set(drivername="postgresql+psycopg"),
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

    async def read(self, work: Work[ResultT]) -> ResultT:
        """See `Runner`."""

        async def reading() -> ResultT:
            async with self._engine.connect() as connection:
                return await connection.run_sync(work)

        return await _twice(reading)

    async def write(self, work: Work[ResultT]) -> ResultT:
        """See `Runner`."""

        async def writing() -> ResultT:
            async with self._engine.begin() as connection:
                return await connection.run_sync(work)

        return await _twice(writing)

    async def close(self) -> None:
        """See `Runner`."""
        await self._engine.dispose()


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


def _sqlite_engine(path: Path) -> Engine:
    url = URL.create("sqlite", database=str(path))
    engine = create_engine(url, hide_parameters=True, pool_size=_SQLITE_READERS + 1, max_overflow=0)

    @event.listens_for(engine, "connect")
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

    @event.listens_for(engine, "begin")
    def _begun(connection: Any) -> None:  # noqa: ANN401 - as above
        # A transaction that reads first and writes then would fail where another one wrote between.
        reading = connection.get_execution_options().get("reading")
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine
