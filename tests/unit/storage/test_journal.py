from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Collection, Sequence

import pytest

from bot.errors import StoreRefused, StoreUnavailable
from bot.storage.journal import MOST_WAITING, Journal
from bot.storage.memory_records import MemoryRecords
from bot.storage.memory_store import MemoryStore
from bot.storage.records import AnswerSent, Entry


class NotingRecords(MemoryRecords):
    """Records that note each transaction, and fail on demand."""

    def __init__(self) -> None:
        super().__init__(10)
        self.written: list[tuple[list[Entry], list[int]]] = []
        self.failures = 0
        self.poison: Entry | None = None

    async def write(self, entries: Sequence[Entry], handled: Collection[int] = ()) -> None:
        """Note, refuse or fail."""
        await asyncio.sleep(0)
        if self.failures:
            self.failures -= 1
            raise StoreUnavailable("down")
        if self.poison in entries:
            raise StoreRefused("odd")
        self.written.append((list(entries), list(handled)))


def _store() -> tuple[MemoryStore, NotingRecords]:
    store, records = MemoryStore(), NotingRecords()
    store.records = records
    return store, records


def _sent(number: int) -> AnswerSent:
    return AnswerSent((1, number), number, 0.0)


@contextlib.asynccontextmanager
async def _running(journal: Journal) -> AsyncIterator[None]:
    task = asyncio.create_task(journal.run())
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def _empty(journal: Journal) -> None:
    async with asyncio.timeout(10):
        while len(journal):  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.01)


async def test_what_comes_together_is_written_together() -> None:
    """In the order it came; in one transaction with what was handled."""
    store, records = _store()
    journal = Journal(store)
    async with _running(journal):
        for number in range(5):
            journal.put(_sent(number))
            journal.handled(number)
        await _empty(journal)
    assert [([_sent(number) for number in range(5)], list(range(5)))] == records.written


async def test_nothing_is_lost_while_the_store_is_away() -> None:
    """It is tried again, in the same order."""
    store, records = _store()
    records.failures = 2
    journal = Journal(store)
    async with _running(journal):
        journal.put(_sent(1))
        await asyncio.sleep(0.1)
        journal.put(_sent(2))
        journal.handled(7)
        await _empty(journal)
    entries = [entry for written, _ in records.written for entry in written]
    assert ([_sent(1), _sent(2)], [7]) == (entries, records.written[-1][1])


async def test_what_waits_is_bounded() -> None:
    """The oldest is given up, and counted."""
    store, records = _store()
    journal = Journal(store)
    for number in range(MOST_WAITING + 3):
        journal.put(_sent(number))
    assert (MOST_WAITING, 3) == (len(journal), store.health.dropped)
    await journal.flush()
    assert _sent(3) == records.written[0][0][0]


async def test_an_entry_that_the_store_refuses_holds_up_no_other() -> None:
    """It is left out, and counted."""
    store, records = _store()
    records.poison = _sent(2)
    journal = Journal(store)
    for number in range(4):
        journal.put(_sent(number))
    journal.handled(9)
    await journal.flush()
    assert 1 == store.health.dropped
    assert [([], [9]), *(([_sent(each)], []) for each in (0, 1, 3))] == records.written


async def test_an_id_that_no_database_holds_is_not_kept() -> None:
    """A forged one would be refused for ever."""
    journal = Journal(_store()[0])
    journal.put(AnswerSent((1 << 63, 1), 1, 0.0))
    assert 0 == len(journal)


async def test_flushing_says_what_could_not_be_written() -> None:
    """It still waits."""
    store, records = _store()
    records.failures = 1
    journal = Journal(store)
    journal.put(_sent(1))
    with pytest.raises(StoreUnavailable):
        await journal.flush()
    assert (1, True, False) == (len(journal), journal.concerns(1), journal.concerns(2))
    await journal.flush()
    assert (0, False) == (len(journal), journal.concerns(1))
