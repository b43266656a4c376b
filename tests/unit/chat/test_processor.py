from __future__ import annotations

import asyncio
import datetime
from collections.abc import Callable, Coroutine

import pytest
from telegram import Chat, InlineQuery, Message, Update, User

from bot.chat.processor import ChatOrderProcessor

USER = User(1, "A", is_bot=False)


def _update(number: int, chat_id: int) -> Update:
    date = datetime.datetime.now(datetime.UTC)
    return Update(number, message=Message(number, date, Chat(chat_id, "private")))


Work = Callable[[int], Coroutine[None, None, None]]


async def _process(processor: ChatOrderProcessor, chats: list[int], work: Work) -> None:
    await asyncio.gather(
        *(
            processor.process_update(_update(number, chat), work(number))
            for number, chat in enumerate(chats)
        )
    )


async def test_a_chat_keeps_its_order() -> None:
    """However long each update takes, the next of the same chat waits for it."""
    done: list[int] = []

    async def work(number: int) -> None:
        await asyncio.sleep(0.01 * (5 - number))
        done.append(number)

    await _process(ChatOrderProcessor(8), [1] * 5, work)
    assert [0, 1, 2, 3, 4] == done


async def test_chats_do_not_wait_for_each_other() -> None:
    """Two chats are served at the same time."""
    met = asyncio.Barrier(2)

    async def work(_: int) -> None:
        async with asyncio.timeout(1):
            await met.wait()

    await _process(ChatOrderProcessor(2), [1, 2], work)


async def test_a_flood_takes_one_slot() -> None:
    """A chat with many waiting updates leaves the other slots to other chats."""
    running: set[int] = set()
    together: list[set[int]] = []

    async def work(number: int) -> None:
        running.add(number)
        together.append(set(running))
        await asyncio.sleep(0.005)
        running.discard(number)

    processor = ChatOrderProcessor(2)
    await _process(processor, [1] * 10 + [2], work)
    # Update 10 is the other chat's: it was not behind the ten.
    assert any(10 in each for each in together[:3])
    assert 2 == max(map(len, together))


async def test_no_more_run_than_there_are_slots() -> None:
    """Slots bound the work that is done at once."""
    running, most = 0, 0

    async def work(_: int) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.001)
        running -= 1

    await _process(ChatOrderProcessor(3), list(range(20)), work)
    assert 3 == most


async def test_nothing_is_kept_afterwards() -> None:
    """Not a lock for every chat that ever wrote, failures included."""

    async def work(number: int) -> None:
        if number % 2:
            raise ValueError(number)

    processor = ChatOrderProcessor(4)
    for number in range(20):
        if number % 2:
            with pytest.raises(ValueError, match=str(number)):
                await processor.process_update(_update(number, number), work(number))
        else:
            await processor.process_update(_update(number, number), work(number))
    assert (0, 0) == (processor.chats, processor.unfinished)


async def test_what_is_given_up_leaves_no_trace() -> None:
    """Cancelling ends what runs and what waits, without a warning."""

    async def work(_: int) -> None:
        await asyncio.sleep(60)

    processor = ChatOrderProcessor(2)
    tasks = [
        asyncio.create_task(processor.process_update(_update(number, 1), work(number)))
        for number in range(3)
    ]
    await asyncio.sleep(0)
    processor.cancel()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    assert [asyncio.CancelledError] * 3 == [type(each) for each in ended]
    assert (0, 0) == (processor.chats, processor.unfinished)


async def test_updates_without_a_chat_queue_by_user_or_not_at_all() -> None:
    """Inline queries keep their user's order; an unknown kind waits for nobody."""
    done: list[str] = []

    async def work(name: str, seconds: float) -> None:
        await asyncio.sleep(seconds)
        done.append(name)

    processor = ChatOrderProcessor(8)
    query = InlineQuery("1", USER, "", "")
    await asyncio.gather(
        processor.process_update(Update(1, inline_query=query), work("first", 0.02)),
        processor.process_update(Update(2, inline_query=query), work("second", 0)),
        processor.process_update(Update(3), work("unknown", 0)),
    )
    assert ["unknown", "first", "second"] == done


async def test_an_update_that_cannot_be_queued_is_not_waited_for() -> None:
    """It fails by itself, and no stop waits for it."""
    processor = ChatOrderProcessor(4)

    async def work() -> None:
        raise AssertionError

    coroutine = work()
    with pytest.raises(TypeError):
        await processor.do_process_update({"not": "hashable"}, coroutine)
    coroutine.close()
    assert (0, 0) == (processor.unfinished, processor.chats)
