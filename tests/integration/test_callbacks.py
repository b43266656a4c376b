from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from bot.chat import QuotingApplication
from bot.chat.callback_data import Action, Press, pack
from bot.playground import World
from bot.playground.model import Message

Running = Callable[..., AbstractAsyncContextManager[QuotingApplication]]

GROUP = -1001000000001
GUEST = 1003


def _count(world: World, method: str) -> int:
    return sum(call.method == method for call in world.calls)


def _labels(message: Message) -> list[str]:
    return [button["text"] for button in message.buttons()]


async def _turned(world: World, message: Message, label: str) -> None:
    """Press a button of `message` and wait until its text has changed."""
    before = message.text
    query = world.press(message, text=label)
    await world.wait_for_callback_answer(query)
    await world.wait_for(lambda: message.text != before)


async def test_a_topic_is_read_page_by_page_in_one_message(
    world: World, chat: QuotingApplication
) -> None:
    """/topics, a press, ▶ to the end: one quote a page, always in the same message; the arrow
    that leads nowhere is left out; then back to the list.
    """
    listed = await world.wait_for_bot_message(after=world.send_text("/topics"))
    topic = chat.services.quoter.topics.all[0]
    quotes = chat.services.quoter.quotes_of(topic)
    await _turned(world, listed, topic.name)
    seen = listed.quotes()
    assert "◀" not in _labels(listed)
    while "▶" in _labels(listed):
        await _turned(world, listed, "▶")
        seen += listed.quotes()
    assert [quote.text for quote in quotes] == seen
    assert ["◀", f"{len(quotes)}/{len(quotes)}", "全部话题"] == _labels(listed)
    await _turned(world, listed, "◀")
    await _turned(world, listed, "全部话题")
    assert len(chat.services.quoter.topics.all) == len(_labels(listed))
    assert 1 == _count(world, "sendMessage")


async def test_a_button_under_an_answer_opens_a_new_message(
    world: World, chat: QuotingApplication
) -> None:
    """A topic opened from an answer leaves the answer as it is."""
    answer = await world.wait_for_bot_message(after=world.send_text("你好"))
    before, label = answer.text, _labels(answer)[0]
    query = world.press(answer, text=label)
    page = await world.wait_for_bot_message(after=answer)
    told = await world.wait_for_callback_answer(query)
    assert (before, True) == (answer.text, (page.text or "").startswith(label))
    assert (None, False) == (told.text or None, told.show_alert)


@pytest.mark.parametrize(
    "data",
    [
        "topic:als:0",
        "0:p:als:0:1001",
        pack(Press(Action.PAGE, "gone-topic", 0, 1001)),
        "1:p::0:0",
        "1:p:als:-1:0",
        "1:x:als:0:0",
        "💥" * 16,
    ],
)
async def test_a_stale_or_forged_button_gets_an_alert(
    world: World, chat: QuotingApplication, data: str
) -> None:
    """Data of another version, of a topic that is gone, or of nobody's making change nothing."""
    listed = await world.wait_for_bot_message(after=world.send_text("/topics"))
    before = listed.text
    told = await world.wait_for_callback_answer(world.press(listed, data=data))
    assert (True, True) == (told.show_alert, "/topics" in (told.text or ""))
    assert (before, 0) == (listed.text, _count(world, "editMessageText"))


async def test_a_page_past_the_end_is_the_last_one(world: World, chat: QuotingApplication) -> None:
    """After a rebuilt index has shortened a topic, its old buttons still lead somewhere."""
    listed = await world.wait_for_bot_message(after=world.send_text("/topics"))
    topic = chat.services.quoter.topics.all[0]
    last = chat.services.quoter.quotes_of(topic)[-1]
    query = world.press(listed, data=pack(Press(Action.PAGE, topic.id, 9999, 1001)))
    await world.wait_for_callback_answer(query)
    await world.wait_for(lambda: listed.quotes() == [last.text])


async def test_only_the_asker_may_page_in_a_group(world: World, chat: QuotingApplication) -> None:
    """Someone else's press gets an alert in their own language, and the message stays."""
    asked = world.send_text("@quoting_bot CAR-T", chat_id=GROUP)
    page = await world.wait_for_bot_message(after=asked)
    before = page.text
    foreign = await world.wait_for_callback_answer(world.press(page, text="▶", user_id=GUEST))
    assert (True, "Only the person who asked") == (foreign.show_alert, (foreign.text or "")[:25])
    assert before == page.text
    await _turned(world, page, "▶")
    assert "CAR-T（2/" == (page.text or "")[:8]


async def test_the_page_count_does_nothing(world: World, chat: QuotingApplication) -> None:
    """The button that shows 1/5 is answered, and that is all."""
    page = await world.wait_for_bot_message(after=world.send_text("CAR-T"))
    count = next(label for label in _labels(page) if "/" in label)
    told = await world.wait_for_callback_answer(world.press(page, text=count))
    assert (False, 0) == (told.show_alert, _count(world, "editMessageText"))


async def test_a_button_pressed_twice_edits_once_and_is_answered_twice(
    world: World, chat: QuotingApplication
) -> None:
    """A second press on its way while the first one edits finds nothing to change."""
    page = await world.wait_for_bot_message(after=world.send_text("CAR-T"))
    data = next(b["callback_data"] for b in page.buttons() if b["text"] == "▶")
    world.latency = 0.05
    queries = [world.press(page, data=data) for _ in range(3)]
    for query in queries:
        await world.wait_for_callback_answer(query)
    await asyncio.sleep(0.2)
    assert [200] == [call.status for call in world.calls if call.method == "editMessageText"]
    assert 3 == _count(world, "answerCallbackQuery")


async def test_a_message_out_of_reach_gets_an_alert(world: World, chat: QuotingApplication) -> None:
    """Telegram hands out nothing but the id of a deleted or very old message."""
    listed = await world.wait_for_bot_message(after=world.send_text("/topics"))
    button = next(listed.buttons())
    listed.deleted = True
    told = await world.wait_for_callback_answer(world.press(listed, data=button["callback_data"]))
    assert (True, "这条消息太久了") == (told.show_alert, (told.text or "")[:7])


async def test_buttons_survive_a_restart(world: World, running: Running) -> None:
    """A keyboard sent before a restart works after it."""
    async with running():
        page = await world.wait_for_bot_message(after=world.send_text("CAR-T"))
    async with running():
        await _turned(world, page, "▶")
    assert "CAR-T（2/" == (page.text or "")[:8]


async def test_a_press_answered_too_late_still_turns_the_page(
    world: World, chat: QuotingApplication
) -> None:
    """Telegram refusing the answer to an old press does not keep the page from turning."""
    page = await world.wait_for_bot_message(after=world.send_text("CAR-T"))
    world.faults.next("answerCallbackQuery", status=400, description="query is too old")
    world.press(page, text="▶")
    await world.wait_for(lambda: (page.text or "").startswith("CAR-T（2/"))
