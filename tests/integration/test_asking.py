from __future__ import annotations

import pytest

from bot.chat import QuotingApplication
from bot.playground import World
from tests.integration.talk import ALS, GROUP, count, entities, group_said, labels, said

BOTH = "渐冻症的临床研究是什么时候开始的？图片是谁提供的？"


async def test_ask_is_answered_everywhere(world: World, chat: QuotingApplication) -> None:
    """In private and in a group, with the bot's name after it or not."""
    answers = [
        await said(world, f"/ask {ALS}"),
        await group_said(world, f"/ask {ALS}"),
        await group_said(world, f"/ask@quoting_bot\n{ALS}"),
    ]
    assert [True] * 3 == ["2024年10月" in answer.quotes()[0] for answer in answers]


async def test_an_empty_ask_says_how(world: World, chat: QuotingApplication) -> None:
    """In private and in groups."""
    told = [await said(world, "/ask"), await group_said(world, "/ask@quoting_bot ")]
    assert [True, True] == ["/ask" in (message.text or "") for message in told]


async def test_ask_takes_the_question_it_replies_to(world: World, chat: QuotingApplication) -> None:
    """Another reader's, not the bot's own answer."""
    question = world.send_text(ALS, chat_id=GROUP, user_id=1003)
    answer = await group_said(world, "/ask", reply_to=question)
    assert "2024年10月" in answer.quotes()[0]
    told = await group_said(world, "/ask", reply_to=answer)
    assert [] == told.quotes()


async def test_an_edited_ask_changes_its_answer(world: World, chat: QuotingApplication) -> None:
    """In the answer's place."""
    asked = world.send_text("/ask 图片是谁提供的", chat_id=GROUP)
    answer = await world.wait_for_bot_message(after=asked)
    before = answer.text
    world.edit_text(asked, f"/ask {ALS}", chat_id=GROUP)
    await world.wait_for(lambda: answer.text != before)
    assert ("2024年10月" in answer.quotes()[0], 1) == (True, count(world, "sendMessage"))


@pytest.mark.parametrize("place", ["private", "group"])
async def test_several_questions_get_one_reply(
    world: World, chat: QuotingApplication, place: str
) -> None:
    """Each question stands in bold above its answer; one message, one keyboard."""
    answer = (
        await said(world, BOTH)
        if place == "private"
        else await group_said(world, f"@quoting_bot {BOTH}")
    )
    assert BOTH.replace("？", "？ ").split() == [
        each for each in entities(answer, "bold") if each.endswith("？")
    ]
    quoted = "".join(answer.quotes())
    assert ("2024年10月" in quoted, "许冬冬" in quoted) == (True, True)
    assert 1 == count(world, "sendMessage")
    assert ["上下文"] == labels(answer)[0]


async def test_at_most_three_are_answered(world: World, chat: QuotingApplication) -> None:
    """The reader is told that there were more."""
    answer = await said(world, BOTH + "张毅是谁？作者是谁？")
    bold = [each for each in entities(answer, "bold") if each.endswith("？")]
    assert (3, True) == (len(bold), (answer.text or "").endswith("其余的请再问我一次。"))


async def test_a_question_is_read_with_the_one_before_it(
    world: World, chat: QuotingApplication
) -> None:
    """Within one message, too; and what is short after it goes on from the last one."""
    answer = await said(world, "张震哪年去的比利时？他学的什么？")
    alone = await said(world, "/new")
    assert "" != (alone.text or "")
    assert "张震" in "".join(answer.quotes())


async def test_the_quotes_of_several_answers_are_widened_together(
    world: World, chat: QuotingApplication
) -> None:
    """The button works as under one answer."""
    answer = await said(world, BOTH)
    before = len(answer.text or "")
    world.press(answer, text="上下文")
    await world.wait_for(lambda: len(answer.text or "") > before)
    kinds = {e["type"] for e in answer.entities} & {"blockquote", "expandable_blockquote"}
    assert {"expandable_blockquote"} == kinds


async def test_an_edit_from_one_to_two_questions(world: World, chat: QuotingApplication) -> None:
    """The answer grows in its place."""
    asked = world.send_text(ALS)
    answer = await world.wait_for_bot_message(after=asked)
    world.edit_text(asked, BOTH)
    await world.wait_for(lambda: "许冬冬" in (answer.text or ""))
    assert 1 == count(world, "sendMessage")
