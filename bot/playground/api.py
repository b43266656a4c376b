"""The Bot API over HTTP: `/bot<token>/<method>`, and `/file/bot<token>/<path>` for files."""

from __future__ import annotations

import asyncio
import hmac
import json
import time
from http import HTTPStatus

from starlette.types import Receive, Scope, Send

from bot.playground.calls import Call
from bot.playground.errors import ApiError, bad_request, not_found, unauthorized
from bot.playground.faults import Fault
from bot.playground.methods import METHODS
from bot.playground.parameters import Parameters, parse_parameters
from bot.playground.world import World

MAX_BODY = 20 * 1024 * 1024
_JSON = b"application/json"
_HTML = b"text/html"
_BAD_GATEWAY = (
    b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n"
    b"<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"
)


class _Gone(Exception):
    """The client closed the connection before its request was read."""


class BotApi:
    """An ASGI application; it reads the path by itself, as routing costs more than answering."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._token = world.token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call."""
        wants_file = scope["path"].startswith("/file/")
        path = scope["path"].removeprefix("/file")
        token, _, method = path.removeprefix("/bot").partition("/")
        if not hmac.compare_digest(token.encode(errors="replace"), self._token):
            await _respond(send, 401, _encode(unauthorized().payload()))
            return
        if wants_file:
            await self._send_file(send, method)
            return
        started = time.perf_counter()
        world = self._world
        parameters = Parameters({})
        try:
            parameters = await _read(scope, receive)
            if world.latency:
                await asyncio.sleep(world.latency)
            fault = self._take_fault(method)
            status, body = await self._outcome(method, parameters, fault, receive)
        except ApiError as error:
            fault, status, body = None, error.error_code, _encode(error.payload())
        except _Gone:
            return
        dropped = fault is not None and fault.kind == "drop"
        duration = time.perf_counter() - started
        world.call_log.add(
            Call(method, parameters.values, 0 if dropped else status, world.clock(), duration, body)
        )
        world.changes.notify()
        if dropped:
            await _drop(send)
        else:
            await _respond(send, status, body, _HTML if body is _BAD_GATEWAY else _JSON)

    def _take_fault(self, method: str) -> Fault | None:
        faults = self._world.faults
        fault = faults.take(method.lower())
        if fault is not None:
            self._world.announce("faults", {"pending": faults.pending()})
        return fault

    async def _send_file(self, send: Send, path: str) -> None:
        photo = self._world.photos.by_path(path)
        if photo is None:
            await _respond(send, 404, _encode(not_found().payload()))
        else:
            await _respond(send, 200, photo.content, photo.media_type.encode())

    async def _outcome(
        self, method: str, parameters: Parameters, fault: Fault | None, receive: Receive
    ) -> tuple[int, bytes]:
        if fault is not None:
            if fault.kind == "status":
                if fault.status == HTTPStatus.BAD_GATEWAY:
                    return 502, _BAD_GATEWAY
                raise fault.error()
            if fault.kind == "drop" and not fault.after_effect:
                return 0, b""
            await self._silence(fault.seconds)
        handler = METHODS.get(method.lower())
        if handler is None:
            raise not_found()
        call = handler(self._world, parameters)
        # Only a call that waits can outlive its client.
        if method.lower() == "getupdates" and parameters.integer("timeout") > 0:
            result = await _unless_gone(call, receive)
        else:
            result = await call
        if isinstance(result, bytes):
            return 200, b'{"ok":true,"result":' + result + b"}"
        return 200, _encode({"ok": True, "result": result})

    async def _silence(self, seconds: float) -> None:
        ending = self._world.feed
        deadline = asyncio.get_running_loop().time() + seconds
        while not ending.closed:
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                return
            # In short steps, so that a silent call does not hold up the end of the server.
            await asyncio.sleep(min(left, 0.1))


async def _unless_gone(call: object, receive: Receive) -> object:
    work = asyncio.ensure_future(call)  # type: ignore[call-overload]  # it is the handler's coroutine
    gone = asyncio.ensure_future(receive())
    try:
        await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            raise _Gone
        return work.result()
    finally:
        for task in (work, gone):
            task.cancel()
        await asyncio.gather(work, gone, return_exceptions=True)


async def _read(scope: Scope, receive: Receive) -> Parameters:
    content_type = ""
    for name, value in scope["headers"]:
        if name == b"content-type":
            content_type = value.decode("latin-1")
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _Gone
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > MAX_BODY:
            raise ApiError(413, "Request Entity Too Large")
        chunks.append(chunk)
        if not message.get("more_body"):
            break
    if scope["method"] not in ("GET", "POST"):
        raise bad_request("only GET and POST are understood")
    return parse_parameters(scope["query_string"], content_type, b"".join(chunks))


def _encode(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


async def _respond(send: Send, status: int, body: bytes, content_type: bytes = _JSON) -> None:
    headers = [
        (b"content-type", content_type),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _drop(send: Send) -> None:
    # A promised body that never comes: the server closes the connection when we return.
    headers = [(b"content-type", _JSON), (b"content-length", b"2")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
