from __future__ import annotations

import threading
from collections.abc import Sequence

from bot.playground import World
from bot.retrieval import Answer, Quoter
from bot.retrieval.analysis import Analyzer
from bot.retrieval.index import Index
from tests.integration.conftest import Running
from tests.integration.talk import ALS, GROUP, count, said


class HeldQuoter(Quoter):
    """A core that thinks until it is let go."""

    def __init__(self, index: Index, analyzer: Analyzer) -> None:
        super().__init__(index, analyzer)
        self.free = threading.Event()

    def ask(self, question: str, previous: Sequence[str] = (), *, literal: bool = False) -> Answer:
        """Wait, then answer."""
        self.free.wait(20)
        return super().ask(question, previous, literal=literal)


async def test_a_slow_answer_is_announced(
    world: World, running: Running, index: Index, analyzer: Analyzer
) -> None:
    """In the forum topic it was asked in; once the answer is there, no more."""
    core = HeldQuoter(index, analyzer)
    world.open_forum()
    async with running(core):
        asked = world.send_text(f"@quoting_bot {ALS}", chat_id=GROUP, thread_id=2)
        try:
            await world.wait_for(lambda: count(world, "sendChatAction"))
        finally:
            core.free.set()
        await world.wait_for_bot_message(after=asked)
    call = next(call for call in world.calls if call.method == "sendChatAction")
    assert ("typing", "2", 1) == (
        call.params["action"],
        str(call.params["message_thread_id"]),
        count(world, "sendChatAction"),
    )


async def test_a_quick_answer_is_not(world: World, running: Running) -> None:
    """Nobody has begun to wonder."""
    async with running():
        await said(world, "你好")
    assert 0 == count(world, "sendChatAction")


async def test_an_action_that_fails_costs_no_answer(
    world: World, running: Running, index: Index, analyzer: Analyzer
) -> None:
    """It is only manners."""
    core = HeldQuoter(index, analyzer)
    world.faults.next("sendChatAction", status=400)
    async with running(core):
        asked = world.send_text(ALS)
        try:
            await world.wait_for(lambda: count(world, "sendChatAction"))
        finally:
            core.free.set()
        answer = await world.wait_for_bot_message(after=asked)
    assert "2024年10月" in answer.quotes()[0]
