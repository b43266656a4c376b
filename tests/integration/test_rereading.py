from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager

import pytest

from bot.care.care import Care
from bot.chat import QuotingApplication
from bot.playground import World
from bot.retrieval import Answer, Quoter
from bot.retrieval.analysis import Analyzer
from bot.retrieval.answer import Correction, Reason
from bot.retrieval.index import Index
from tests.integration.talk import ALS, GROUP, GUEST, labels, pressed, said, turned

Running = Callable[..., AbstractAsyncContextManager[QuotingApplication]]

TYPO = "建冻症的临床研究是什么时候开始的？"
UNCLEAR = "那是什么时候的事？"
CHOICES = (ALS, "张毅是什么时候回国的？")
CHOICE = "1. 渐冻症的临床研究…"


class FixedQuoter(Quoter):
    """The core with answers of which every part is known."""

    def recall(
        self,
        question: str,
        previous: Sequence[str] = (),
        *,
        literal: bool = False,
    ) -> None:
        """Nothing: every question is to be asked."""

    def ask(self, question: str, previous: Sequence[str] = (), *, literal: bool = False) -> Answer:
        """Correct one question, ask another one back, say of a third what it is."""
        if question == TYPO and not literal:
            answer = super().ask(ALS)
            corrected = (Correction("建冻症", "渐冻症"),)
            return dataclasses.replace(answer, question=TYPO, corrections=corrected)
        answer = dataclasses.replace(super().ask(question), corrections=())
        if question == TYPO:
            return dataclasses.replace(
                answer, quotes=(), related=(), reason=Reason.NOT_IN_ARTICLE, missing=("建冻症",)
            )
        if question == UNCLEAR:
            return dataclasses.replace(
                answer, quotes=(), related=(), reason=Reason.UNRESOLVED, choices=CHOICES
            )
        if question == "我能参加渐冻症的研究吗":
            answer = dataclasses.replace(super().ask(ALS), care=Care(medical=True), selection=True)
        return answer


@pytest.fixture
def core(index: Index, analyzer: Analyzer) -> FixedQuoter:
    """The core with known answers."""
    return FixedQuoter(index, analyzer)


async def test_a_correction_is_said_and_can_be_undone(
    world: World, running: Running, core: FixedQuoter
) -> None:
    """One line above the quotes; the button asks again as it was typed, in the same message."""
    async with running(core):
        answer = await said(world, TYPO)
        assert ("按“渐冻症”查找", 1) == ((answer.text or "").splitlines()[0], len(answer.quotes()))
        assert ["按原字查", "👍", "👎"] == labels(answer)[1]
        await turned(world, answer, "按原字查")
    assert (answer.text or "").startswith("文中没有出现“建冻症”。")
    assert "按原字查" not in [label for row in labels(answer) for label in row]


async def test_what_is_asked_back_is_chosen_with_a_button(
    world: World, running: Running, core: FixedQuoter
) -> None:
    """Each choice stands in full in the message, and in short on its button; its answer takes
    the place of the question.
    """
    async with running(core):
        back = await said(world, UNCLEAR)
        assert ((back.text or "")[:8], [["1. 渐冻症的临床研究…"], ["2. 张毅是什么时候回…"]]) == (
            "你指的是哪一个？",
            labels(back)[:2],
        )
        assert [f"1. {ALS}", f"2. {CHOICES[1]}"] == (back.text or "").splitlines()[1:]
        await turned(world, back, CHOICE)
    assert "2024年10月" in back.quotes()[0]


async def test_a_button_that_needs_a_forgotten_question_says_so(
    world: World, running: Running, core: FixedQuoter
) -> None:
    """After a restart the question is gone; the reader is asked to ask again."""
    async with running(core):
        answer, back = await said(world, TYPO), await said(world, UNCLEAR)
    async with running(core):
        for message, label in ((answer, "按原字查"), (back, CHOICE)):
            told = await pressed(world, message, label)
            assert (True, "这个问题我不记得了") == (told.show_alert, (told.text or "")[:9])


async def test_only_the_asker_chooses_in_a_group(
    world: World, running: Running, core: FixedQuoter
) -> None:
    """Others get an alert."""
    async with running(core):
        asked = world.send_text(f"@quoting_bot {UNCLEAR}", chat_id=GROUP)
        back = await world.wait_for_bot_message(after=asked)
        assert (await pressed(world, back, CHOICE, GUEST)).show_alert
        await turned(world, back, CHOICE)


async def test_what_an_answer_is_not_stands_beside_it(
    world: World, running: Running, core: FixedQuoter
) -> None:
    """A selection is said to be one above the quotes, and that it is no advice below them."""
    async with running(core):
        answer = await said(world, "我能参加渐冻症的研究吗")
    lines = (answer.text or "").splitlines()
    assert (
        "下面是从文中选出的几处，不是全部：",
        "这是新闻报道，不是医疗建议；看病用药请咨询医生。",
    ) == (
        lines[0],
        lines[-1],
    )
