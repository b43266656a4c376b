from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping

import pytest
from telegram import Bot, Update

from bot.chat.inbox import Inbox
from bot.errors import StoreUnavailable
from bot.storage.journal import Journal
from bot.storage.memory_store import MemoryInbox, MemoryStore
from bot.storage.records import RawUpdate


class NotingInbox(MemoryInbox):
    """An inbox that notes its transactions and takes a moment for each."""

    def __init__(self) -> None:
        super().__init__()
        self.transactions: list[list[int]] = []
        self.failing = False
        self.left: list[RawUpdate] = []

    async def put(self, updates: Mapping[int, RawUpdate]) -> Collection[int]:
        """Note, and keep; where it fails, the updates are kept nevertheless."""
        self.transactions.append(list(updates))
        await asyncio.sleep(0.01)
        taken = await super().put(updates)
        if self.failing:
            raise StoreUnavailable("no answer in time")
        return taken

    async def own(self) -> list[RawUpdate]:
        """What is unfinished."""
        return [_raw(each) for each in sorted(self._unfinished)]

    async def take_over(self, owners: Collection[str], limit: int) -> list[RawUpdate]:
        """What somebody has left."""
        left, self.left = self.left[:limit], self.left[limit:]
        await self.put({each["update_id"]: each for each in left})
        return left


class Kept:
    """An inbox with its store, its journal and its queue."""

    def __init__(self) -> None:
        self.inbox = NotingInbox()
        self.store = MemoryStore(inbox=self.inbox)
        self.journal = Journal(self.store)
        self.queue: asyncio.Queue[object] = asyncio.Queue()
        self.entrance = Inbox(self.store, self.journal, self.queue, Bot("1:a"))

    async def queued(self) -> list[int]:
        """The ids that were queued since."""
        for _ in range(3):
            await asyncio.sleep(0)
        ids = []
        while not self.queue.empty():
            update = self.queue.get_nowait()
            assert isinstance(update, Update)
            ids.append(update.update_id)
        return ids


@pytest.fixture
def kept() -> Kept:
    """An empty inbox."""
    return Kept()


def _raw(update_id: int) -> RawUpdate:
    return {"update_id": update_id}


async def test_what_arrives_during_a_transaction_is_kept_in_the_next_one(kept: Kept) -> None:
    """However many requests bring it, and each is told once it is kept."""
    await asyncio.gather(*(kept.entrance.accept([_raw(each)]) for each in range(50)))
    assert 2 >= len(kept.inbox.transactions)
    assert list(range(50)) == await kept.queued()


async def test_an_update_is_queued_once(kept: Kept) -> None:
    """Whether it comes again before, while or after it is handled."""
    await kept.entrance.accept([_raw(1), _raw(2)])
    await asyncio.gather(kept.entrance.accept([_raw(1)]), kept.entrance.accept([_raw(1)]))
    kept.entrance.finished(Update(1))
    await kept.entrance.accept([_raw(1)])
    await kept.journal.flush()
    await kept.entrance.accept([_raw(1)])
    assert [1, 2] == await kept.queued()
    assert 1 == await kept.inbox.unfinished()


async def test_what_may_have_been_kept_is_not_lost(kept: Kept) -> None:
    """The store failed while it was written: delivered again, or not, it is handled, once."""
    kept.inbox.failing = True
    with pytest.raises(StoreUnavailable):
        await kept.entrance.accept([_raw(1), _raw(2)])
    kept.inbox.failing = False
    await kept.entrance.accept([_raw(1)])
    assert [1] == await kept.queued()
    assert 1 == await kept.entrance.take_over([])
    assert [2] == await kept.queued()
    assert (0, []) == (await kept.entrance.take_over([]), await kept.queued())


async def test_what_was_taken_over_without_an_answer_is_not_lost(kept: Kept) -> None:
    """The store failed after it had handed it over."""
    kept.inbox.left = [_raw(1), _raw(2)]
    kept.inbox.failing = True
    with pytest.raises(StoreUnavailable):
        await kept.entrance.take_over(["gone"])
    assert [] == await kept.queued()
    kept.inbox.failing = False
    assert (2, [1, 2]) == (await kept.entrance.take_over(["gone"]), await kept.queued())


async def test_polling_goes_on_where_the_store_fails(kept: Kept) -> None:
    """And says later that it was handled, in case it was kept after all."""
    kept.inbox.failing = True
    await kept.entrance.accept_anyway([_raw(1)])
    assert [1] == await kept.queued()
    kept.inbox.failing = False
    assert 0 == await kept.entrance.take_over([])
    assert [] == await kept.queued()
    kept.entrance.finished(Update(1))
    await kept.journal.flush()
    assert 0 == await kept.inbox.unfinished()


async def test_all_that_was_left_is_taken_over(kept: Kept) -> None:
    """In as many steps as it takes."""
    kept.inbox.left = [_raw(each) for each in range(1_234)]
    assert 1_234 == await kept.entrance.take_over(["gone"])
    assert list(range(1_234)) == await kept.queued()


async def test_an_update_that_cannot_be_read_is_finished(kept: Kept) -> None:
    """It would come back at each start."""
    await kept.entrance.accept([{"update_id": 1, "message": {"message_id": 1}}, _raw(2)])
    assert [2] == await kept.queued()
    await kept.journal.flush()
    assert 1 == await kept.inbox.unfinished()


async def test_whoever_hangs_up_does_not_take_the_update_along(kept: Kept) -> None:
    """A request that was cancelled has delivered it all the same."""
    request = asyncio.create_task(kept.entrance.accept([_raw(1)]))
    await asyncio.sleep(0)
    request.cancel()
    await kept.entrance.accept([_raw(2)])
    assert [1, 2] == await kept.queued()


async def test_more_is_asked_for_before_what_came_is_read(kept: Kept) -> None:
    """Reading a hundred updates takes as long as fetching the next ones."""
    await kept.entrance.accept([_raw(1)])
    assert kept.queue.empty()
    assert [1] == await kept.queued()
