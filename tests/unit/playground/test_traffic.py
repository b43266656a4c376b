"""The traffic the page shows, and the failures it orders."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from bot.playground import World
from bot.playground.errors import ApiError
from bot.playground.traffic import order_fault, stream_calls

Ask = Callable[..., Awaitable[Any]]


async def test_calls_stream_as_they_are_answered(world: World, ask: Ask) -> None:
    """What was called before comes first, then each new call; empty polls are left out."""
    world.open()
    await ask("getUpdates")
    await ask("setWebhook", url=f"http://127.0.0.1:9/{world.token}")
    await ask("deleteWebhook")
    stream = stream_calls(world)
    assert "retry" in await anext(stream)
    shown = [json.loads((await anext(stream)).removeprefix("data: ")) for _ in range(2)]
    assert ["setWebhook", "deleteWebhook"] == [call["method"] for call in shown]
    assert "<token>" in shown[0]["request"]
    assert world.token not in json.dumps(shown)
    waiting = asyncio.ensure_future(anext(stream))
    await asyncio.sleep(0)
    await ask("sendMessage", chat_id=1001, text="字" * 4000, entities="[]")
    call = json.loads((await waiting).removeprefix("data: "))
    assert ("sendMessage", 200) == (call["method"], call["status"])
    assert '"entities": []' in call["request"]
    await world.close()
    assert [] == [item async for item in stream]


async def test_long_answers_are_cut(world: World, ask: Ask) -> None:
    """A call is shown with at most 6,000 characters of answer."""
    for _ in range(20):
        world.send_text("字" * 1000)
    await ask("getUpdates")
    stream = stream_calls(world)
    await anext(stream)
    call = json.loads((await anext(stream)).removeprefix("data: "))
    assert 6100 > len(call["response"]) > 6000
    assert call["response"].endswith("more)")
    assert "message" == call["updates"]


@pytest.mark.parametrize(
    ("kind", "method", "answer"),
    [
        ("429", "sendMessage", (429, "Too Many Requests: retry after 3")),
        ("403", "sendMessage", (403, "Forbidden: bot was blocked by the user")),
        ("400", "editMessageText", (400, "Bad Request: message is not modified")),
    ],
)
async def test_orders_meet_the_next_call_but_no_poll(
    world: World, ask: Ask, kind: str, method: str, answer: tuple[int, str]
) -> None:
    """A failure waits for a call that shows: polls go on."""
    assert {"pending": 1} == order_fault(world, kind)
    assert [] == await ask("getUpdates")
    code, description = await ask(method, chat_id=1001, text="a")
    assert answer[0] == code
    assert description.startswith(answer[1])
    assert 0 == world.faults.pending()


async def test_orders_are_posted_and_taken_back(world: World, client: httpx.AsyncClient) -> None:
    """The page orders by kind; an unknown one is an error."""
    headers = {"Origin": "http://127.0.0.1"}
    for kind, pending in (("drop", 1), ("silence", 2), ("clear", 0)):
        answer = await client.post("/playground/faults", json={"kind": kind}, headers=headers)
        assert {"pending": pending} == answer.json()
    with pytest.raises(ApiError, match="unknown kind"):
        order_fault(world, "fire")


def test_the_log_tells_what_is_newer(world: World) -> None:
    """A reader that fell behind gets what is still kept."""
    assert () == world.call_log.since(0)
    assert () == world.call_log.since(7)
