from __future__ import annotations

import asyncio
import io
import re
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager

import pytest

from bot.chat import QuotingApplication
from bot.playground import World
from bot.retrieval import Answer, Quoter
from bot.retrieval.analysis import Analyzer
from bot.retrieval.index import Index

Running = Callable[..., AbstractAsyncContextManager[QuotingApplication]]

PRIVATE_QUESTION = "一个不该进日志的问题"


class BrokenQuoter(Quoter):
    """A core with a bug, whose error message holds a secret."""

    def __init__(self, index: Index, analyzer: Analyzer, secret: str) -> None:
        super().__init__(index, analyzer)
        self._secret = secret

    def ask(self, question: str, previous: Sequence[str] = (), *, literal: bool = False) -> Answer:
        """Fail."""
        raise ValueError(f"broken with {self._secret}")


def _results(world: World, method: str = "sendMessage") -> list[int]:
    return [call.status for call in world.calls if call.method == method]


async def test_a_bug_gives_the_reader_an_id_and_the_log_a_redacted_traceback(
    world: World, running: Running, index: Index, analyzer: Analyzer, log: io.StringIO
) -> None:
    """The same error id stands in the reader's message and above the traceback; no token."""
    async with running(BrokenQuoter(index, analyzer, world.token)):
        answer = await world.wait_for_bot_message(after=world.send_text(PRIVATE_QUESTION))
    found = re.search("编号 ([0-9a-f]{8})", answer.text or "")
    assert found is not None
    assert (1, True) == (log.getvalue().count(found[1]), "Traceback" in log.getvalue())
    assert (False, False) == (world.token in log.getvalue(), PRIVATE_QUESTION in log.getvalue())


async def test_429_is_retried_after_the_time_it_names(
    world: World, chat: QuotingApplication
) -> None:
    """A refused send is repeated once Telegram takes it again."""
    world.faults.next("sendMessage", status=429, retry_after=1)
    began = time.monotonic()
    await world.wait_for_bot_message(after=world.send_text("你好"))
    assert [429, 200] == _results(world)
    assert time.monotonic() - began >= 1


async def test_429_without_end_is_given_up(
    world: World, running: Running, log: io.StringIO
) -> None:
    """After the retries the answer is dropped, said in the log, and the next one goes out."""
    async with running(max_retries=0):
        world.faults.next("sendMessage", status=429, retry_after=1)
        world.send_text(PRIVATE_QUESTION)
        await world.wait_for_bot_message(after=world.send_text("谢谢"))
    assert [429, 200] == _results(world)
    assert (1, 0) == (log.getvalue().count("slow down"), log.getvalue().count("Traceback"))


@pytest.mark.parametrize(
    ("status", "description"),
    [
        (403, "Forbidden: bot was blocked by the user"),
        (403, "Forbidden: bot was kicked from the supergroup chat"),
        (500, "Internal Server Error"),
        (502, None),
    ],
)
async def test_what_telegram_refuses_is_one_line_in_the_log(
    world: World, chat: QuotingApplication, log: io.StringIO, status: int, description: str | None
) -> None:
    """Blocked, kicked, broken server, HTML page: no retry, no traceback, no question text."""
    world.faults.next("sendMessage", status=status, description=description)
    world.send_text(PRIVATE_QUESTION)
    await world.wait_for(lambda: _results(world) == [status])
    await world.wait_for_bot_message(after=world.send_text("谢谢"))
    lines = [line for line in log.getvalue().splitlines() if "bot.chat.failures" in line]
    assert (1, [status, 200]) == (len(lines), _results(world))
    assert (0, 0) == (log.getvalue().count("Traceback"), log.getvalue().count(PRIVATE_QUESTION))


async def test_a_send_that_timed_out_is_not_repeated(
    world: World, running: Running, log: io.StringIO
) -> None:
    """It may have arrived: nobody gets the same answer twice."""
    async with running(request_timeout=0.3):
        world.faults.silence(1.0, "sendMessage")
        world.send_text("你好")
        await asyncio.sleep(0.8)
        await world.wait_for_bot_message(after=world.send_text("谢谢"))
        await asyncio.sleep(0.5)
    assert 1 == log.getvalue().count("did not answer in time")
    assert 2 == len(_results(world))


async def test_a_lost_answer_of_telegram_sends_nothing_twice(
    world: World, chat: QuotingApplication
) -> None:
    """The connection closed after the message arrived: it stays one message."""
    world.faults.drop("sendMessage", after_effect=True)
    asked = world.send_text("你好")
    await world.wait_for_bot_message(after=asked)
    last = await world.wait_for_bot_message(after=world.send_text("谢谢"))
    assert 2 == sum(message.from_bot for message in world.messages())
    assert "不客气" in (last.text or "")


async def test_polling_goes_on_through_failures(
    world: World, chat: QuotingApplication, log: io.StringIO
) -> None:
    """Dropped connections, HTML, 500, 429 and two pollers: a line each, then the question."""
    world.faults.next("getUpdates", status=502)
    world.faults.drop("getUpdates")
    world.faults.next("getUpdates", status=409)
    world.faults.next("getUpdates", status=429, retry_after=1)
    await world.wait_for_bot_message(after=world.send_text("你好"))
    await world.wait_for_bot_message(after=world.send_text("谢谢"), timeout=15)
    assert 1 == log.getvalue().count("another process, or a webhook")
    assert 0 == log.getvalue().count("Traceback")


@pytest.mark.parametrize("before", [0, 1])
async def test_an_update_that_makes_no_sense_is_stepped_over(
    world: World, running: Running, log: io.StringIO, before: int
) -> None:
    """It keeps neither the ones beside it from being read nor the bot from going on, also when
    it is the first one after a start.
    """
    for _ in range(before):
        world.send_text("你好")
    world.send_update({"message": {"message_id": 1}})
    world.send_update({"callback_query": {"id": 7}})
    asked = world.send_text("谢谢")
    async with running():
        await world.wait_for_bot_message(after=asked)
        last = await world.wait_for_bot_message(after=world.send_text("谢谢"))
    assert "不客气" in (last.text or "")
    assert 2 == log.getvalue().count("could not be read and is skipped")
