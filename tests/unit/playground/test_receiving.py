"""Long polling, and the webhook's settings."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.playground import World
from bot.playground.updates import UpdateQueue

Ask = Callable[..., Coroutine[Any, Any, Any]]


async def test_updates_stay_until_confirmed(world: World, ask: Ask) -> None:
    """An update is served again until a higher offset confirms it."""
    for text in ("一", "二", "三"):
        world.send_text(text)
    first = await ask("getUpdates", limit=2)
    assert ["一", "二"] == [u["message"]["text"] for u in first]
    assert first == await ask("getUpdates", limit=2)
    rest = await ask("getUpdates", offset=first[-1]["update_id"] + 1)
    assert ["三"] == [u["message"]["text"] for u in rest]
    assert [] == await ask("getUpdates", offset=rest[-1]["update_id"] + 1)


async def test_negative_offset_counts_from_the_end(world: World, ask: Ask) -> None:
    """`offset=-1` keeps the last update only."""
    for text in ("一", "二", "三"):
        world.send_text(text)
    assert ["三"] == [u["message"]["text"] for u in await ask("getUpdates", offset=-1)]
    assert 1 == len(await ask("getUpdates"))


async def test_poll_waits_for_an_update(world: World, ask: Ask) -> None:
    """A poll with a timeout is answered as soon as somebody writes."""
    poll = asyncio.create_task(ask("getUpdates", timeout=5))
    await asyncio.sleep(0.02)
    world.send_text("在吗")
    started = time.perf_counter()
    assert ["在吗"] == [u["message"]["text"] for u in await poll]
    assert time.perf_counter() - started < 0.5


async def test_second_poll_ends_the_first_with_conflict(world: World, ask: Ask) -> None:
    """Of two polls at once, the older one gets 409."""
    first = asyncio.create_task(ask("getUpdates", timeout=5))
    await asyncio.sleep(0.02)
    second = asyncio.create_task(ask("getUpdates", timeout=5))
    code, reason = await first
    assert 409 == code
    assert reason.startswith("Conflict: terminated by other getUpdates request")
    world.send_text("一")
    assert 1 == len(await second)


async def test_polling_with_a_webhook_is_a_conflict(ask: Ask) -> None:
    """Polling is refused as long as a webhook is set."""
    await ask("setWebhook", url="http://127.0.0.1:9/hook")
    code, reason = await ask("getUpdates")
    assert 409 == code
    assert reason.startswith("Conflict: can't use getUpdates method while webhook is active")
    await ask("deleteWebhook")
    assert [] == await ask("getUpdates")


@pytest.mark.parametrize(
    "url", ["https://example.org/hook", "ftp://127.0.0.1", "http://127.0.0.1:x/", "hook"]
)
async def test_webhook_stays_on_this_machine(ask: Ask, url: str) -> None:
    """The playground posts to no other machine."""
    code, reason = await ask("setWebhook", url=url)
    assert 400 == code
    assert reason.startswith("Bad Request: bad webhook")


async def test_webhook_info(world: World, ask: Ask) -> None:
    """The webhook's state is told, pending updates too, and can be dropped with them."""
    await ask(
        "setWebhook", url="http://127.0.0.1:9/hook", allowed_updates=["message"], max_connections=5
    )
    world.send_text("一")
    info = await ask("getWebhookInfo")
    assert ("http://127.0.0.1:9/hook", 1, 5, ["message"]) == tuple(
        info[name] for name in ("url", "pending_update_count", "max_connections", "allowed_updates")
    )
    await ask("deleteWebhook", drop_pending_updates=True)
    assert 0 == (await ask("getWebhookInfo"))["pending_update_count"]


async def test_allowed_updates_hold_for_coming_ones(world: World, ask: Ask) -> None:
    """Kinds that were not asked for are not queued; the choice stays until the next one."""
    await ask("getUpdates", allowed_updates=["callback_query"])
    world.send_text("一")
    assert [] == await ask("getUpdates")
    await ask("getUpdates", allowed_updates=[])
    world.send_text("二")
    assert 1 == len(await ask("getUpdates"))


def test_queue_is_bounded() -> None:
    """The oldest update goes when the queue is full."""
    queue = UpdateQueue(limit=2)
    ids = [queue.put_raw({"message": {}}) for _ in range(3)]
    head = queue.first()
    assert head is not None
    assert (2, 1, ids[1]) == (len(queue), queue.dropped, head[0])


def test_serving_a_full_batch_is_quick() -> None:
    """A batch of 100 updates is put together in under a millisecond."""
    world = World()
    for number in range(2000):
        world.send_text(f"问题 {number}")
    times = []
    for _ in range(20):
        started = time.perf_counter()
        world.updates.batch(100)
        times.append(time.perf_counter() - started)
    assert min(times) < 0.001
