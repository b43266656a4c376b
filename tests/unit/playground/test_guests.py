"""Guest mode: called into a chat it is not in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.playground import World

Ask = Callable[..., Awaitable[Any]]

TOO_OLD = (
    400,
    "Bad Request: query is too old and response timeout expired or query ID is invalid",
)
RESULT = {
    "type": "article",
    "id": "1",
    "title": "渐冻症",
    "input_message_content": {
        "message_text": "引文",
        "entities": [{"type": "blockquote", "offset": 0, "length": 2}],
    },
}


async def test_a_mention_is_answered_where_it_was_made(world: World, ask: Ask) -> None:
    """The bot gets the message with a query id, and its one answer appears in that chat."""
    asked = world.send_guest("@quoting_bot 渐冻症")
    (update,) = await ask("getUpdates")
    message = update["guest_message"]
    assert ("@quoting_bot 渐冻症", 1001) == (message["text"], message["from"]["id"])
    query_id = message["guest_query_id"]
    sent = await ask("answerGuestQuery", guest_query_id=query_id, result=RESULT)
    answer = await world.wait_for_bot_message(after=asked)
    assert (["引文"], asked) == (answer.quotes(), answer.reply_to)
    assert {"inline_message_id": answer.inline_message_id} == sent
    assert 1001 == answer.payload()["guest_bot_caller_user"]["id"]
    assert TOO_OLD == await ask("answerGuestQuery", guest_query_id=query_id, result=RESULT)


@pytest.mark.parametrize(
    ("text", "called"),
    [("渐冻症", False), ("/topics@quoting_bot", False), ("说说 @quoting_bot", True)],
)
async def test_only_a_mention_calls(world: World, ask: Ask, text: str, called: bool) -> None:
    """What two people say to each other is not the bot's business."""
    world.send_guest(text, user_id=1004)
    assert (["guest_message"] if called else []) == [
        next(iter(update)) for update in await ask("getUpdates")
    ]


async def test_a_reply_to_its_answer_calls_again(world: World, ask: Ask) -> None:
    """Replying to the guest's message is a new query, with what it replies to."""
    world.send_guest("@quoting_bot 渐冻症")
    (update,) = await ask("getUpdates")
    await ask(
        "answerGuestQuery", guest_query_id=update["guest_message"]["guest_query_id"], result=RESULT
    )
    answer = world.messages(world.friend_chat.id)[-1]
    world.send_guest("然后呢", reply_to=answer)
    again = (await ask("getUpdates"))[-1]["guest_message"]
    assert "引文" == again["reply_to_message"]["text"]


async def test_the_chat_itself_stays_closed(world: World, ask: Ask) -> None:
    """The bot cannot write there by the chat's id, which may be another chat's too."""
    world.send_guest("@quoting_bot 渐冻症")
    for method in ("sendMessage", "getChat", "sendChatAction"):
        assert (400, "Bad Request: chat not found") == await ask(
            method, chat_id=world.friend_chat.id, text="在", action="typing"
        )


async def test_a_group_it_was_never_in_or_left_can_call_it(world: World, ask: Ask) -> None:
    """A group without the bot may mention it; one that threw it out may not."""
    await ask("leaveChat", chat_id=world.group.id)
    world.send_text("@quoting_bot 渐冻症", chat_id=world.group.id)
    world.membership.set_bot_status("kicked")
    world.send_text("@quoting_bot 渐冻症", chat_id=world.group.id)
    kinds = [next(iter(update)) for update in await ask("getUpdates")]
    assert ["my_chat_member", "guest_message", "my_chat_member"] == kinds


async def test_bad_results_leave_the_query_open(world: World, ask: Ask) -> None:
    """A refused answer can be mended."""
    world.send_guest("@quoting_bot 渐冻症")
    (update,) = await ask("getUpdates")
    query_id = update["guest_message"]["guest_query_id"]
    refused = await ask("answerGuestQuery", guest_query_id=query_id, result={"id": ""})
    assert (400, "Bad Request: RESULT_ID_EMPTY") == refused
    assert await ask("answerGuestQuery", guest_query_id=query_id, result=RESULT)
    assert TOO_OLD == await ask("answerGuestQuery", guest_query_id="7", result=RESULT)


async def test_a_bot_without_guest_mode(world: World, ask: Ask) -> None:
    """The bot itself says so, and mentions do not reach it."""
    assert (await ask("getMe"))["supports_guest_queries"] is True
    world.supports_guest_queries = False
    assert (await ask("getMe"))["supports_guest_queries"] is False
    world.send_guest("@quoting_bot 渐冻症")
    assert [] == await ask("getUpdates")
