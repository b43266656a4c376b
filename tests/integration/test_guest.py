from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from bot.chat import QuotingApplication
from bot.playground import World
from tests.integration.talk import ALS, count, entities, said

Running = Callable[..., AbstractAsyncContextManager[QuotingApplication]]


async def test_a_guest_is_asked_in_a_chat_it_is_not_in(
    world: World, chat: QuotingApplication
) -> None:
    """One answer, with the quote and its link, as a reply to the question."""
    asked = world.send_guest(f"@quoting_bot {ALS}")
    answer = await world.wait_for_bot_message(after=asked)
    assert ("2024年10月" in answer.quotes()[0], asked) == (True, answer.reply_to)
    assert ["在文中查看"] == entities(answer, "text_link")
    assert (1, 0) == (count(world, "answerGuestQuery"), count(world, "sendMessage"))


async def test_called_without_words_it_reads_what_is_replied_to(
    world: World, chat: QuotingApplication
) -> None:
    """And without that, it says how to ask."""
    friend = world.send_guest(ALS)
    asked = world.send_guest("@quoting_bot", reply_to=friend)
    answer = await world.wait_for_bot_message(after=asked)
    assert "2024年10月" in answer.quotes()[0]
    bare = await world.wait_for_bot_message(after=world.send_guest("@quoting_bot"))
    assert (bare.text or "").startswith("写上问题再叫我")


async def test_an_answer_that_comes_too_late_is_no_error(
    world: World, chat: QuotingApplication
) -> None:
    """Nothing is sent into a chat the bot is not in."""
    world.faults.next("answerGuestQuery", status=400, description="query is too old")
    world.send_guest(f"@quoting_bot {ALS}")
    await world.wait_for(lambda: count(world, "answerGuestQuery"))
    await said(world, "谢谢")
    assert 1 == count(world, "sendMessage")


async def test_a_bot_without_guest_mode_is_silent(world: World, running: Running) -> None:
    """It is not told of such messages; a stray one is passed over."""
    world.supports_guest_queries = False
    async with running():
        user = {"id": 5, "is_bot": False, "first_name": "X"}
        chat = {"id": -5, "type": "group", "title": "G"}
        message = {"message_id": 1, "date": 1, "chat": chat, "from": user, "text": ALS}
        world.send_update({"guest_message": {**message, "guest_query_id": "7"}})
        await said(world, "谢谢")
    assert 0 == count(world, "answerGuestQuery")
