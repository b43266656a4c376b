from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from bot.chat import ChatOptions, QuotingApplication, build_application, run_polling
from bot.errors import SettingsError, TokenRejected
from bot.playground import PlaygroundServer, World
from bot.retrieval import Quoter

Running = Callable[..., AbstractAsyncContextManager[QuotingApplication]]


async def _run_and_stop(application: QuotingApplication, after: float) -> float:
    """Run, ask to stop `after` seconds, and return how long stopping took."""
    stop = asyncio.Event()
    served = asyncio.create_task(run_polling(application, stop))
    await asyncio.sleep(after)
    stop.set()
    began = time.monotonic()
    await served
    return time.monotonic() - began


async def test_replies_in_flight_are_finished_on_stop(world: World, running: Running) -> None:
    """What was asked before the stop is answered before the end."""
    world.latency = 0.3
    async with running():
        for _ in range(3):
            world.send_text("你好")
        await world.wait_for(lambda: any(c.method == "getUpdates" for c in world.calls))
        await asyncio.sleep(0.1)
    assert 3 == sum(message.from_bot for message in world.messages())


async def test_a_stop_takes_under_five_seconds_while_sends_hang(
    world: World, running: Running
) -> None:
    """A silent Telegram does not hold the process."""
    async with running(request_timeout=30.0):
        world.faults.silence(20, "sendMessage", times=5)
        for _ in range(5):
            world.send_text("你好")
        await asyncio.sleep(0.3)
        world.faults.silence(20, times=100)
        began = time.monotonic()
    assert time.monotonic() - began < 5


async def test_a_stop_during_a_long_wait_for_429_is_quick(world: World, running: Running) -> None:
    """A minute-long Retry-After does not hold the process."""
    async with running():
        world.faults.next("sendMessage", status=429, retry_after=60)
        world.send_text("你好")
        await asyncio.sleep(0.3)
        began = time.monotonic()
    assert time.monotonic() - began < 5


async def test_an_unreachable_telegram_is_waited_for(
    world: World, quoter: Quoter, caplog: pytest.LogCaptureFixture
) -> None:
    """Started before the network is there, the bot says so and goes on trying."""
    async with PlaygroundServer(world, port=0) as server:
        port = server.port
    options = ChatOptions(api_url=f"http://127.0.0.1:{port}", max_retries=0)
    application = build_application(token=world.token, quoter=quoter, options=options)
    stop = asyncio.Event()
    served = asyncio.create_task(run_polling(application, stop))
    await asyncio.sleep(0.3)
    async with PlaygroundServer(world, port=port):
        await world.wait_for_bot_message(after=world.send_text("你好"))
        stop.set()
        await served
    assert 1 == caplog.text.count("Telegram is not reached, next try in 1 s")


async def test_a_stop_while_telegram_is_unreachable_is_quick(world: World, quoter: Quoter) -> None:
    """Also before the first call has succeeded."""
    options = ChatOptions(api_url="http://127.0.0.1:9", rate_overall=0)
    application = build_application(token=world.token, quoter=quoter, options=options)
    assert await _run_and_stop(application, 0.2) < 1


async def test_a_token_unknown_to_telegram_is_refused_without_being_shown(
    world: World, server: PlaygroundServer, quoter: Quoter
) -> None:
    """One line that names the setting, and not the token."""
    options = ChatOptions(api_url=server.url)
    token = "123456:" + "A" * 35
    application = build_application(token=token, quoter=quoter, options=options)
    with pytest.raises(TokenRejected, match="BOT_TOKEN") as refused:
        await run_polling(application, asyncio.Event())
    assert (False, None) == (token in str(refused.value), refused.value.__cause__)


async def test_a_token_revoked_while_running_ends_the_run(
    world: World, server: PlaygroundServer, quoter: Quoter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One refusal may be a gateway's, several are Telegram's."""
    monkeypatch.setattr("bot.chat.polling.LONGEST_PAUSE", 0.01)
    options = ChatOptions(api_url=server.url)
    application = build_application(token=world.token, quoter=quoter, options=options)
    world.faults.next("getUpdates", status=401, times=50)
    with pytest.raises(TokenRejected):
        await run_polling(application, asyncio.Event())


@pytest.mark.parametrize("token", ["", " ", "12:ab cd", "12:ab\n", "12/ab", "令牌"])
def test_a_token_that_cannot_be_one_is_refused(quoter: Quoter, token: str) -> None:
    """Before anything is connected."""
    with pytest.raises(TokenRejected):
        build_application(token=token, quoter=quoter, options=ChatOptions())


@pytest.mark.parametrize("proxy", ["ftp://a:1", "127.0.0.1:1080", "socks5://", "http://u:secret@h"])
def test_a_proxy_that_cannot_be_used_is_refused(world: World, quoter: Quoter, proxy: str) -> None:
    """In one line that does not show its password."""
    with pytest.raises(SettingsError) as refused:
        build_application(token=world.token, quoter=quoter, options=ChatOptions(proxy_url=proxy))
    assert "secret" not in str(refused.value)


async def test_one_chat_is_answered_in_order_while_others_are_served(
    world: World, running: Running
) -> None:
    """A flood in one chat is answered in its order and takes no one else's turn."""
    for number in range(20):
        world.add_user(2000 + number, f"U{number}")
    async with running(concurrent_updates=8):
        world.latency = 0.05
        first = world.send_text("你好")
        asked = [first, *(world.send_text(text) for text in ["谢谢", "你是谁", "🙂", "你好"] * 5)]
        others = [world.send_text("你好", user_id=2000 + number) for number in range(20)]
        began = time.monotonic()
        for message in others:
            await world.wait_for_bot_message(after=message)
        others_took = time.monotonic() - began
        await world.wait_for(lambda: sum(m.from_bot for m in world.messages()) == len(asked), 10)
        own_took = time.monotonic() - began
    kinds = {"你好": "你好！", "谢谢": "不客气", "你是谁": "我是一", "🙂": "我没有"}
    expected = [kinds[message.text or ""] for message in asked]
    said = [(message.text or "")[:3] for message in world.messages() if message.from_bot]
    assert expected == said
    assert others_took < own_took / 2


async def test_an_application_can_be_built_and_run_twice(world: World, running: Running) -> None:
    """In one process, one after the other, with the same core."""
    for _ in range(2):
        async with running():
            await world.wait_for_bot_message(after=world.send_text("你好"))
