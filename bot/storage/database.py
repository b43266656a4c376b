"""A database: its connections, a limit of time on every call, and one kind of error."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    SQLAlchemyError,
    StatementError,
)

from bot.errors import StoreRefused, StoreUnavailable
from bot.storage.bounds import bounded
from bot.storage.bulk import Bulk
from bot.storage.engines import PostgresqlRunner, Runner, SqliteRunner, Work
from bot.storage.health import StoreHealth

LIMIT_SECONDS = 3.0
"""How long a call may take, unless its caller has less time."""

_SCHEMA_SECONDS = 20.0
_RETRY_SECONDS = 1.0
_READERS_RETRY_SECONDS = 5.0
_LONGEST_REASON = 160

ResultT = TypeVar("ResultT")


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
        self.bulk = Bulk(is_sqlite=self.is_sqlite)
        self._runner: Runner = (
            SqliteRunner(address) if isinstance(address, Path) else PostgresqlRunner(address)
        )
        # Readers come in crowds; their limit of time begins once it is their turn, and there are
        # connections left for those who write.
        self._reading = asyncio.Semaphore(self._runner.readers)
        self._tried = 0.0

    def insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """An INSERT that can say what happens on a conflict."""
        return sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)

    async def read(self, work: Work[ResultT], seconds: float = LIMIT_SECONDS) -> ResultT:
        """What `work` gives on a connection on which nothing is written.

        Raises:
            StoreUnavailable: it failed, or took too long.
        """

        async def reading() -> ResultT:
            await self._prepare()
            return await self._runner.read(work)

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
            return await self._runner.write(work)

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
        await self._runner.close()

    async def _prepare(self) -> None:
        if not self._prepared:
            await self._runner.write(self._schema)
            self._prepared = True

    async def _run(
        self, work: Callable[[], Coroutine[Any, Any, ResultT]], seconds: float, retry: float
    ) -> ResultT:
        if not self.health.ok and time.monotonic() < self._tried + retry:
            raise StoreUnavailable("the store does not answer")
        self._tried = time.monotonic()
        try:
            result = await bounded(work(), seconds)
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
