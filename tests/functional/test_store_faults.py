"""What becomes of readers' questions when processes, disks and servers fail."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from bot.playground import PlaygroundServer
from tests.functional.crowds import CrowdedWorld
from tests.functional.processes import READY, bot
from tests.postgres import postgres

__all__ = ["postgres"]

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


def _unfinished(store: str) -> set[int]:
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


async def test_a_killed_bot_loses_no_question(
    store: str, record_property: Callable[[str, object], None]
) -> None:
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
        answered, unfinished = set(world.answers), _unfinished(store)
        async with bot("run", **settings) as running:
            await world.wait_for_answers(UPDATES, 120)
            await running.wait_for(READY)
            assert 0 == await running.stop()

    assert UPDATES == len(world.answers)
    assert world.twice() <= answered & unfinished
    assert UPDATES + len(world.twice()) == world.answers.total()
    assert set() == _unfinished(store)
    record_property("answered before", len(answered))
    record_property("twice", len(world.twice()))
    assert "Traceback" not in running.text
