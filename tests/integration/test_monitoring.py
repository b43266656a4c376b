from __future__ import annotations

import asyncio
import re

import pytest

from bot.chat import QuotingApplication
from bot.errors import StoreUnavailable
from bot.playground import PlaygroundServer, World
from bot.retrieval import Quoter
from bot.web.health import health_checks
from bot.web.monitoring import Monitoring
from bot.web.server import Address
from tests.integration.hooks import get, hooked
from tests.integration.talk import ALS, pressed, said

ADDRESS = Address("127.0.0.1", 0, "BOT_METRICS_HOST", "BOT_METRICS_PORT")


def _samples(page: str) -> dict[str, float]:
    """The lines of a page of metrics."""
    found = re.findall(r"^([a-z_]+(?:\{[^}]*\})?) (\S+)$", page, re.MULTILINE)
    return {name: float(value) for name, value in found}


async def test_metrics_count_what_happens(world: World, chat: QuotingApplication) -> None:
    """Updates, answers, calls, errors, votes, and how long things took; nobody's words."""
    async with Monitoring(chat.services.metrics, health_checks(chat), ADDRESS) as monitoring:
        answer = await said(world, ALS)
        await pressed(world, answer, "👍")
        world.faults.next("sendMessage", status=403)
        world.send_text("你好")
        await said(world, "谢谢")
        await asyncio.sleep(0.6)
        status, page = await get(f"{monitoring.url}/metrics")
    samples = _samples(page)
    expected = {
        'bot_updates_total{kind="message"}': 3.0,
        'bot_updates_total{kind="callback_query"}': 1.0,
        'bot_answers_total{outcome="quote"}': 1.0,
        'bot_votes_total{vote="good"}': 1.0,
        'bot_telegram_errors_total{kind="forbidden"}': 1.0,
        "bot_failures_total": 0.0,
        'bot_telegram_call_seconds_count{method="sendMessage"}': 3.0,
        "bot_queue_depth": 0.0,
    }
    assert (200, expected) == (status, {name: samples.get(name) for name in expected})
    assert samples["bot_loop_lag_seconds_count"] >= 1
    assert "bot_core_seconds_count" in samples
    assert (False, False) == (world.token in page, "渐冻症" in page)


async def test_health_is_told_on_polling_too(world: World, chat: QuotingApplication) -> None:
    """Ready once the index is loaded and Telegram has answered."""
    async with Monitoring(chat.services.metrics, health_checks(chat), ADDRESS) as monitoring:
        await said(world, "你好")
        assert (200, "ok") == await get(f"{monitoring.url}/healthz")
        status, text = await get(f"{monitoring.url}/readyz")
        assert (200, '{"index":"ok","telegram":"ok","store":"ok"}') == (status, text)


async def test_a_part_that_is_down_or_silent_is_named(
    world: World, server: PlaygroundServer, quoter: Quoter
) -> None:
    """503 with the reason of each part; the process lives all the same."""

    async def down() -> None:
        raise StoreUnavailable("the store is down")

    async def odd() -> None:
        raise ValueError(world.token)

    async with hooked(world, server, quoter, checks={"store": down, "odd": odd}) as hook:
        await said(world, "你好")
        status, text = await hook.get("/readyz")
        assert (200, "ok") == await hook.get("/healthz")
    assert 503 == status
    assert '{"index":"ok","telegram":"ok","store":"the store is down","odd":"ValueError"}' == text


async def test_a_hanging_part_does_not_hang_the_answer(
    world: World, server: PlaygroundServer, quoter: Quoter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It counts as down after its time; many who ask at once are one question."""
    monkeypatch.setattr("bot.web.health.CHECK_SECONDS", 0.1)
    asked = []

    async def silent() -> None:
        asked.append(1)
        await asyncio.sleep(60)

    async with hooked(world, server, quoter, checks={"store": silent}) as hook:
        answers = await asyncio.gather(*(hook.get("/readyz") for _ in range(20)))
    assert {503} == {status for status, _ in answers}
    assert 1 == len(asked)


async def test_a_quiet_bot_asks_telegram_before_it_calls_it_unreachable(
    world: World, server: PlaygroundServer, quoter: Quoter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a webhook nothing may be called for hours."""
    monkeypatch.setattr("bot.web.health.REACHED_SECONDS", -1.0)
    monkeypatch.setattr("bot.web.health.FRESH_SECONDS", -1.0)
    async with hooked(world, server, quoter) as hook:
        await said(world, "你好")
        assert 200 == (await hook.get("/readyz"))[0]
        world.faults.next("getMe", status=502, times=10)
        status, text = await hook.get("/readyz")
    assert (503, True) == (status, '"telegram":"not reached: NetworkError"' in text)
