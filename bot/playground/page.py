"""The chat page: its files, what it is told, and where it posts what people do.

Bad input gets `{"error": "..."}` with a 4xx; the page's requests never reach the bot's token.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.playground.actions import ACTIONS, LANGUAGES, Action
from bot.playground.errors import ApiError, bad_request
from bot.playground.feed import page_message
from bot.playground.model import Json
from bot.playground.parameters import Parameters, load_json
from bot.playground.population import ADMIN_ID, GUEST_ID, READER_ID
from bot.playground.traffic import stream_calls
from bot.playground.world import World

STATIC = Path(__file__).parent / "static"
MAX_BODY = 64 * 1024
_HEARTBEAT_SECONDS = 15.0
PEOPLE = (READER_ID, ADMIN_ID, GUEST_ID)


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

    async def calls(request: Request) -> Response:
        return StreamingResponse(stream_calls(world), media_type="text/event-stream")

    async def photo(request: Request) -> Response:
        found = world.photos.by_unique_id(request.path_params["unique_id"])
        if found is None:
            return _error(ApiError(404, "Not Found"))
        return Response(found.content, media_type=found.media_type)

    return [
        Route("/", index),
        Mount("/static", StaticFiles(directory=STATIC)),
        Route("/playground/state", state),
        Route("/playground/commands", commands),
        Route("/playground/events", events),
        Route("/playground/calls", calls),
        Route("/playground/photos/{unique_id}", photo),
        *(
            Route(f"/playground/{name}", _posted(world, action), methods=["POST"])
            for name, action in ACTIONS.items()
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


def _state(world: World) -> Json:
    private = [world.private_chat(user_id) for user_id in PEOPLE]
    return {
        "cursor": world.feed.cursor,
        "bot": world.bot.payload(),
        "supports_inline_queries": world.supports_inline_queries,
        "supports_guest_queries": world.supports_guest_queries,
        "pending_faults": world.faults.pending(),
        "languages": LANGUAGES,
        "suggestions": world.suggestions,
        "people": PEOPLE,
        "group": world.group.id,
        "friend": world.friend_chat.id,
        "users": [world.user(user_id).payload() for user_id in (*PEOPLE, world.friend_chat.id)],
        "chats": [
            {
                **chat.payload(),
                "members": {str(user): status for user, status in chat.members.items()},
                "reply_keyboard": chat.reply_keyboard,
                "messages": [page_message(message) for message in chat.history.values()],
            }
            for chat in (*private, world.group, world.friend_chat)
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
