from __future__ import annotations

from bot.chat import QuotingApplication
from bot.playground import World

GROUP = -1001000000001


async def test_start_welcomes_with_both_keyboards(world: World, chat: QuotingApplication) -> None:
    """In private, /start brings the persistent reply keyboard and then topic buttons."""
    asked = world.send_text("/start")
    welcome = await world.wait_for_bot_message(after=asked)
    offer = await world.wait_for_bot_message(after=welcome)
    keyboard = world.private_chat().reply_keyboard or {}
    assert (True, True) == (keyboard["is_persistent"], keyboard["resize_keyboard"])
    assert all(len(row) <= 3 for row in keyboard["keyboard"])
    assert len(list(offer.buttons())) in (2, 3)


async def test_the_reply_keyboards_labels_open_topics(
    world: World, chat: QuotingApplication
) -> None:
    """Each label of the reply keyboard, sent as text, opens a topic page."""
    welcome = await world.wait_for_bot_message(after=world.send_text("/start"))
    await world.wait_for_bot_message(after=welcome)
    rows = (world.private_chat().reply_keyboard or {})["keyboard"]
    for label in [key["text"] for row in rows for key in row]:
        page = await world.wait_for_bot_message(after=world.send_text(label))
        assert (page.text or "").startswith(f"{label}（1/")


async def test_start_in_a_group_is_one_message(world: World, chat: QuotingApplication) -> None:
    """A group gets no reply keyboard."""
    asked = world.send_text("/start@quoting_bot", chat_id=GROUP)
    welcome = await world.wait_for_bot_message(after=asked)
    assert len(list(welcome.buttons())) in (2, 3)


async def test_help_says_how_to_ask_in_groups(world: World, chat: QuotingApplication) -> None:
    """/help names the bot as a group has to write it."""
    answer = await world.wait_for_bot_message(after=world.send_text("/help"))
    assert "@quoting_bot" in (answer.text or "")


async def test_about_names_source_date_and_author(world: World, chat: QuotingApplication) -> None:
    """/about says where the article is from, that quotes are verbatim, and no medical advice."""
    answer = await world.wait_for_bot_message(after=world.send_text("/about"))
    said = [
        each for each in ("医药卫生报", "2025-04-10", "不是医疗建议") if each in (answer.text or "")
    ]
    assert ["医药卫生报", "2025-04-10", "不是医疗建议"] == said


async def test_topics_lists_all_of_them(world: World, chat: QuotingApplication) -> None:
    """/topics gives a button for each topic, at most three a row."""
    listed = await world.wait_for_bot_message(after=world.send_text("/topics"))
    topics = chat.services.quoter.topics.all
    assert [topic.name for topic in topics] == [button["text"] for button in listed.buttons()]
    assert max(len(row) for row in listed.inline_keyboard) <= 3


async def test_an_unknown_command_gets_a_friendly_line(
    world: World, chat: QuotingApplication
) -> None:
    """In private, a command that does not exist is answered with those that do."""
    answer = await world.wait_for_bot_message(after=world.send_text("/weather now"))
    assert "/topics" in (answer.text or "")
