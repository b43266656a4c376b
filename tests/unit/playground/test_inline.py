"""Inline mode: asking, offering, sending."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.playground import World
from bot.playground.errors import ApiError
from bot.playground.model import Json

Ask = Callable[..., Awaitable[Any]]

TOO_OLD = (
    400,
    "Bad Request: query is too old and response timeout expired or query ID is invalid",
)
MORE = {"inline_keyboard": [[{"text": "更多", "callback_data": "v1:more"}]]}


def article(result_id: str = "1", **fields: object) -> Json:
    """An article, with a quoted word."""
    content = {
        "message_text": "引文\n出处",
        "entities": [{"type": "blockquote", "offset": 0, "length": 2}],
    }
    return {
        "type": "article",
        "id": result_id,
        "title": "渐冻症",
        "description": "引文",
        "input_message_content": content,
        **fields,
    }


async def test_the_bot_hears_who_asks_what(world: World, ask: Ask) -> None:
    """An inline query says who asks, what, from where in the list, and in what kind of chat."""
    query_id = world.inline_query("渐冻症", user_id=1003, offset="10", chat_type="supergroup")
    (update,) = await ask("getUpdates")
    query = update["inline_query"]
    assert (query_id, 1003, "渐冻症", "10", "supergroup") == (
        query["id"],
        query["from"]["id"],
        query["query"],
        query["offset"],
        query["chat_type"],
    )


async def test_long_queries_are_cut(world: World, ask: Ask) -> None:
    """The bot is told the first 256 characters."""
    world.inline_query("字" * 300)
    (update,) = await ask("getUpdates")
    assert "字" * 256 == update["inline_query"]["query"]
    assert "chat_type" not in update["inline_query"]


async def test_an_answer_is_what_was_offered(world: World, ask: Ask) -> None:
    """Results, next offset, cache and button arrive at the one who asked."""
    query_id = world.inline_query("渐冻症")
    button = {"text": "私聊里问", "start_parameter": "q_1-A"}
    assert await ask(
        "answerInlineQuery",
        inline_query_id=query_id,
        results=[article("a"), article("b")],
        next_offset="2",
        cache_time=0,
        is_personal=True,
        button=button,
    )
    answer = await world.wait_for_inline_answer(query_id)
    assert ["a", "b"] == [result.id for result in answer.results]
    assert ("渐冻症", "引文") == (answer.results[0].title, answer.results[0].description)
    assert ("2", 0, True, button) == (
        answer.next_offset,
        answer.cache_time,
        answer.is_personal,
        answer.button,
    )


async def test_a_chosen_result_is_sent_via_the_bot(world: World, ask: Ask) -> None:
    """It is the person's message, named after the bot; the bot hears of the choice."""
    query_id = world.inline_query("渐冻症")
    await ask("answerInlineQuery", inline_query_id=query_id, results=[article()])
    answer = await world.wait_for_inline_answer(query_id)
    await ask("getUpdates", offset=-1)
    message = world.choose_inline_result(answer, "1", chat_id=world.group.id)
    assert (["引文"], 1001, False) == (message.quotes(), message.sender.id, message.from_bot)
    asked, sent, chosen = await ask("getUpdates")
    assert "inline_query" in asked
    # A bot in privacy mode is shown what was sent by way of it.
    assert "quoting_bot" == sent["message"]["via_bot"]["username"]
    assert {"result_id": "1", "query": "渐冻症"} == {
        name: chosen["chosen_inline_result"][name] for name in ("result_id", "query")
    }
    assert "inline_message_id" not in chosen["chosen_inline_result"]
    with pytest.raises(ApiError, match="can't be edited"):
        world.edit_text(message, "改写")


async def test_choices_are_told_only_where_they_are_wanted(world: World, ask: Ask) -> None:
    """Without feedback, or where its chat is not the bot's, the bot hears nothing."""
    world.inline_feedback = False
    query_id = world.inline_query("渐冻症")
    await ask("answerInlineQuery", inline_query_id=query_id, results=[article()])
    answer = await world.wait_for_inline_answer(query_id)
    world.choose_inline_result(answer, "1", chat_id=world.friend_chat.id)
    assert ["inline_query"] == [next(iter(update)) for update in await ask("getUpdates")]
    with pytest.raises(ApiError, match="result not found"):
        answer.result("2")


async def test_an_inline_message_is_edited_by_its_own_id(world: World, ask: Ask) -> None:
    """A message with buttons has an inline id: presses carry it, edits go by it."""
    query_id = world.inline_query("渐冻症")
    results = [article(reply_markup=MORE)]
    await ask("answerInlineQuery", inline_query_id=query_id, results=results)
    answer = await world.wait_for_inline_answer(query_id)
    message = world.choose_inline_result(answer, "1", chat_id=world.friend_chat.id)
    inline_id = message.inline_message_id
    assert inline_id
    world.press(message, text="更多")
    *_, chosen, pressed = await ask("getUpdates")
    assert inline_id == chosen["chosen_inline_result"]["inline_message_id"]
    assert inline_id == pressed["callback_query"]["inline_message_id"]
    assert "message" not in pressed["callback_query"]
    assert await ask("editMessageText", inline_message_id=inline_id, text="改过") is True
    assert ("改过", []) == (message.text, message.inline_keyboard)
    assert (400, "Bad Request: MESSAGE_ID_INVALID") == await ask(
        "editMessageText", inline_message_id="x", text="改过"
    )


async def test_a_photo_sent_before_can_be_offered(world: World, ask: Ask) -> None:
    """A cached photo goes by its file id, with a caption."""
    photo = world.send_caption("看图").photo[-1]["file_id"]
    result = {"type": "photo", "id": "p", "photo_file_id": photo, "caption": "图说"}
    query_id = world.inline_query("图")
    await ask("answerInlineQuery", inline_query_id=query_id, results=[result])
    message = world.choose_inline_result(await world.wait_for_inline_answer(query_id), "p")
    assert (photo, "图说") == (message.photo[-1]["file_id"], message.caption)


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"results": 5}, "can't parse inline query results: expected an Array"),
        ({"results": [article(str(n)) for n in range(51)]}, "too many inline query results"),
        ({"results": [article(), article()]}, "RESULT_ID_DUPLICATE"),
        ({"results": [article("")]}, "RESULT_ID_EMPTY"),
        ({"results": [article("字" * 22)]}, "RESULT_ID_INVALID"),
        ({"results": [article(title=" ")]}, "ARTICLE_TITLE_EMPTY"),
        ({"results": [article(type="gif")]}, "can't parse InlineQueryResult"),
        ({"results": [article(input_message_content=None)]}, "can't parse InlineQueryResult"),
        (
            {"results": [article(input_message_content={"message_text": "字" * 4097})]},
            "MESSAGE_TOO_LONG",
        ),
        (
            {"results": [article(input_message_content={"message_text": ""})]},
            "message text is empty",
        ),
        (
            {"results": [article(input_message_content={"message_text": "a", "parse_mode": "x"})]},
            "the playground takes entities",
        ),
        (
            {"results": [article(reply_markup={"keyboard": [["a"]]})]},
            "can't parse InlineQueryResult: inline keyboard expected",
        ),
        ({"results": [], "next_offset": "字" * 22}, "NEXT_OFFSET_INVALID"),
        ({"results": [], "button": {"text": "a"}}, "can't parse InlineQueryResultsButton"),
        (
            {"results": [], "button": {"text": "a", "start_parameter": ""}},
            "can't use empty start_parameter",
        ),
        (
            {"results": [], "button": {"text": "a", "start_parameter": "a" * 65}},
            "too long start_parameter specified",
        ),
        (
            {"results": [], "button": {"text": "a", "start_parameter": "字"}},
            "unallowed characters in start_parameter are used",
        ),
    ],
)
async def test_refuses_what_telegram_refuses(
    world: World, ask: Ask, parameters: dict[str, object], reason: str
) -> None:
    """A bad answer gets a 400 that says why, and the query can still be answered."""
    query_id = world.inline_query("a")
    code, description = await ask("answerInlineQuery", inline_query_id=query_id, **parameters)
    assert 400 == code
    assert description.startswith(f"Bad Request: {reason}")
    assert await ask("answerInlineQuery", inline_query_id=query_id, results=[article()])


async def test_late_answers_are_refused() -> None:
    """A query can be answered for half a minute."""
    now = 1_744_243_200.0
    world = World(clock=lambda: now)
    query_id = world.inline_query("a")
    now += 30
    assert query_id == world.inline.answerable(query_id).id
    now += 1
    with pytest.raises(ApiError, match="too old"):
        world.inline.answerable(query_id)


async def test_a_query_is_answered_once(world: World, ask: Ask) -> None:
    """A second answer comes too late, and one to no query is refused."""
    assert TOO_OLD == await ask("answerInlineQuery", inline_query_id="1", results=[])
    query_id = world.inline_query("a")
    assert await ask("answerInlineQuery", inline_query_id=query_id, results=[])
    assert TOO_OLD == await ask("answerInlineQuery", inline_query_id=query_id, results=[])


async def test_a_bot_without_inline_mode(world: World, ask: Ask) -> None:
    """The bot itself says so, and nobody can ask it."""
    assert (await ask("getMe"))["supports_inline_queries"] is True
    world.supports_inline_queries = False
    assert (await ask("getMe"))["supports_inline_queries"] is False
    with pytest.raises(ApiError, match="no inline mode"):
        world.inline_query("a")
