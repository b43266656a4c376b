from __future__ import annotations

from typing import Any

import pytest

from bot.chat import QuotingApplication
from bot.playground import World
from bot.playground.world import BOT_ID

GROUP = -1001000000001
ALS = "渐冻症的临床研究是什么时候开始的？"


async def test_a_mention_is_answered_as_a_reply(world: World, chat: QuotingApplication) -> None:
    """A question that mentions the bot, in whatever case, is answered in reply to it."""
    asked = world.send_text(f"😀 @Quoting_BOT {ALS}", chat_id=GROUP)
    answer = await world.wait_for_bot_message(after=asked)
    assert answer.reply_to is not None
    assert (asked.message_id, True) == (
        answer.reply_to.message_id,
        "2024年10月" in (answer.text or ""),
    )


async def test_a_text_mention_is_answered(world: World, chat: QuotingApplication) -> None:
    """A mention by name alone is an entity with the bot's user in it."""
    entity = {"type": "text_mention", "offset": 3, "length": 3, "user": {"id": BOT_ID}}
    asked = world.send_text(f"😀 小助手 {ALS}", chat_id=GROUP, entities=[entity])
    answer = await world.wait_for_bot_message(after=asked)
    assert "2024年10月" in answer.quotes()[0]


async def test_a_mention_in_a_caption_is_answered(world: World, chat: QuotingApplication) -> None:
    """Captions speak to the bot like messages."""
    asked = world.send_caption(f"@quoting_bot {ALS}", chat_id=GROUP)
    answer = await world.wait_for_bot_message(after=asked)
    assert "2024年10月" in answer.quotes()[0]


async def test_a_reply_to_the_bot_is_answered(world: World, chat: QuotingApplication) -> None:
    """Replying to the bot's message asks it without a mention."""
    first = await world.wait_for_bot_message(
        after=world.send_text("@quoting_bot 你好", chat_id=GROUP)
    )
    asked = world.send_text(ALS, chat_id=GROUP, reply_to=first)
    answer = await world.wait_for_bot_message(after=asked)
    assert "2024年10月" in answer.quotes()[0]


async def test_a_bare_mention_gets_the_topics(world: World, chat: QuotingApplication) -> None:
    """Calling the bot without a question shows all topics."""
    asked = world.send_text(" @quoting_bot ", chat_id=GROUP)
    answer = await world.wait_for_bot_message(after=asked)
    assert len(chat.services.quoter.topics.all) == len(list(answer.buttons()))


async def test_a_command_for_this_bot_is_answered_and_another_bots_is_not(
    world: World, chat: QuotingApplication
) -> None:
    """/topics@otherbot is not ours, in a reply to the bot neither."""
    mine = await world.wait_for_bot_message(
        after=world.send_text("/topics@quoting_bot", chat_id=GROUP)
    )
    world.send_text("/topics@otherbot", chat_id=GROUP)
    world.send_text("/topics@otherbot", chat_id=GROUP, reply_to=mine)
    last = world.send_text("@quoting_bot 谢谢", chat_id=GROUP)
    answer = await world.wait_for_bot_message(after=mine)
    assert answer.reply_to is not None
    assert last.message_id == answer.reply_to.message_id


async def test_an_answer_stays_in_its_forum_topic(world: World, chat: QuotingApplication) -> None:
    """In a forum, the answer goes to the topic it was asked in."""
    world.group.is_forum = True
    asked = world.send_text(f"@quoting_bot {ALS}", chat_id=GROUP, thread_id=77)
    answer = await world.wait_for_bot_message(after=asked)
    assert 77 == answer.thread_id


async def test_an_answer_comes_though_its_question_is_gone(
    world: World, chat: QuotingApplication
) -> None:
    """A question deleted before the answer does not keep the answer from being sent."""
    await world.wait_for_bot_message(after=world.send_text("@quoting_bot 你好", chat_id=GROUP))
    sent = [call.params for call in world.calls if call.method == "sendMessage"][-1]
    assert "allow_sending_without_reply" in str(sent["reply_parameters"])


MENTION = {"type": "mention", "offset": 0, "length": 12}
USER = {"id": 5, "is_bot": False, "first_name": "X"}
OTHER_BOT = {"id": 6, "is_bot": True, "first_name": "B", "username": "otherbot"}
CHANNEL = {"id": -100777, "type": "channel", "title": "C"}
SUPERGROUP = {"id": GROUP, "type": "supergroup", "title": "G"}
TOPIC_OPENER = {
    "message_id": 1,
    "date": 1,
    "chat": SUPERGROUP,
    "from": {"id": BOT_ID, "is_bot": True, "first_name": "bot"},
    "forum_topic_created": {"name": "T", "icon_color": 1},
}


def _mentioning(**fields: object) -> dict[str, Any]:
    text = fields.pop("text", "@quoting_bot 渐冻症的临床研究是什么时候开始的？")
    message = {
        "message_id": 900,
        "date": 1,
        "chat": SUPERGROUP,
        "from": USER,
        "text": text,
        "entities": [MENTION],
    }
    return {**message, **fields}


@pytest.mark.parametrize(
    "update",
    [
        {"message": _mentioning(text="没有人问你", entities=[])},
        {"message": _mentioning(text="邮箱 a@quoting_bot.com", entities=[])},
        {"message": _mentioning(text="@quoting_bots 你好呀", entities=[{**MENTION, "length": 13}])},
        {"message": _mentioning(**{"from": OTHER_BOT})},
        {"message": _mentioning(via_bot=OTHER_BOT)},
        {"message": _mentioning(sender_chat=CHANNEL)},
        {"message": _mentioning(sender_chat=CHANNEL, is_automatic_forward=True)},
        {"message": _mentioning(entities=[{**MENTION, "offset": 900}])},
        {"message": _mentioning(text="😀你好", entities=[{**MENTION, "offset": 1, "length": 3}])},
        {"message": _mentioning(text="hi", entities=[], reply_to_message=TOPIC_OPENER)},
        {"channel_post": _mentioning(chat=CHANNEL, sender_chat=CHANNEL)},
        {"edited_channel_post": _mentioning(chat=CHANNEL, sender_chat=CHANNEL)},
        {"business_message": _mentioning(business_connection_id="b")},
        {"guest_message": _mentioning()},
        {"edited_message": _mentioning(edit_date=2)},
        {"some_future_kind": {"id": 1}},
    ],
)
async def test_what_is_not_for_the_bot_is_met_with_silence(
    world: World, chat: QuotingApplication, update: dict[str, Any]
) -> None:
    """Other people's talk, other bots, channels, business and guest updates get no answer."""
    world.send_update(update)
    asked = world.send_text("@quoting_bot 你好", chat_id=GROUP)
    answer = await world.wait_for_bot_message(chat_id=GROUP)
    assert answer.reply_to is not None
    assert asked.message_id == answer.reply_to.message_id
    assert 1 == sum(call.method == "sendMessage" for call in world.calls)


async def test_an_anonymous_admin_is_answered(world: World, chat: QuotingApplication) -> None:
    """Who writes in the group's own name is a person all the same."""
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    message = _mentioning(sender_chat=SUPERGROUP, text="@quoting_bot 你好", **{"from": anonymous})
    world.send_update({"message": message})
    answer = await world.wait_for_bot_message(chat_id=GROUP)
    assert {"0"} == {button["callback_data"].rpartition(":")[2] for button in answer.buttons()}
