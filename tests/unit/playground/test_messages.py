"""Sending, editing, deleting."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.playground import World

Ask = Callable[..., Awaitable[Any]]

BUTTON = {"inline_keyboard": [[{"text": "更多", "callback_data": "v1:more"}]]}


async def test_sends_and_keeps_entities(world: World, ask: Ask) -> None:
    """A quote comes back as it was sent, and is what the reader sees."""
    entities = [
        {"type": "expandable_blockquote", "offset": 0, "length": 4},
        {"type": "bold", "offset": 1, "length": 2},
    ]
    sent = await ask(
        "sendMessage", chat_id=1001, text="一二三四\n出处", entities=entities, reply_markup=BUTTON
    )
    assert entities == sent["entities"]
    assert BUTTON == sent["reply_markup"]
    assert 1_744_243_200 == sent["date"]
    (message,) = world.messages(1001)
    assert ["一二三四"] == message.quotes()
    assert message.from_bot


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"text": "a"}, "chat_id is empty"),
        ({"chat_id": 5, "text": "a"}, "chat not found"),
        ({"chat_id": "@nobody", "text": "a"}, "chat not found"),
        ({"chat_id": "x", "text": "a"}, "chat not found"),
        ({"chat_id": 1001}, "message text is empty"),
        ({"chat_id": 1001, "text": " \n "}, "message text is empty"),
        ({"chat_id": 1001, "text": "字" * 4097}, "message is too long"),
        ({"chat_id": 1001, "text": "😀" * 2049}, "message is too long"),
        (
            {"chat_id": 1001, "text": "a", "parse_mode": "HTML"},
            "the playground takes entities, not parse_mode",
        ),
        (
            {"chat_id": 1001, "text": "a", "reply_parameters": {"message_id": 9}},
            "message to be replied not found",
        ),
        ({"chat_id": 1001, "text": "a", "message_thread_id": 9}, "message thread not found"),
        (
            {
                "chat_id": 1001,
                "text": "a",
                "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "字" * 22}]]},
            },
            "BUTTON_DATA_INVALID",
        ),
        (
            {
                "chat_id": 1001,
                "text": "a",
                "reply_markup": {"inline_keyboard": [[{"text": "x", "url": "javascript:1"}]]},
            },
            "BUTTON_URL_INVALID",
        ),
        ({"chat_id": 1001, "text": "a", "reply_markup": [1]}, "object expected as reply markup"),
    ],
)
async def test_refuses_what_telegram_refuses(
    world: World, ask: Ask, parameters: dict[str, object], reason: str
) -> None:
    """A send that Telegram would refuse gets Telegram's words and leaves no message."""
    assert (400, f"Bad Request: {reason}") == await ask("sendMessage", **parameters)
    assert [] == world.messages(1001)


async def test_longest_text_fits(ask: Ask) -> None:
    """4096 UTF-16 units pass."""
    assert 4096 == len((await ask("sendMessage", chat_id=1001, text="字" * 4096))["text"])


async def test_replies(world: World, ask: Ask) -> None:
    """A reply carries what it answers, or goes without it where that is allowed."""
    question = world.send_text("问")
    sent = await ask(
        "sendMessage",
        chat_id=1001,
        text="答",
        reply_parameters={"message_id": question.message_id, "quote": "问"},
    )
    assert "问" == sent["reply_to_message"]["text"]
    assert {"text": "问", "position": 0, "is_manual": True} == sent["quote"]
    gone = {"message_id": 99, "allow_sending_without_reply": True}
    sent = await ask("sendMessage", chat_id=1001, text="答", reply_parameters=gone)
    assert "reply_to_message" not in sent


async def test_edits_in_place(world: World, ask: Ask) -> None:
    """An edit changes the message itself; the same content again is refused."""
    sent = await ask("sendMessage", chat_id=1001, text="一", reply_markup=BUTTON)
    (message,) = world.messages(1001)
    there = {"chat_id": 1001, "message_id": sent["message_id"]}
    edited = await ask("editMessageText", **there, text="二")
    assert ("二", None) == (message.text, message.reply_markup)
    assert 1_744_243_200 == edited["edit_date"]
    code, reason = await ask("editMessageText", **there, text="二")
    assert 400 == code
    assert reason.startswith("Bad Request: message is not modified: specified new message")
    await ask("editMessageReplyMarkup", **there, reply_markup=BUTTON)
    assert BUTTON == message.reply_markup
    assert 400 == (await ask("editMessageReplyMarkup", **there, reply_markup=BUTTON))[0]


async def test_edits_only_its_own(world: World, ask: Ask) -> None:
    """The bot cannot edit what a person wrote, nor what is not there."""
    question = world.send_text("问")
    assert (400, "Bad Request: message can't be edited") == await ask(
        "editMessageText", chat_id=1001, message_id=question.message_id, text="x"
    )
    assert (400, "Bad Request: message to edit not found") == await ask(
        "editMessageText", chat_id=1001, message_id=99, text="x"
    )


async def test_deletes(world: World, ask: Ask) -> None:
    """The bot deletes its own; in a group, a person's only as an administrator."""
    group = world.group.id
    sent = await ask("sendMessage", chat_id=group, text="一")
    assert await ask("deleteMessage", chat_id=group, message_id=sent["message_id"]) is True
    assert (400, "Bad Request: message to delete not found") == await ask(
        "deleteMessage", chat_id=group, message_id=sent["message_id"]
    )
    said = world.send_text("闲聊", chat_id=group)
    assert (400, "Bad Request: message can't be deleted") == await ask(
        "deleteMessage", chat_id=group, message_id=said.message_id
    )


async def test_reply_keyboard_belongs_to_the_chat(world: World, ask: Ask) -> None:
    """A reply keyboard stays under the input until it is removed."""
    keyboard = {"keyboard": [["细胞治疗", {"text": "渐冻症"}]], "is_persistent": True}
    sent = await ask("sendMessage", chat_id=1001, text="请选", reply_markup=keyboard)
    assert "reply_markup" not in sent
    shown = world.private_chat().reply_keyboard
    assert shown is not None
    assert [[{"text": "细胞治疗"}, {"text": "渐冻症"}]] == shown["keyboard"]
    await ask("sendMessage", chat_id=1001, text="好", reply_markup={"remove_keyboard": True})
    assert world.private_chat().reply_keyboard is None


async def test_chat_action(ask: Ask) -> None:
    """Known actions are shown, unknown ones refused."""
    assert await ask("sendChatAction", chat_id=1001, action="typing") is True
    assert (400, "Bad Request: wrong parameter action in request") == await ask(
        "sendChatAction", chat_id=1001, action="dancing"
    )


async def test_topics_of_a_forum(world: World, ask: Ask) -> None:
    """In a forum, a message stays in its topic."""
    world.group.is_forum = True
    asked = world.send_text("问", chat_id=world.group.id, thread_id=42)
    assert (42, True) == tuple(
        asked.payload()[name] for name in ("message_thread_id", "is_topic_message")
    )
    sent = await ask("sendMessage", chat_id=world.group.id, text="答", message_thread_id=42)
    assert 42 == sent["message_thread_id"]


async def test_message_ids_are_counted_as_telegram_counts(world: World) -> None:
    """Private chats share one count; a group has its own."""
    first, second = world.send_text("一"), world.send_text("二", user_id=1003)
    in_group = world.send_text("三", chat_id=world.group.id)
    assert [1, 2, 1] == [m.message_id for m in (first, second, in_group)]


async def test_history_is_bounded(world: World) -> None:
    """A chat forgets its oldest messages."""
    world.history_limit = 3
    for number in range(5):
        world.send_text(str(number))
    assert ["2", "3", "4"] == [m.text for m in world.messages()]
