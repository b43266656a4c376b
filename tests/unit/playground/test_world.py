"""What people do in the world, and what the bot is told of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.playground import World
from bot.playground.errors import ApiError
from bot.playground.model import Json

Ask = Callable[..., Awaitable[Any]]

MORE = {"inline_keyboard": [[{"text": "更多", "callback_data": "v1:more"}]]}


async def kinds(ask: Ask) -> list[str]:
    """Return the kinds of the pending updates."""
    updates = await ask("getUpdates")
    return [next(name for name in update if name != "update_id") for update in updates]


async def test_people_are_who_the_bot_sees(world: World, ask: Ask) -> None:
    """A message carries its sender's name and language, and the chat it was written in."""
    world.send_text("你好")
    (update,) = await ask("getUpdates")
    sender, chat = update["message"]["from"], update["message"]["chat"]
    assert (1001, "小林", "zh-hans", False) == (
        sender["id"],
        sender["first_name"],
        sender["language_code"],
        sender["is_bot"],
    )
    assert (1001, "private") == (chat["id"], chat["type"])


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("今天天气好", False),
        ("@quoting_bot 渐冻症是什么", True),
        ("@QUOTING_BOT 渐冻症是什么", True),
        ("@other_bot 渐冻症是什么", False),
        ("/topics", True),
        ("/topics@quoting_bot", True),
        ("/topics@other_bot", False),
        ("说说 /topics 吧", False),
    ],
)
async def test_privacy_mode(world: World, ask: Ask, text: str, seen: bool) -> None:
    """In a group the bot gets only what is meant for it."""
    world.send_text(text, chat_id=world.group.id)
    assert (["message"] if seen else []) == await kinds(ask)


async def test_privacy_mode_lets_replies_and_text_mentions_through(world: World, ask: Ask) -> None:
    """Replies to the bot, mentions by name, and captions that mention it reach the bot."""
    group = world.group.id
    await ask("sendMessage", chat_id=group, text="引文")
    (own,) = world.messages(group)
    world.send_text("然后呢", chat_id=group, reply_to=own)
    mention: Json = {"type": "text_mention", "offset": 0, "length": 2, "user": {"id": world.bot.id}}
    world.send_text("机器 在吗", chat_id=group, entities=[mention])
    world.send_caption("@quoting_bot 看图", chat_id=group)
    world.send_caption("看图", chat_id=group)
    assert ["message"] * 3 == await kinds(ask)


async def test_a_bot_that_reads_all_gets_all(ask: Ask, world: World) -> None:
    """With privacy mode off every message of the group arrives."""
    world.read_all_group_messages = True
    world.send_text("今天天气好", chat_id=world.group.id, user_id=1003)
    assert ["message"] == await kinds(ask)
    assert (await ask("getMe"))["can_read_all_group_messages"] is True


async def test_edits_reach_the_bot(world: World, ask: Ask) -> None:
    """A changed question is an `edited_message`; an unchanged one is nothing."""
    said = world.send_text("干细包")
    world.edit_text(said.message_id, "干细包")
    world.edit_text(said.message_id, "干细胞")
    assert ["message", "edited_message"] == await kinds(ask)
    with pytest.raises(ApiError, match="can't be edited"):
        world.edit_text(said.message_id, "x", user_id=1002)


async def test_pressing_a_button(world: World, ask: Ask) -> None:
    """A press is a callback query; its answer can be waited for."""
    await ask("sendMessage", chat_id=1001, text="引文", reply_markup=MORE)
    (message,) = world.messages()
    query_id = world.press(message, text="更多")
    (update,) = await ask("getUpdates")
    query = update["callback_query"]
    assert (query_id, "v1:more", 1001) == (query["id"], query["data"], query["from"]["id"])
    assert "引文" == query["message"]["text"]
    assert await ask("answerCallbackQuery", callback_query_id=query_id, text="好", show_alert=True)
    answer = await world.wait_for_callback_answer(query_id)
    assert ("好", True) == (answer.text, answer.show_alert)


async def test_forged_presses_arrive_as_they_are(world: World, ask: Ask) -> None:
    """Data no button carries can be sent; a label no button carries cannot be pressed."""
    await ask("sendMessage", chat_id=1001, text="引文", reply_markup=MORE)
    (message,) = world.messages()
    world.press(message, data="forged")
    assert "forged" == (await ask("getUpdates"))[0]["callback_query"]["data"]
    with pytest.raises(ApiError, match="button not found"):
        world.press(message, text="没有")


async def test_pressing_on_a_deleted_message(world: World, ask: Ask) -> None:
    """The message of such a query is inaccessible: its date is 0."""
    sent = await ask("sendMessage", chat_id=1001, text="引文", reply_markup=MORE)
    (message,) = world.messages()
    await ask("deleteMessage", chat_id=1001, message_id=sent["message_id"])
    world.press(message, data="v1:more")
    assert 0 == (await ask("getUpdates"))[0]["callback_query"]["message"]["date"]


async def test_unknown_queries_are_too_old(ask: Ask) -> None:
    """An unknown callback query cannot be answered."""
    assert (
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
    ) == await ask("answerCallbackQuery", callback_query_id="1")


async def test_blocking(world: World, ask: Ask) -> None:
    """Sends to someone who blocked the bot get 403, until they write again."""
    world.membership.block()
    assert (403, "Forbidden: bot was blocked by the user") == await ask(
        "sendMessage", chat_id=1001, text="在吗"
    )
    world.send_text("/start")
    assert ["my_chat_member", "my_chat_member", "message"] == await kinds(ask)
    assert "在" == (await ask("sendMessage", chat_id=1001, text="在"))["text"]


async def test_being_thrown_out_and_added(world: World, ask: Ask) -> None:
    """A kicked bot gets 403 and no messages; an added one is told so twice."""
    group = world.group.id
    world.membership.remove_bot()
    world.send_text("/topics", chat_id=group)
    assert (403, "Forbidden: bot was kicked from the supergroup chat") == await ask(
        "sendMessage", chat_id=group, text="在吗"
    )
    world.membership.add_bot()
    assert ["my_chat_member", "my_chat_member", "message"] == await kinds(ask)


async def test_leaving(world: World, ask: Ask) -> None:
    """A bot that left may not write."""
    assert await ask("leaveChat", chat_id=world.group.id) is True
    assert (403, "Forbidden: bot is not a member of the supergroup chat") == await ask(
        "sendMessage", chat_id=world.group.id, text="在吗"
    )


async def test_members(world: World, ask: Ask) -> None:
    """The group has four members, one an administrator."""
    group = world.group.id
    assert 4 == await ask("getChatMemberCount", chat_id=group)
    assert [1002] == [a["user"]["id"] for a in await ask("getChatAdministrators", chat_id=group)]
    member = await ask("getChatMember", chat_id=group, user_id=1003)
    assert ("member", "en") == (member["status"], member["user"]["language_code"])


async def test_waiting_has_an_end(world: World) -> None:
    """Waiting for what does not come ends with TimeoutError."""
    with pytest.raises(TimeoutError):
        await world.wait_for_bot_message(timeout=0.05)


async def test_waiting_sees_what_is_already_there(world: World, ask: Ask) -> None:
    """A message sent before the wait is found, and `after` passes over older ones."""
    await ask("sendMessage", chat_id=1001, text="旧")
    asked = world.send_text("问")
    await ask("sendMessage", chat_id=1001, text="新")
    assert "旧" == (await world.wait_for_bot_message()).text
    assert "新" == (await world.wait_for_bot_message(after=asked)).text


async def test_waiting_wakes_at_a_change(world: World, ask: Ask) -> None:
    """A wait ends as soon as its condition holds."""
    waiting = asyncio.create_task(world.wait_for(lambda: len(world.calls) == 2))
    await asyncio.sleep(0)
    await ask("getMe")
    await ask("getMe")
    assert await waiting is True


async def test_raw_updates(world: World, ask: Ask) -> None:
    """Any update can be given to the bot as it stands."""
    update_id = world.send_update({"channel_post": {"text": "?"}})
    (update,) = await ask("getUpdates")
    assert {"update_id": update_id, "channel_post": {"text": "?"}} == update


def test_people_write_where_they_are_members(world: World) -> None:
    """Nobody writes into another's chat, or sends nothing, or too much."""
    world.add_user(2000, "路人")
    for text, user_id, chat_id in (
        ("a", 2000, world.group.id),
        ("a", 1003, 1001),
        ("a", 9, None),
        (" ", None, None),
        ("字" * 4097, None, None),
    ):
        with pytest.raises(ApiError):
            world.send_text(text, user_id=user_id, chat_id=chat_id)
