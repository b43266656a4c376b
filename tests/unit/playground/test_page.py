"""The page's own JSON API."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from bot.playground import World
from bot.playground.feed import Feed

Ask = Callable[..., Awaitable[Any]]

ORIGIN = {"Origin": "http://127.0.0.1"}


async def test_page_is_strict_and_holds_no_token(world: World, client: httpx.AsyncClient) -> None:
    """Page and state come without the token, uncached, and allow no foreign script."""
    for path in ("/", "/static/app.js", "/static/style.css", "/playground/state"):
        response = await client.get(path)
        assert 200 == response.status_code, path
        assert world.token not in response.text
        assert "no-store" == response.headers["cache-control"]
        assert "default-src 'none'" in response.headers["content-security-policy"]


async def test_writes_edits_and_presses(world: World, client: httpx.AsyncClient, ask: Ask) -> None:
    """What the page posts, a person does."""
    sent = await client.post("/playground/messages", json={"text": "问"}, headers=ORIGIN)
    assert "问" == sent.json()["text"]
    edit = {"message_id": 1, "text": "再问", "user_id": 1001, "chat_id": 1001}
    assert 200 == (await client.post("/playground/edits", json=edit, headers=ORIGIN)).status_code
    assert ["再问"] == [m.text for m in world.messages()]
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}
    await ask("sendMessage", chat_id=1001, text="答", reply_markup=markup)
    press = {"chat_id": 1001, "message_id": 2, "data": "b", "user_id": 1001}
    pressed = await client.post("/playground/callbacks", json=press, headers=ORIGIN)
    assert "b" == world.query(pressed.json()["query_id"]).data
    language = {"user_id": 1001, "language_code": "en"}
    await client.post("/playground/languages", json=language, headers=ORIGIN)
    assert "en" == world.reader.language_code


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("messages", b"{", 400),
        ("messages", b"[]", 400),
        ("messages", b'{"text": ""}', 400),
        ("messages", b'{"text": "\\ud800"}', 400),
        ("messages", b'{"text": "a", "chat_id": 5}', 400),
        ("messages", b'{"text": "a", "user_id": "x"}', 400),
        ("messages", b'{"text": "a", "entities": 5}', 400),
        ("messages", b'{"text": "' + b"a" * 70_000 + b'"}', 413),
        ("edits", b'{"message_id": 9, "text": "a"}', 400),
        ("callbacks", b"{}", 400),
        ("languages", b'{"user_id": 1001, "language_code": "tlh"}', 400),
        ("starts", b'{"payload": "a b"}', 400),
        ("inline-queries", b'{"query": "a"}', 400),
        ("inline-results", b'{"query_id": "1", "result_id": "1"}', 400),
        ("faults", b'{"kind": "fire"}', 400),
    ],
)
async def test_bad_input_is_a_json_error(
    client: httpx.AsyncClient, path: str, body: bytes, status: int
) -> None:
    """Bad input gets a 4xx and a line that says why."""
    headers = {**ORIGIN, "Content-Type": "application/json"}
    response = await client.post(f"/playground/{path}", content=body, headers=headers)
    assert status == response.status_code
    assert ["error"] == list(response.json())


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {**ORIGIN, "Sec-Fetch-Site": "cross-site"},
    ],
)
async def test_other_pages_cannot_post(
    world: World, client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    """A post that does not come from the page itself is refused."""
    response = await client.post("/playground/messages", json={"text": "a"}, headers=headers)
    assert 403 == response.status_code
    assert [] == world.messages()


async def test_forms_are_refused(client: httpx.AsyncClient) -> None:
    """Only JSON is read: a plain form needs no permission to be sent across pages."""
    response = await client.post("/playground/messages", data={"text": "a"}, headers=ORIGIN)
    assert 415 == response.status_code


def test_feed_gives_what_was_missed() -> None:
    """A cursor gets the events after it, and `reset` when they are gone or another world's."""
    feed = Feed(limit=2)
    start = feed.cursor
    feed.add("member", {"n": 1})
    ((cursor, event),) = feed.since(start)
    assert {"type": "member", "n": 1} == json.loads(event)
    assert [] == feed.since(cursor)
    feed.add("member", {"n": 2})
    feed.add("member", {"n": 3})
    assert [2, 3] == [json.loads(event)["n"] for _, event in feed.since(cursor)]
    for lost in (start, "other-1", "", "x", f"{cursor}9"):
        assert [(feed.cursor, '{"type": "reset"}')] == feed.since(lost)


async def test_asks_inline_and_sends_what_is_offered(
    world: World, client: httpx.AsyncClient, ask: Ask
) -> None:
    """The page asks in a chat; the bot learns its kind; a result is sent there."""
    for chat_id, kind in ((1001, "sender"), (1004, "private"), (world.group.id, "supergroup")):
        body = {"query": "渐冻症", "user_id": 1001, "chat_id": chat_id}
        asked = await client.post("/playground/inline-queries", json=body, headers=ORIGIN)
        query = (await ask("getUpdates"))[-1]["inline_query"]
        assert (kind, asked.json()["query_id"]) == (query["chat_type"], query["id"])
    choice = {"query_id": query["id"], "result_id": "1", "chat_id": 1004}
    refused = await client.post("/playground/inline-results", json=choice, headers=ORIGIN)
    assert {"error": "Bad Request: inline query result not found"} == refused.json()
    content = {"message_text": "引文"}
    result = {"type": "article", "id": "1", "title": "a", "input_message_content": content}
    await ask("answerInlineQuery", inline_query_id=query["id"], results=[result])
    sent = await client.post("/playground/inline-results", json=choice, headers=ORIGIN)
    assert ("引文", "quoting_bot") == (sent.json()["text"], sent.json()["via_bot"]["username"])


async def test_follows_links_and_opens_topics(
    world: World, client: httpx.AsyncClient, ask: Ask
) -> None:
    """A deep link starts the chat; the group becomes a forum with topics."""
    start = {"payload": "t_1", "user_id": 1003}
    started = await client.post("/playground/starts", json=start, headers=ORIGIN)
    assert "/start t_1" == started.json()["text"]
    assert 200 == (await client.post("/playground/forum", json={}, headers=ORIGIN)).status_code
    said = {"text": "@quoting_bot 问", "chat_id": world.group.id, "user_id": 1001, "thread_id": 2}
    sent = await client.post("/playground/messages", json=said, headers=ORIGIN)
    assert (2, True) == (sent.json()["message_thread_id"], sent.json()["is_topic_message"])
    state = (await client.get("/playground/state")).json()
    assert [1001, 1002, 1003, 1004] == [user["id"] for user in state["users"]]
    assert {"1001": "member", "1004": "member"} == state["chats"][-1]["members"]
