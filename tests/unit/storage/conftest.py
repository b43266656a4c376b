"""Each kind of store, for the tests that hold for all of them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage.interfaces import Store
from bot.storage.memory_store import MemoryStore
from bot.storage.sql import SqlStore, open_store
from tests.postgres import postgres

__all__ = ["postgres"]


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str | Path:
    """The address of an empty database."""
    if request.param == "sqlite":
        return tmp_path / "store.sqlite3"
    made: str = request.getfixturevalue("postgres").new_database()
    return made


@pytest.fixture
async def database_store(address: str | Path) -> AsyncIterator[SqlStore]:
    """A store in an empty database."""
    opened = await open_store(address)
    yield opened
    await opened.close()


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """A store of each kind, empty."""
    if request.param == "memory":
        yield MemoryStore()
        return
    address: str | Path
    if request.param == "sqlite":
        address = tmp_path / "store.sqlite3"
    else:
        address = request.getfixturevalue("postgres").new_database()
    opened = await open_store(address)
    yield opened
    await opened.close()
