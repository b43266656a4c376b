"""Updates until they are handled; the same in every store."""

from pathlib import Path

from bot.storage.interfaces import Store
from bot.storage.records import RawUpdate
from bot.storage.sql import SqlStore, open_store


def _updates(*ids: int) -> dict[int, RawUpdate]:
    return {each: {"update_id": each, "message": {"text": f"问{each}\0\ud800"}} for each in ids}


async def test_an_update_is_new_once(store: Store) -> None:
    """Delivered again, it is dropped once it was handled."""
    inbox = store.inbox
    assert {1, 2} == set(await inbox.put(_updates(1, 2)))
    await store.records.write((), {1, 2})
    assert {3} == set(await inbox.put(_updates(1, 2, 3)))
    assert 1 == await inbox.unfinished()


async def test_an_unfinished_update_comes_back_to_its_owner_only(store: Store) -> None:
    """Whoever did not learn that it was kept may ask again."""
    await store.inbox.put(_updates(1))
    assert {1} == set(await store.inbox.put(_updates(1)))


async def test_nothing_is_put_for_nothing(store: Store) -> None:
    """An empty batch is no transaction."""
    assert not await store.inbox.put({})


async def test_a_survivor_takes_over_what_was_not_finished(
    database_store: SqlStore, address: str | Path
) -> None:
    """Oldest first, whole, each by one survivor only; what was handled stays handled."""
    dead, one = database_store.inbox, await open_store(address)
    two = await open_store(address)
    updates = _updates(5, 3, 4, 1, 2)
    await dead.beat()
    await dead.put(updates)
    await database_store.records.write((), {3})
    (owner,) = set(await one.inbox.beat())
    assert set() == set(await two.inbox.put(_updates(1, 3)))

    first = await one.inbox.take_over([owner], 2)
    rest = await two.inbox.take_over([owner], 10)

    assert [updates[1], updates[2]] == first
    assert [updates[4], updates[5]] == rest
    assert (first, rest, []) == (
        await one.inbox.own(),
        await two.inbox.own(),
        await dead.own(),
    )
    assert [] == await one.inbox.take_over([owner], 10)
    assert owner not in await one.inbox.beat()
    await one.close()
    await two.close()


async def test_what_was_released_is_anybodys(database_store: SqlStore, address: str | Path) -> None:
    """A process that stops in order leaves its work, and its name, behind it."""
    other = await open_store(address)
    await database_store.inbox.beat()
    await database_store.inbox.put(_updates(1))
    await database_store.inbox.release()
    assert {} == await other.inbox.beat()
    assert list(_updates(1).values()) == await other.inbox.take_over([], 10)
    await other.close()


async def test_beats_are_counted(database_store: SqlStore, address: str | Path) -> None:
    """Others see that a process lives by its count going up."""
    other = await open_store(address)
    counts: list[int] = []
    for _ in range(3):
        await database_store.inbox.beat()
        counts += (await other.inbox.beat()).values()
    assert [0, 1, 2] == counts
    await other.close()


async def test_whoever_is_alone_knows_the_dead_at_once(tmp_path: Path) -> None:
    """With one file on one machine a restart need not wait for beats that do not come; beside one
    that lives, it does.
    """
    address = tmp_path / "store.sqlite3"
    first = await open_store(address)
    await first.inbox.beat()
    beside = await open_store(address)
    assert set() == set(await beside.inbox.abandoned())
    await beside.close()
    await first.close()

    alone = await open_store(address)
    (owner,) = await alone.inbox.abandoned()
    await alone.inbox.take_over([owner], 10)
    assert (set(), {}) == (set(await alone.inbox.abandoned()), await alone.inbox.beat())
    await alone.close()
