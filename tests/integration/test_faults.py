"""Telegram out of order for a while: 5 seconds, or a minute with `make soak`."""

from __future__ import annotations

import asyncio
import io
import os
import socket
import time

import pytest
from prometheus_client import generate_latest

from bot.chat import ChatOptions, build_application, run_polling
from bot.playground import PlaygroundServer, World
from bot.retrieval import Quoter
from bot.web.health import Health, health_checks
from tests.integration.gateway import KINDS, Gateway, gateway

SECONDS = 60.0 if os.environ.get("SOAK") else 5.0
RECOVERY_SECONDS = 30.0
PRIVATE_WORDS = "一句不该进日志的话"


class Survived:
    """What came of one fault."""

    def __init__(self, world: World, asked: int, texts: list[str]) -> None:
        self.world = world
        self.asked = asked
        self.texts = texts
        self.answers = sum(message.from_bot for message in world.messages())


async def _live_through(kind: str, quoter: Quoter, breaker: Gateway, world: World) -> Survived:
    """Serve, break, ask meanwhile, mend, and wait until all has been answered."""
    options = ChatOptions(
        api_url=f"http://localhost:{breaker.port}",
        rate_overall=0,
        rate_chat=0,
        rate_group=0,
        request_timeout=2.0,
        connect_timeout=2.0,
        poll_timeout=2.0,
    )
    application = build_application(token=world.token, quoter=quoter, options=options)
    health = Health(health_checks(application))
    stop = asyncio.Event()
    served = asyncio.create_task(run_polling(application, stop))
    try:
        await world.wait_for_bot_message(after=world.send_text("你好"), timeout=20)
        asked = 1
        breaker.broken = kind
        reports = []
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            world.send_text(f"{PRIVATE_WORDS}{asked}")
            asked += 1
            reports.append(str(await health.report()))
            await asyncio.sleep(SECONDS / 5)
        breaker.broken = None
        await world.wait_for(
            lambda: sum(message.from_bot for message in world.messages()) >= asked,
            RECOVERY_SECONDS,
        )
        page = generate_latest(application.services.metrics.registry).decode()
        described = f"{application!r} {application.bot!r} {application.services!r}"
        return Survived(world, asked, [page, described, *reports])
    finally:
        stop.set()
        await served


async def _broken_so(kind: str, quoter: Quoter) -> Survived:
    world = World()
    async with PlaygroundServer(world, port=0) as server, gateway(server.port) as breaker:
        return await _live_through(kind, quoter, breaker, world)


async def test_no_question_is_lost_whatever_is_wrong_with_telegram(
    quoter: Quoter, log: io.StringIO
) -> None:
    """429, 500, 502, a page in place of JSON, half a body, a slow drip, closed connections,
    silence, noise: within half a minute of the end each question is answered, once. The token
    and what was asked stand in no log, metric, health report or repr.
    """
    survived = await asyncio.gather(*(_broken_so(kind, quoter) for kind in KINDS))
    expected = {kind: each.asked for kind, each in zip(KINDS, survived, strict=True)}
    assert expected == {kind: each.answers for kind, each in zip(KINDS, survived, strict=True)}
    printed = log.getvalue()
    assert "Traceback" not in printed
    for each in survived:
        for text in (printed, *each.texts):
            assert (False, False) == (each.world.token in text, PRIVATE_WORDS in text)


async def test_no_question_is_lost_while_names_are_not_resolved(
    quoter: Quoter, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without DNS there is no connection, and nothing is sent twice when there is one again."""
    resolve = socket.getaddrinfo
    world = World()

    def fails(*arguments: object, **more: object) -> object:
        if arguments[0] == "localhost" and breaker.broken:
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return resolve(*arguments, **more)  # type: ignore[arg-type]

    # The one thing that cannot be broken for real without being root.
    monkeypatch.setattr(socket, "getaddrinfo", fails)
    # aiohttp remembers names for ten seconds.
    monkeypatch.setattr("aiohttp.connector._DNSCacheTable.expired", lambda *_: True)
    async with PlaygroundServer(world, port=0) as server, gateway(server.port) as breaker:
        survived = await _live_through("closed", quoter, breaker, world)
    assert survived.asked == survived.answers
    printed = log.getvalue()
    assert (True, False) == ("name resolution" in printed, "Traceback" in printed)
    for text in (printed, *survived.texts):
        assert (False, False) == (world.token in text, PRIVATE_WORDS in text)
