from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from bot.errors import StoreRefused
from bot.storage.database import Database
from bot.storage.health import StoreHealth
from bot.storage.tables import CHATS, DELETIONS, METADATA

LAST = 2**63 - 1


@pytest.fixture
async def database(address: str | Path) -> AsyncIterator[Database]:
    """A database with empty tables."""
    made = Database(address, StoreHealth(), METADATA.create_all)
    yield made
    await made.close()


def _chat(chat_id: int, language: str | None, minutes: int = 0) -> dict[str, object]:
    # In another order than the table's.
    return {
        "language": language,
        "delete_minutes": minutes,
        "on_reply": minutes == 0,
        "chat_id": chat_id,
    }


async def _kept(database: Database) -> list[tuple[object, ...]]:
    rows = select(CHATS).order_by(CHATS.c.chat_id)
    return await database.read(lambda connection: [tuple(row) for row in connection.execute(rows)])


async def test_rows_come_back_as_they_were(database: Database) -> None:
    """Whatever is in them; the last of a key stands."""
    hostile = "“a'b\\\"c$[0]:rows%s\u2028😀"
    rows = [_chat(LAST, hostile), _chat(-LAST - 1, None, 3), _chat(0, "")]
    await database.write(lambda connection: database.bulk.upsert(connection, CHATS, rows))
    again = [_chat(0, "en", 5)]
    await database.write(lambda connection: database.bulk.upsert(connection, CHATS, again))
    assert [
        (-LAST - 1, None, False, 3),
        (0, "en", False, 5),
        (LAST, hostile, True, 0),
    ] == await _kept(database)


async def test_a_time_is_kept_to_the_last_bit(database: Database) -> None:
    """Rows are found again by theirs."""
    times = [1_795_384_800.123_456_7, 0.1, 1e-7, 2**53 + 1.0]
    rows = [{"chat_id": 1, "message_id": number, "due": at} for number, at in enumerate(times)]
    await database.write(lambda connection: database.bulk.upsert(connection, DELETIONS, rows))
    kept = select(DELETIONS.c.due).order_by(DELETIONS.c.message_id)
    assert times == await database.read(lambda connection: list(connection.scalars(kept)))


async def test_inserting_leaves_what_is_there(database: Database) -> None:
    """And counts what was not."""

    def insert(connection: Connection) -> tuple[int, int, int]:
        bulk = database.bulk
        return (
            bulk.insert(connection, CHATS, [_chat(1, "en"), _chat(2, "en")]),
            bulk.insert(connection, CHATS, [_chat(2, "zh"), _chat(3, "zh")]),
            bulk.insert(connection, CHATS, [_chat(3, "en")]),
        )

    assert (2, 1, 0) == await database.write(insert)
    assert ["en", "en", "zh"] == [row[1] for row in await _kept(database)]


@pytest.mark.parametrize("keys", [[], [2], range(-5_000, 40_000)])
async def test_keys_are_found_however_many(database: Database, keys: Collection[int]) -> None:
    """A parameter each would be too many."""
    found = select(CHATS.c.chat_id).where(database.bulk.among(CHATS.c.chat_id, "ids"))

    def find(connection: Connection) -> list[int]:
        database.bulk.upsert(connection, CHATS, [_chat(2, None), _chat(LAST, None)])
        return list(connection.scalars(found, database.bulk.values("ids", keys)))

    assert ([2] if 2 in keys else []) == await database.write(find)


@pytest.mark.parametrize("row", [_chat(LAST + 1, "en"), _chat(1, "\ud800")])
async def test_what_no_database_holds_is_refused(
    database: Database, row: dict[str, object]
) -> None:
    """The whole of it; the database is well."""
    with pytest.raises(StoreRefused):
        await database.write(
            lambda connection: database.bulk.upsert(connection, CHATS, [_chat(7, "en"), row])
        )
    assert database.health.ok
    assert [] == await _kept(database)
