"""What becomes of readers' questions when processes, disks and servers fail."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import resource
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from bot.playground import PlaygroundServer
from tests.functional.crowds import QUESTION, CrowdedWorld
from tests.functional.processes import READY, bot
from tests.postgres import Cluster, postgres

__all__ = ["postgres"]

log = logging.getLogger(__name__)

UPDATES = int(os.environ.get("SOAK_UPDATES", "300"))
"""How many questions wait when the bot is killed; `make soak` asks more."""

SLOTS = 16
UNFINISHED = "SELECT payload FROM inbox WHERE payload IS NOT NULL"
DEGRADED = re.compile("the store does not answer, going on without it")
RECOVERED = re.compile("the store answers again")


def _settings(world: CrowdedWorld, server: PlaygroundServer, store: str) -> dict[str, str]:
    return {
        "BOT_TOKEN": world.token,
        "BOT_API_URL": server.url,
        "BOT_DATABASE_URL": store,
        "BOT_RATE_OVERALL": "0",
        "BOT_RATE_GROUP": "0",
        "BOT_CONCURRENT_UPDATES": str(SLOTS),
    }


def _readers(payloads: list[tuple[str]]) -> set[int]:
    return {json.loads(payload)["message"]["from"]["id"] for (payload,) in payloads}


def unfinished(store: str) -> set[int]:
    """The readers whose updates a dead process has left in the store."""
    if store.startswith("sqlite"):
        with closing(sqlite3.connect(store.removeprefix("sqlite:///"))) as connection:
            return _readers(connection.execute(UNFINISHED).fetchall())
    with psycopg.connect(store) as connection:
        return _readers(connection.execute(UNFINISHED).fetchall())


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.sqlite3'}"
    address: str = request.getfixturevalue("postgres").new_database()
    return address


async def _answered(world: CrowdedWorld) -> None:
    """Ask once more, and wait for the answer."""
    world.ask(1)
    await world.wait_for_answers(world.size, 15)


async def test_a_killed_bot_loses_no_question(store: str) -> None:
    """Killed in the middle and started again, it answers each question at least once; twice only
    where it died between an answer and knowing so.
    """
    world = CrowdedWorld()
    async with PlaygroundServer(world, port=0) as server:
        settings = _settings(world, server, store)
        async with bot("run", **settings) as running:
            await running.wait_for(READY)
            world.latency = 0.02
            world.ask(UPDATES)
            await world.wait_for_answers(UPDATES // 3)
            running.process.kill()
            await running.process.wait()
        # What was sent to the server is on its way still.
        await asyncio.sleep(0.2)
        answered, left = set(world.answers), unfinished(store)
        async with bot("run", **settings) as running:
            try:
                await world.wait_for_answers(UPDATES, 60)
            except TimeoutError:
                running.process.kill()
                await running.stop_by_itself()
                missing = UPDATES - len(world.answers), len(unfinished(store))
                raise AssertionError(
                    f"(unanswered, in the store) {missing}: {running.text}"
                ) from None
            await running.wait_for(READY)
            assert 0 == await running.stop()

    assert UPDATES == len(world.answers)
    assert world.twice() <= answered & left
    assert UPDATES + len(world.twice()) == world.answers.total()
    assert set() == unfinished(store)
    counts = len(answered), UPDATES, len(world.twice())
    log.info("%d of %d were answered before the end, %d twice", *counts)
    assert "Traceback" not in running.text


async def test_a_full_disk_stops_no_answer(tmp_path: Path) -> None:
    """The bot says in one line that it goes on without the store, and in one that it is back; what
    it could not write meanwhile is written then.
    """
    world, file = CrowdedWorld(), tmp_path / "store.sqlite3"
    async with PlaygroundServer(world, port=0) as server:
        settings = _settings(world, server, f"sqlite:///{file}")
        async with bot("run", **settings) as running:
            await running.wait_for(READY)
            await _answered(world)
            before = resource.prlimit(running.process.pid, resource.RLIMIT_FSIZE)
            full = (4096, before[1])
            resource.prlimit(running.process.pid, resource.RLIMIT_FSIZE, full)
            for _ in range(3):
                await _answered(world)
            await running.wait_for(DEGRADED)
            resource.prlimit(running.process.pid, resource.RLIMIT_FSIZE, before)
            await running.wait_for(RECOVERED)
            await _answered(world)
            assert 0 == await running.stop()

    assert set() == world.twice()
    assert "Traceback" not in running.text
    with closing(sqlite3.connect(file)) as connection:
        assert (world.size,) == connection.execute("SELECT count(*) FROM questions").fetchone()


async def test_a_database_server_may_go_and_come_back(postgres: Cluster) -> None:
    """Readers are answered all the while, each once."""
    world, store = CrowdedWorld(), postgres.new_database()
    async with (
        PlaygroundServer(world, port=0) as server,
        bot("run", **_settings(world, server, store)) as running,
    ):
        await running.wait_for(READY)
        await _answered(world)
        await asyncio.to_thread(postgres.stop)
        try:
            for _ in range(3):
                await _answered(world)
            await running.wait_for(DEGRADED)
        finally:
            await asyncio.to_thread(postgres.start)
        await running.wait_for(RECOVERED)
        await _answered(world)
        assert 0 == await running.stop()

    assert set() == world.twice()
    assert "Traceback" not in running.text
    with psycopg.connect(store) as connection:
        asked = connection.execute("SELECT count(*) FROM questions").fetchone()
        assert (world.size,) == asked
    assert set() == unfinished(store)


async def test_a_database_server_may_come_late(postgres: Cluster) -> None:
    """Started without it, the bot answers, and makes its tables once it is there."""
    world, store = CrowdedWorld(), postgres.new_database()
    async with PlaygroundServer(world, port=0) as server:
        await asyncio.to_thread(postgres.stop)
        try:
            async with bot("run", **_settings(world, server, store)) as running:
                await running.wait_for(READY)
                await _answered(world)
                await asyncio.to_thread(postgres.start)
                await running.wait_for(RECOVERED)
                await _answered(world)
                assert 0 == await running.stop()
        except BaseException:
            await asyncio.to_thread(postgres.start)
            raise
    assert 1 == len(DEGRADED.findall(running.text))
    with psycopg.connect(store) as connection:
        assert (2,) == connection.execute("SELECT count(*) FROM questions").fetchone()


async def test_a_database_server_that_hangs_holds_up_neither_readers_nor_the_end(
    postgres: Cluster,
) -> None:
    """Readers are answered; a stop takes under five seconds."""
    world, store = CrowdedWorld(), postgres.new_database()
    async with (
        PlaygroundServer(world, port=0) as server,
        bot("run", **_settings(world, server, store)) as running,
    ):
        await running.wait_for(READY)
        await _answered(world)
        with postgres.hanging():
            for _ in range(3):
                await _answered(world)
            await running.wait_for(DEGRADED)
            began = time.monotonic()
            assert 0 == await running.stop()
            assert 5 > time.monotonic() - began
    assert "Traceback" not in running.text


async def test_a_server_that_hangs_at_the_end_does_not_hold_it_up(postgres: Cluster) -> None:
    """While something is still to be written: under five seconds all the same."""
    world, store = CrowdedWorld(), postgres.new_database()
    async with (
        PlaygroundServer(world, port=0) as server,
        bot("run", **_settings(world, server, store)) as running,
    ):
        await running.wait_for(READY)
        await _answered(world)
        with postgres.hanging():
            world.ask(20)
            began = time.monotonic()
            assert 0 == await running.stop()
            assert 5 > time.monotonic() - began
    assert "Traceback" not in running.text


@pytest.mark.parametrize("damage", ["half", "garbage", "folder", "nowhere"])
async def test_a_store_that_cannot_be_used_stops_the_bot_with_one_line(
    damage: str, tmp_path: Path
) -> None:
    """Cut in half, no database at all, or nowhere to write: it says which file; exit 1, and 2 where
    another file must be named.
    """
    world, file = CrowdedWorld(), tmp_path / "store.sqlite3"
    async with PlaygroundServer(world, port=0) as server:
        settings = _settings(world, server, f"sqlite:///{file}")
        if damage == "half":
            async with bot("run", **settings) as running:
                await running.wait_for(READY)
                await _answered(world)
                await running.stop()
            os.truncate(file, file.stat().st_size // 2)
        elif damage == "garbage":
            file.write_bytes(b"no database " * 1000)
        elif damage == "folder":
            file.mkdir()
        else:
            # Where not even an administrator can write.
            settings["BOT_DATABASE_URL"] = "sqlite:////proc/store.sqlite3"
        async with bot("run", **settings) as running:
            code = await running.stop_by_itself()

    misplaced = damage in ("folder", "nowhere")
    assert (2 if misplaced else 1) == code
    assert running.text.startswith("error: BOT_DATABASE_URL: " if misplaced else "error: ")
    assert "store.sqlite3" in running.text
    assert 1 == running.text.count("\n")


async def test_the_address_of_the_server_stays_secret() -> None:
    """A server that is not there and an address of another kind are said without the password."""
    world, secret = CrowdedWorld(), "s3cr3t-p4ssw0rd"
    async with PlaygroundServer(world, port=0) as server:
        for address in (f"postgresql://bot:{secret}@127.0.0.1:9/name", f"mysql://bot:{secret}@h/n"):
            settings = _settings(world, server, address) | {"BOT_LOG_LEVEL": "DEBUG"}
            async with bot("run", **settings) as running:
                if address.startswith("postgresql"):
                    await running.wait_for(READY)
                    await _answered(world)
                    await running.stop()
                else:
                    assert 2 == await running.stop_by_itself()
            assert secret not in running.text
            assert world.token not in running.text
            assert QUESTION not in running.text
        async with bot(
            "stats", BOT_DATABASE_URL=f"postgresql://bot:{secret}@127.0.0.1:9/name"
        ) as r:
            assert 1 == await r.stop_by_itself()
    assert r.text.startswith("error: the store does not answer: ")
    assert (1, 0) == (r.text.count("\n"), r.text.count(secret))


async def test_statistics_are_printed_beside_the_running_bot(tmp_path: Path) -> None:
    """As a table and as JSON; before anything was asked, too."""
    world = CrowdedWorld()
    async with PlaygroundServer(world, port=0) as server:
        settings = _settings(world, server, f"sqlite:///{tmp_path / 'store.sqlite3'}")
        async with bot("stats", **settings) as empty:
            assert 0 == await empty.stop_by_itself()
        assert "No questions yet" in empty.text
        assert not (tmp_path / "store.sqlite3").exists()
        async with bot("run", **settings) as running:
            await running.wait_for(READY)
            await _answered(world)
            async with bot("stats", "--days", "1", "--json", **settings) as printed:
                assert 0 == await printed.stop_by_itself()
            await running.stop()
    assert 1 == json.loads(printed.text)["asked"]
