from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager

import pytest

from bot.chat import QuotingApplication
from bot.playground import World
from bot.retrieval import Answer, Quoter
from bot.retrieval.analysis import Analyzer
from bot.retrieval.index import Index
from tests.integration.talk import ALS, GROUP, said

Running = Callable[..., AbstractAsyncContextManager[QuotingApplication]]

SHORT = "后来进展如何？"
LONG = "除了这件事以外，张毅团队在实体肿瘤方面还开展了哪些值得一提的临床研究工作呢？"


class ListeningQuoter(Quoter):
    """The core, noting what it is asked."""

    def __init__(self, index: Index, analyzer: Analyzer) -> None:
        super().__init__(index, analyzer)
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def recall(
        self,
        question: str,
        previous: Sequence[str] = (),
        *,
        literal: bool = False,
    ) -> None:
        """Nothing: every question is to be asked."""

    def ask(self, question: str, previous: Sequence[str] = (), *, literal: bool = False) -> Answer:
        """Note, and answer."""
        self.asked.append((question, tuple(previous)))
        return super().ask(question, previous, literal=literal)


class Clock:
    """A clock that stands until it is moved."""

    now = 1000.0

    def __call__(self) -> float:
        """The time, in seconds."""
        return self.now


@pytest.fixture
def core(index: Index, analyzer: Analyzer) -> ListeningQuoter:
    """A core that notes what it is asked."""
    return ListeningQuoter(index, analyzer)


async def test_a_short_question_is_read_with_the_one_before(
    world: World, running: Running, core: ListeningQuoter
) -> None:
    """In private, and on and on; a long one stands for itself, and so does the first."""
    async with running(core):
        for question in (ALS, SHORT, "为什么？", LONG):
            await said(world, question)
    assert [(ALS, ()), (SHORT, (ALS,)), ("为什么？", (ALS, SHORT)), (LONG, ())] == core.asked


async def test_a_reply_is_read_with_the_questions_behind_its_answer(
    world: World, running: Running, core: ListeningQuoter
) -> None:
    """Also when other things were asked since, and whatever its length."""
    async with running(core):
        answer = await said(world, ALS)
        await said(world, LONG)
        await said(world, LONG, reply_to=answer)
    assert (LONG, (ALS,)) == core.asked[-1]


async def test_greetings_are_no_history(
    world: World, running: Running, core: ListeningQuoter
) -> None:
    """A thank-you between two questions does not come between them."""
    async with running(core):
        for question in (ALS, "谢谢", SHORT):
            await said(world, question)
    assert (SHORT, (ALS,)) == core.asked[-1]


async def test_a_short_question_after_a_topic_is_read_with_its_name(
    world: World, running: Running, core: ListeningQuoter
) -> None:
    """Whether it was typed or opened with a button; not with what was asked before it."""
    async with running(core):
        answer = await said(world, ALS)
        await said(world, "CAR-T")
        await said(world, SHORT)
        assert (SHORT, ("CAR-T",)) == core.asked[-1]
        world.press(answer, text="渐冻症与Treg")
        await world.wait_for(lambda: "渐冻症与Treg（1/" in (world.messages()[-1].text or ""))
        await said(world, SHORT)
    assert (SHORT, ("渐冻症与Treg",)) == core.asked[-1]


async def test_new_forgets(world: World, running: Running, core: ListeningQuoter) -> None:
    """After /new nothing is read with anything, replies to old answers included."""
    async with running(core):
        answer = await said(world, ALS)
        told = await said(world, "/new")
        await said(world, SHORT, reply_to=answer)
        assert (SHORT, ()) == core.asked[-1]
        await said(world, "/new")
        await said(world, SHORT)
    assert (SHORT, ()) == core.asked[-1]
    assert "忘" in (told.text or "")


async def test_nothing_is_remembered_past_half_an_hour(
    world: World, running: Running, core: ListeningQuoter
) -> None:
    """Neither for a short question nor for a reply."""
    clock = Clock()
    async with running(core, clock=clock):
        answer = await said(world, ALS)
        # One after the other: when this is answered, the first answer is remembered.
        await said(world, "谢谢")
        clock.now += 30 * 60 + 1
        await said(world, SHORT)
        await said(world, "谢谢")
        clock.now += 30 * 60 + 1
        await said(world, SHORT, reply_to=answer)
    assert [(SHORT, ()), (SHORT, ())] == [each for each in core.asked if each[0] == SHORT]


async def test_in_a_group_only_a_reply_is_read_with_history(
    world: World, running: Running, core: ListeningQuoter
) -> None:
    """Several people talk there at once."""
    async with running(core):
        asked = world.send_text(f"@quoting_bot {ALS}", chat_id=GROUP)
        answer = await world.wait_for_bot_message(after=asked)
        asked = world.send_text(f"@quoting_bot {SHORT}", chat_id=GROUP)
        await world.wait_for_bot_message(after=asked)
        asked = world.send_text(SHORT, chat_id=GROUP, reply_to=answer)
        await world.wait_for_bot_message(after=asked)
    assert [(SHORT, ()), (SHORT, (ALS,))] == core.asked[-2:]


async def test_an_edited_follow_up_keeps_its_history(
    world: World, running: Running, core: ListeningQuoter
) -> None:
    """The corrected question is read as the first one was."""
    async with running(core):
        await said(world, ALS)
        asked = world.send_text("后来进展如和？")
        await world.wait_for_bot_message(after=asked)
        world.edit_text(asked, SHORT)
        await world.wait_for(lambda: core.asked[-1] == (SHORT, (ALS,)))
