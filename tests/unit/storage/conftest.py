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
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.sqlite3'}"
    address: str = request.getfixturevalue("postgres").new_database()
    return address


@pytest.fixture
async def database_store(url: str) -> AsyncIterator[SqlStore]:
    """A store in an empty database."""
    opened = await open_store(url)
    yield opened
    await opened.close()


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """A store of each kind, empty."""
    if request.param == "memory":
        yield MemoryStore()
        return
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path / 'store.sqlite3'}"
    else:
        address = request.getfixturevalue("postgres").new_database()
    opened = await open_store(address)
    yield opened
    await opened.close()
