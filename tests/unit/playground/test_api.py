"""The Bot API's door: tokens, methods, faults, the log."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from bot.playground import World

Ask = Callable[..., Awaitable[Any]]


async def test_wrong_token_is_unauthorized(client: httpx.AsyncClient) -> None:
    """Any token but the world's own gets 401."""
    response = await client.get("/bot123456:AAwrong/getMe")
    assert 401 == response.status_code
    assert {"ok": False, "error_code": 401, "description": "Unauthorized"} == response.json()


def test_tokens_are_random_and_look_like_telegrams() -> None:
    """Each world makes its own token."""
    first, second = World().token, World().token
    assert first != second
    number, _, secret = first.partition(":")
    assert number.isdigit()
    assert 35 == len(secret)
    given = "1:AA"
    assert given == World(token=given).token


async def test_unknown_method_is_not_found(ask: Ask) -> None:
    """A method that does not exist gets 404."""
    assert (404, "Not Found") == await ask("sendNothing")


async def test_method_names_ignore_case(ask: Ask) -> None:
    """`GETME` is `getMe`."""
    assert "quoting_bot" == (await ask("GETME"))["username"]


@pytest.mark.parametrize(
    ("status", "description"),
    [
        (400, "Bad Request: a fault was ordered"),
        (401, "Unauthorized"),
        (403, "Forbidden: bot was blocked by the user"),
        (404, "Not Found"),
        (429, "Too Many Requests: retry after 7"),
        (500, "Internal Server Error"),
    ],
)
async def test_faults_happen_once_each(
    world: World, ask: Ask, status: int, description: str
) -> None:
    """A fault meets the next calls of its method, as often as ordered, and no others."""
    world.faults.next("getMe", status=status, retry_after=7)
    assert {} != await ask("getWebhookInfo")
    assert (status, description) == await ask("getMe")
    assert "quoting_bot" == (await ask("getMe"))["username"]


async def test_429_says_when_to_try_again(world: World, client: httpx.AsyncClient) -> None:
    """A flood answer carries `retry_after` in seconds."""
    world.faults.next(status=429, retry_after=3)
    answer = (await client.get(f"/bot{world.token}/getMe")).json()
    assert {"retry_after": 3} == answer["parameters"]


async def test_502_is_a_page_of_html(world: World, client: httpx.AsyncClient) -> None:
    """A broken gateway answers with HTML, as the real one does."""
    world.faults.next(status=502)
    response = await client.get(f"/bot{world.token}/getMe")
    assert (502, "text/html") == (response.status_code, response.headers["content-type"])


async def test_silence_and_latency_delay_the_answer(world: World, ask: Ask) -> None:
    """A silent call is answered late; latency holds for all calls."""
    world.faults.silence(0.15)
    started = time.perf_counter()
    await ask("getMe")
    assert 0.14 < time.perf_counter() - started < 1
    world.latency = 0.05
    started = time.perf_counter()
    await ask("getMe")
    assert 0.04 < time.perf_counter() - started < 1


async def test_log_never_holds_the_token(world: World, ask: Ask) -> None:
    """A token inside a webhook's address is taken out of the log."""
    await ask("setWebhook", url=f"http://127.0.0.1:9/{world.token}")
    await ask("getWebhookInfo")
    await ask("deleteWebhook")
    assert ["setWebhook", "getWebhookInfo", "deleteWebhook"] == [c.method for c in world.calls]
    assert world.token not in repr(world.calls)
    assert "http://127.0.0.1:9/<token>" == world.calls[0].params["url"]
    assert "http://127.0.0.1:9/<token>" == world.calls[1].response["result"]["url"]


async def test_host_must_be_this_machine(world: World, client: httpx.AsyncClient) -> None:
    """Another name for 127.0.0.1 is refused, so that no web page can rebind one."""
    for path in ("/", f"/bot{world.token}/getMe"):
        response = await client.get(path, headers={"Host": "evil.example"})
        assert 403 == response.status_code
