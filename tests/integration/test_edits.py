from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from bot.chat import QuotingApplication
from bot.playground import World

Running = Callable[..., AbstractAsyncContextManager[QuotingApplication]]

ALS = "渐冻症的临床研究是什么时候开始的？"
GROUP = -1001000000001


def _sends(world: World) -> list[str]:
    changing = ("sendMessage", "editMessageText")
    return [call.method for call in world.calls if call.method in changing]


async def test_an_edited_question_edits_its_answer(world: World, chat: QuotingApplication) -> None:
    """The answer follows its question, in its own message."""
    asked = world.send_text("你好")
    answer = await world.wait_for_bot_message(after=asked)
    world.edit_text(asked, ALS)
    await world.wait_for(lambda: "2024年10月" in (answer.text or ""))
    assert ["sendMessage", "editMessageText"] == _sends(world)


async def test_an_edit_that_changes_no_answer_sends_nothing(
    world: World, chat: QuotingApplication
) -> None:
    """Telegram refuses edits without a change, so none is tried."""
    asked = world.send_text("你好")
    await world.wait_for_bot_message(after=asked)
    world.edit_text(asked, "您好")
    await world.wait_for_bot_message(after=world.send_text("谢谢"))
    assert ["sendMessage", "sendMessage"] == _sends(world)


async def test_an_edit_in_a_group_keeps_its_mention(world: World, chat: QuotingApplication) -> None:
    """In a group the edited question is read like the first one."""
    asked = world.send_text("@quoting_bot 你好", chat_id=GROUP)
    answer = await world.wait_for_bot_message(after=asked)
    world.edit_text(asked, f"@quoting_bot {ALS}", GROUP)
    await world.wait_for(lambda: "2024年10月" in (answer.text or ""))


async def test_a_forgotten_question_is_left_alone(world: World, running: Running) -> None:
    """The memory is bounded; an edit of what fell out of it gets silence."""
    async with running(remembered_answers=1):
        asked = world.send_text("你好")
        await world.wait_for_bot_message(after=asked)
        await world.wait_for_bot_message(after=world.send_text("谢谢"))
        world.edit_text(asked, ALS)
        await world.wait_for_bot_message(after=world.send_text("谢谢"))
    assert ["sendMessage"] * 3 == _sends(world)


async def test_an_answer_that_is_gone_is_sent_anew(world: World, chat: QuotingApplication) -> None:
    """The reader deleted it; the edited question gets a new one, not an error."""
    asked = world.send_text("你好")
    answer = await world.wait_for_bot_message(after=asked)
    world.faults.next("editMessageText", status=400, description="message to edit not found")
    world.edit_text(asked, ALS)
    anew = await world.wait_for_bot_message(after=answer)
    assert "2024年10月" in anew.quotes()[0]
    world.edit_text(asked, "谢谢")
    await world.wait_for(lambda: (anew.text or "").startswith("不客气"))
