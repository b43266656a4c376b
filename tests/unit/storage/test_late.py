from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.errors import SettingsError, StoreUnavailable
from bot.storage.late import LateStore


async def test_calls_wait_until_the_store_is_open(tmp_path: Path) -> None:
    """Several at once open it once; each part is there."""
    store = LateStore(tmp_path / "store.sqlite3")
    await asyncio.gather(*(store.preferences.set_language(each, "en") for each in range(5)))
    assert "en" == await store.preferences.language_of(3)
    assert [1] == list(await store.inbox.put({1: {"update_id": 1}}))
    assert ([], 0) == (await store.deletions.due(0, 1), (await store.records.statistics(0)).asked)
    assert (True, True, False) == (store.health.ok, store.lasting, store.shared)
    assert await store.opened() is await store.opened()
    await store.close()


async def test_a_store_that_cannot_be_opened_says_so_to_everybody() -> None:
    """And can be closed; so can one that nobody needed."""
    store = LateStore("mysql://h/n")
    for _ in range(2):
        with pytest.raises(SettingsError):
            await store.preferences.language_of(1)
    await store.close()
    await LateStore("postgresql://h/n").close()


async def test_a_damaged_file_is_known_at_once(tmp_path: Path) -> None:
    """Before anything is opened."""
    path = tmp_path / "store.sqlite3"
    path.write_bytes(b"no database" * 500)
    with pytest.raises(StoreUnavailable, match="is damaged"):
        LateStore(path)
