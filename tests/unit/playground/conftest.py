"""A world, and its Bot API in the same process."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import httpx
import pytest

from bot.playground import World, build_playground
from bot.playground.model import JsonValue

Ask = Callable[..., Coroutine[Any, Any, Any]]


@pytest.fixture
def world() -> World:
    """A fresh world, with a clock that stands still."""
    return World(clock=lambda: 1_744_243_200.0)


@pytest.fixture
async def client(world: World) -> AsyncIterator[httpx.AsyncClient]:
    """An HTTP client of the playground."""
    transport = httpx.ASGITransport(app=build_playground(world))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        yield client


@pytest.fixture
def ask(world: World, client: httpx.AsyncClient) -> Ask:
    """Call a method with a JSON body; the result, or `(error_code, description)`."""

    async def call(method: str, **parameters: object) -> JsonValue:
        response = await client.post(f"/bot{world.token}/{method}", json=parameters)
        answer = response.json()
        if answer["ok"]:
            return answer["result"]
        assert answer["error_code"] == response.status_code
        return answer["error_code"], answer["description"]

    return call
