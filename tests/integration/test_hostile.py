"""Hostile updates: 5,000 of them, or 100,000 with `make soak`."""

from __future__ import annotations

import asyncio
import gc
import io
import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from prometheus_client import generate_latest

from bot.chat import QuotingApplication
from bot.playground import World
from bot.telemetry import RedactingFormatter, Redactor
from tests.integration.conftest import Running
from tests.integration.hostile import CALLBACK_DATA, NASTY, READERS, Hostile
from tests.integration.talk import said

UPDATES = 100_000 if os.environ.get("SOAK") else 5_000
_BATCH = 100
_SEED = 20250410
# The last line of a traceback: neither indented nor begun with a time.
_ENDS = re.compile(r"^(?!Traceback|During handling)[A-Za-z_][^\n]*", re.MULTILINE)
# Telegram's own refusals: a number that was put in the place of a chat's, a topic's or a message's
# is that of none, and a button may be said to stand under a message of blanks.
_REFUSED = {
    "telegram.error.BadRequest: Chat not found",
    "telegram.error.BadRequest: Message thread not found",
    "telegram.error.BadRequest: Message to edit not found",
    "telegram.error.BadRequest: Message text is empty",
}


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All warnings and errors, as the operator would see them."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(RedactingFormatter(Redactor()))
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    # What is said of each odd update would be the memory that grows.
    root.setLevel(logging.WARNING)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)


async def _settled(application: QuotingApplication) -> None:
    processor = application.services.processor
    async with asyncio.timeout(60):
        # What was accepted is queued a moment later.
        await asyncio.sleep(0.002)
        while application.update_queue.qsize() or processor.unfinished:  # noqa: ASYNC110 - no event
            await asyncio.sleep(0.002)


def _forget(world: World) -> None:
    """What the world remembers is not the bot's memory."""
    for chat in (*(world.private_chat(reader) for reader in READERS), world.group):
        chat.history.clear()
    world.call_log.clear()


def _resident() -> float:
    """MiB of memory in use; 0 where there is no /proc."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    gc.collect()
    found = re.search(r"VmRSS:\s+([0-9]+)", status.read_text())
    return int(found[1]) / 1024 if found else 0.0


async def test_hostile_updates_do_no_harm(world: World, running: Running, log: io.StringIO) -> None:
    """Wrong offsets, forged buttons and links, missing and odd fields, unknown kinds, any text:
    no bug is met, memory does not grow, and the next reader is answered.
    """
    hostile = Hostile(_SEED)
    resident: list[float] = []
    async with running(max_retries=0) as application:
        intake = application.services.keeping.inbox
        for number in range(0, UPDATES, _BATCH):
            await intake.accept([hostile.update() for _ in range(_BATCH)])
            await _settled(application)
            _forget(world)
            if number and not number % (UPDATES // 5):
                resident.append(_resident())
        assert "不客气" in ((await said(world, "谢谢")).text or "")
        page = generate_latest(application.services.metrics.registry).decode()
    printed = log.getvalue()
    assert set(_ENDS.findall(printed)) <= _REFUSED
    assert (False, False) == (world.token in printed, world.token in page)
    assert resident[-1] <= 1.05 * resident[1], resident


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 2**32), text=st.text(max_size=200), data=st.text(max_size=64))
async def test_any_text_and_any_button_do_no_harm(
    world: World, chat: QuotingApplication, seed: int, text: str, data: str
) -> None:
    """Whatever hypothesis comes up with."""
    updates = [Hostile(seed).update() for _ in range(5)]
    person = {"id": 1001, "is_bot": False, "first_name": "x"}
    private = {"id": 1001, "type": "private", "first_name": "x"}
    message = {"message_id": 1, "date": 1, "chat": private, "from": person, "text": text}
    updates += [
        {"update_id": 1, "message": message},
        {"update_id": 2, "message": message | {"text": f"/start {text}"}},
        {
            "update_id": 3,
            "callback_query": {"id": "1", "from": person, "chat_instance": "1", "data": data}
            | {"message": message},
        },
        {
            "update_id": 4,
            "inline_query": {"id": "1", "from": person, "query": text, "offset": ""},
        },
    ]
    await chat.services.keeping.inbox.accept(updates)
    await _settled(chat)
    assert 0.0 == chat.services.metrics.registry.get_sample_value("bot_failures_total")
    _forget(world)


@pytest.mark.parametrize("text", NASTY)
async def test_nasty_texts_do_no_harm(world: World, chat: QuotingApplication, text: str) -> None:
    """As a message, and as the text behind a button and an inline query."""
    person = {"id": 1001, "is_bot": False, "first_name": "x"}
    private = {"id": 1001, "type": "private", "first_name": "x"}
    message = {"message_id": 1, "date": 1, "chat": private, "from": person, "text": text}
    presses = [
        {
            "update_id": 10 + number,
            "callback_query": {
                "id": str(number),
                "from": person,
                "chat_instance": "1",
                "data": data,
                "message": message,
            },
        }
        for number, data in enumerate(CALLBACK_DATA[::5])
    ]
    inline = {"id": "1", "from": person, "query": text[:256], "offset": ""}
    updates = [{"update_id": 1, "message": message}, {"update_id": 2, "inline_query": inline}]
    await chat.services.keeping.inbox.accept([*updates, *presses])
    await _settled(chat)
    assert 0.0 == chat.services.metrics.registry.get_sample_value("bot_failures_total")
