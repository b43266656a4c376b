"""Opening databases, one and several at a time, and what becomes of their failures."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from bot.errors import SettingsError, StoreRefused, StoreUnavailable
from bot.project import PROJECT_ROOT
from bot.storage.health import StoreHealth
from bot.storage.interfaces import ChatPreferences
from bot.storage.migrations import HEAD
from bot.storage.sql import SqlStore, open_store
from tests.postgres import Cluster

WRITER = """
import asyncio, sys
from pathlib import Path
from bot.storage.sql import open_store

async def main(address, first):
    store = await open_store(Path(address) if address.startswith("/") else address)
    for number in range(first, first + 100):
        assert number in await store.inbox.put({number: {"update_id": number}})
        await store.records.write((), {number})
    await store.close()

asyncio.run(main(sys.argv[1], int(sys.argv[2])))
"""


async def test_processes_that_start_together_do_not_collide(address: str | Path) -> None:
    """On an empty database each finds the tables made, and all that they write is there."""
    writers = [
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", WRITER, str(address), str(first)),
            cwd=PROJECT_ROOT,
            stderr=subprocess.PIPE,
        )
        for first in (0, 1000, 2000)
    ]
    errors = [(await writer.communicate())[1].decode() for writer in writers]
    assert [0, 0, 0] == [writer.returncode for writer in writers], errors
    store = await open_store(address)
    ids = [*range(100), *range(1000, 1100), *range(2000, 2100)]
    assert not await store.inbox.put({each: {"update_id": each} for each in ids})
    await store.close()


async def test_a_newer_bots_store_is_left_alone(
    database_store: SqlStore, address: str | Path
) -> None:
    """One line says why; nothing is changed."""
    newer = "UPDATE alembic_version SET version_num = '9999'"
    if isinstance(address, Path):
        with closing(sqlite3.connect(address)) as connection, connection:
            connection.execute(newer)
    else:
        with psycopg.connect(address) as server:
            server.execute(newer)
    with pytest.raises(StoreUnavailable, match=f"newer version .* this one knows {HEAD}"):
        await open_store(address, patient=True)


@pytest.mark.parametrize("address", ["mysql://u:secret@h/n", "nonsense", "postgres//u:secret@h/n"])
async def test_an_address_of_another_kind_is_refused(address: str) -> None:
    """In one line that does not show it."""
    with pytest.raises(SettingsError) as refused:
        await open_store(address)
    assert "secret" not in str(refused.value)
    assert refused.value.__cause__ is None


async def test_a_value_that_no_database_holds_is_refused(database_store: SqlStore) -> None:
    """The store is well, and goes on."""
    with pytest.raises(StoreRefused):
        await database_store.preferences.set_chat(1 << 70, ChatPreferences())
    assert database_store.health.ok
    assert ChatPreferences() == await database_store.preferences.of_chat(1)


async def test_while_a_server_does_not_answer_calls_fail_at_once(postgres: Cluster) -> None:
    """It is tried now and then; once it answers, broken connections are not noticed."""
    store = await open_store(postgres.new_database())
    await store.preferences.set_language(7, "en")
    await asyncio.to_thread(postgres.stop)
    try:
        for _ in range(200):
            with pytest.raises(StoreUnavailable) as failed:
                await store.preferences.language_of(7)
        assert "\n" not in str(failed.value)
        assert not store.health.ok
        assert store.health.failures < 100
    finally:
        await asyncio.to_thread(postgres.start)
    async with asyncio.timeout(20):
        while not store.health.ok:
            try:
                assert "en" == await store.preferences.language_of(7)
            except StoreUnavailable:
                await asyncio.sleep(0.1)
    await store.close()


async def test_a_restarted_server_is_not_noticed(postgres: Cluster) -> None:
    """A connection that broke while nobody used it is made anew."""
    store = await open_store(postgres.new_database())
    await store.preferences.set_language(7, "en")
    await asyncio.to_thread(postgres.stop)
    await asyncio.to_thread(postgres.start)
    assert "en" == await store.preferences.language_of(7)
    assert store.health.ok
    await store.close()


async def test_a_server_that_hangs_holds_nobody_up(postgres: Cluster) -> None:
    """It takes connections and says nothing: calls end, and the store can still be closed."""
    store = await open_store(postgres.new_database())
    await store.preferences.set_language(7, "en")
    with postgres.hanging():
        for _ in range(20):
            with pytest.raises(StoreUnavailable):
                await store.inbox.put({1: {"update_id": 1}})
        assert 1 == store.health.failures
        await asyncio.wait_for(store.close(), 20)


async def test_no_part_of_an_address_is_in_a_reason() -> None:
    """A password with an @ in it makes the rest of it a host."""
    with pytest.raises(StoreUnavailable) as failed:
        await open_store("postgresql://u:p@ss@nowhere.invalid/name")
    assert "ss@" not in str(failed.value)


async def test_a_locked_file_is_an_outage_of_the_store(tmp_path: Path) -> None:
    """Another program that holds the file cannot hold up the bot."""
    path = tmp_path / "store.sqlite3"
    store = await open_store(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreUnavailable, match=r"locked|no answer"):
            await store.preferences.set_language(7, "en")
        assert not store.health.ok
    async with asyncio.timeout(20):
        while not store.health.ok:
            try:
                await store.preferences.set_language(7, "en")
            except StoreUnavailable:
                await asyncio.sleep(0.1)
    await store.close()


async def test_only_its_owner_can_read_the_file(tmp_path: Path) -> None:
    """It says what people asked."""
    path = tmp_path / "made" / "store.sqlite3"
    store = await open_store(path)
    await store.preferences.set_language(7, "en")
    modes = {
        file.name: oct(file.stat().st_mode & 0o777)
        for file in path.parent.iterdir()
        if not file.name.endswith(".lock")
    }
    assert {"0o600"} == set(modes.values())
    await store.close()


def test_health_says_since_when(caplog: pytest.LogCaptureFixture) -> None:
    """A line when it begins and one when it ends, however many calls fail."""
    now = [100.0]
    health = StoreHealth(lambda: now[0])
    assert (True, None) == (health.ok, health.degraded_since)
    for _ in range(3):
        health.failed("down")
        now[0] += 1
    assert (False, 100.0, 3) == (health.ok, health.degraded_since, health.failures)
    health.succeeded()
    health.succeeded()
    assert (True, None) == (health.ok, health.degraded_since)
    assert 2 == len(caplog.records)


def test_the_tables_are_those_that_the_steps_make(tmp_path: Path) -> None:
    """Neither was changed without the other."""
    script = (
        "import sys; from sqlalchemy import create_engine; from alembic.autogenerate import "
        "compare_metadata; from alembic.migration import MigrationContext; "
        "from bot.storage.tables import METADATA; "
        "c = create_engine('sqlite:///' + sys.argv[1]).connect(); "
        "print(compare_metadata(MigrationContext.configure(c), METADATA))"
    )
    path = tmp_path / "store.sqlite3"

    async def make() -> None:
        await (await open_store(path)).close()

    asyncio.run(make())
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        cwd=PROJECT_ROOT,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "[]" == done.stdout.strip()
