"""The chat page: its files, and the small JSON API by which it acts for people.

Bad input gets `{"error": "..."}` with a 4xx; the page's requests never reach the bot's token.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.playground.errors import ApiError, bad_request
from bot.playground.feed import page_message
from bot.playground.model import Json
from bot.playground.parameters import Parameters, has_half_surrogates, load_json
from bot.playground.world import World

STATIC = Path(__file__).parent / "static"
MAX_BODY = 64 * 1024
LANGUAGES = ("zh-hans", "zh-hant", "en")
_HEARTBEAT_SECONDS = 15.0

Action = Callable[[World, Parameters], Json]


def page_routes(world: World) -> list[Route | Mount]:
    """Return the page's routes over a world."""

    async def index(request: Request) -> Response:
        return FileResponse(STATIC / "index.html")

    async def state(request: Request) -> Response:
        return JSONResponse(_state(world))

    async def commands(request: Request) -> Response:
        query = Parameters(dict(request.query_params))
        try:
            chat, user = world.chat(query.integer("chat_id")), world.user(query.integer("user_id"))
        except ApiError as error:
            return _error(error)
        return JSONResponse(world.profile.menu(chat, user))

    async def events(request: Request) -> Response:
        cursor = request.headers.get("last-event-id") or request.query_params.get("since", "")
        return StreamingResponse(_stream(world, cursor), media_type="text/event-stream")

    return [
        Route("/", index),
        Mount("/static", StaticFiles(directory=STATIC)),
        Route("/playground/state", state),
        Route("/playground/commands", commands),
        Route("/playground/events", events),
        *(
            Route(f"/playground/{name}", _posted(world, action), methods=["POST"])
            for name, action in _ACTIONS.items()
        ),
    ]


def _posted(world: World, action: Action) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            return JSONResponse(action(world, await _body(request)))
        except ApiError as error:
            return _error(error)

    return endpoint


async def _body(request: Request) -> Parameters:
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise ApiError(415, "Unsupported Media Type: application/json expected")
    raw = b""
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > MAX_BODY:
            raise ApiError(413, "Request Entity Too Large")
    parsed = load_json(raw, "request")
    if not isinstance(parsed, dict):
        raise bad_request("can't parse request JSON object: expected an Object")
    return Parameters(parsed)


def _error(error: ApiError) -> Response:
    return JSONResponse({"error": error.description}, status_code=error.error_code)


def _optional(body: Parameters, name: str) -> int | None:
    return body.integer(name) or None


def _text(body: Parameters) -> str:
    text = body.text("text")
    if has_half_surrogates(text):
        raise bad_request("strings must be encoded in UTF-8")
    return text


def _send(world: World, body: Parameters) -> Json:
    entities: Any = body.nested("entities")
    message = world.send_text(
        _text(body),
        user_id=_optional(body, "user_id"),
        chat_id=_optional(body, "chat_id"),
        reply_to=_optional(body, "reply_to"),
        entities=entities,
        thread_id=_optional(body, "thread_id"),
    )
    return page_message(message)


def _edit(world: World, body: Parameters) -> Json:
    message = world.edit_text(
        body.integer("message_id"),
        _text(body),
        _optional(body, "chat_id"),
        user_id=_optional(body, "user_id"),
    )
    return page_message(message)


def _press(world: World, body: Parameters) -> Json:
    query_id = world.press(
        body.integer("message_id"),
        data=body.text("data"),
        user_id=_optional(body, "user_id"),
        chat_id=_optional(body, "chat_id"),
    )
    return {"query_id": query_id}


def _language(world: World, body: Parameters) -> Json:
    code = body.text("language_code")
    if code not in LANGUAGES:
        raise bad_request("unknown language_code")
    world.set_language(body.integer("user_id"), code)
    return {}


_ACTIONS: dict[str, Action] = {
    "messages": _send,
    "edits": _edit,
    "callbacks": _press,
    "languages": _language,
}


def _state(world: World) -> Json:
    people = [1001, 1002, 1003]
    chats = [world.private_chat(user_id) for user_id in people] + [world.group]
    return {
        "cursor": world.feed.cursor,
        "bot": world.bot.payload(),
        "languages": LANGUAGES,
        "users": [world.user(user_id).payload() for user_id in people],
        "chats": [
            {
                **chat.payload(),
                "members": {str(user): status for user, status in chat.members.items()},
                "reply_keyboard": chat.reply_keyboard,
                "messages": [page_message(message) for message in chat.history.values()],
            }
            for chat in chats
        ],
    }


async def _stream(world: World, cursor: str) -> AsyncIterator[str]:
    feed = world.feed
    yield "retry: 1000\n\n"
    while not feed.closed:
        for number, event in feed.since(cursor):
            cursor = number
            yield f"id: {number}\ndata: {event}\n\n"
        if feed.cursor != cursor or feed.closed:
            continue
        try:
            async with asyncio.timeout(_HEARTBEAT_SECONDS):
                await feed.changes.wait()
        except TimeoutError:
            yield ": still here\n\n"
    # A page that reads this at the end of the server waits a little before it tries again.
    yield f"event: end\ndata: {json.dumps({})}\n\n"
