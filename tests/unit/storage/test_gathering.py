from __future__ import annotations

import asyncio
from collections.abc import Collection

import pytest

from bot.errors import StoreUnavailable
from bot.storage.gathering import Gathered


class Shelf:
    """Reads squares of even numbers; notes what is asked for at once."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []
        self.open = asyncio.Event()
        self.open.set()
        self.broken = False

    async def read(self, keys: Collection[int]) -> dict[int, int]:
        """What is kept for `keys`, once it is open."""
        self.asked.append(list(keys))
        await self.open.wait()
        if self.broken:
            raise StoreUnavailable("down")
        return {key: key * key for key in keys if key % 2 == 0}


@pytest.fixture
async def shelf() -> Shelf:
    """One that answers."""
    return Shelf()


async def test_a_crowd_reads_once(shelf: Shelf) -> None:
    """Each gets its own, and what is not found is the default."""
    gathered = Gathered(shelf.read, -1, most=100)

    assert [0, -1, 4, 4] == await asyncio.gather(*map(gathered.get, (0, 1, 2, 2)))
    assert [[0, 1, 2]] == shelf.asked


async def test_what_comes_meanwhile_is_read_next(shelf: Shelf) -> None:
    """Together, and no more than so many at once."""
    gathered = Gathered(shelf.read, -1, most=2)
    shelf.open.clear()
    first = asyncio.create_task(gathered.get(0))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    others = [asyncio.create_task(gathered.get(key)) for key in (2, 4, 6)]
    await asyncio.sleep(0)
    shelf.open.set()

    assert [0, 4, 16, 36] == await asyncio.gather(first, *others)
    assert [[0], [2, 4], [6]] == shelf.asked


async def test_a_failure_reaches_all_who_wait_and_nobody_else(shelf: Shelf) -> None:
    """The next reading is a new one."""
    gathered = Gathered(shelf.read, -1, most=100)
    shelf.broken = True
    failed = await asyncio.gather(*map(gathered.get, (2, 4)), return_exceptions=True)
    shelf.broken = False

    assert [StoreUnavailable, StoreUnavailable] == [type(each) for each in failed]
    assert 4 == await gathered.get(2)


async def test_who_gives_up_takes_nothing_from_the_others(shelf: Shelf) -> None:
    """Two ask for the same, and one does not wait for it."""
    gathered = Gathered(shelf.read, -1, most=100)
    shelf.open.clear()
    impatient, patient = (asyncio.create_task(gathered.get(2)) for _ in range(2))
    await asyncio.sleep(0)
    impatient.cancel()
    shelf.open.set()

    assert 4 == await patient
    assert impatient.cancelled()
