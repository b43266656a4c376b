"""What stands between the bot and Telegram: a proxy that can be broken in many ways."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator

KINDS = ("429", "500", "502", "html", "half", "drip", "closed", "silence", "garbage")
"""The ways in which it can be broken."""

_LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)", re.IGNORECASE)
_HOST = re.compile(rb"\r\nhost: *[^\r]*", re.IGNORECASE)
_PAGE = b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
_SLOW_DOWN = (
    b'{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 1",'
    b'"parameters":{"retry_after":1}}'
)
_BROKEN = b'{"ok":false,"error_code":500,"description":"Internal Server Error"}'


def _response(status: bytes, body: bytes, kind: bytes = b"application/json") -> bytes:
    head = b"HTTP/1.1 %b\r\nContent-Type: %b\r\nContent-Length: %d\r\n\r\n"
    return head % (status, kind, len(body)) + body


_ANSWERS = {
    "429": _response(b"429 Too Many Requests", _SLOW_DOWN),
    "500": _response(b"500 Internal Server Error", _BROKEN),
    "502": _response(b"502 Bad Gateway", _PAGE, b"text/html"),
    "html": _response(b"200 OK", _PAGE, b"text/html"),
    "half": b'HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{"ok":true,"result":[',
    "garbage": b"\x00\x01\x02 what is this\r\n\r\n",
    "closed": b"",
}


class Gateway:
    """Passes calls on to the port `upstream`, or, while `broken` names a kind, none."""

    def __init__(self, upstream: int) -> None:
        self._upstream = upstream
        self.broken: str | None = None
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection to its end."""
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._upstream)
        try:
            while request := await _message(reader):
                # A call that is under way when the gateway breaks is lost with it.
                answer = b""
                if not self.broken:
                    # The playground takes calls for its own address alone.
                    host = b"\r\nHost: 127.0.0.1:%d" % self._upstream
                    request = _HOST.sub(host, request, count=1)
                    answer = await _asked(far_reader, far_writer, request)
                if self.broken:
                    await self._fail(self.broken, writer)
                    return
                writer.write(answer)
                await writer.drain()
        finally:
            far_writer.close()

    async def _fail(self, kind: str, writer: asyncio.StreamWriter) -> None:
        if kind in _ANSWERS:
            writer.write(_ANSWERS[kind])
            await writer.drain()
            return
        if kind == "drip":
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while self.broken:
            if kind == "drip":
                writer.write(b" ")
                await writer.drain()
            await asyncio.sleep(0.1)


async def _asked(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes
) -> bytes:
    writer.write(request)
    await writer.drain()
    return await _message(reader)


async def _message(reader: asyncio.StreamReader) -> bytes:
    """A request or a response, which all have a length here; nothing at the end."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return b""
    length = _LENGTH.search(head)
    return head + await reader.readexactly(int(length[1]) if length else 0)


@contextlib.asynccontextmanager
async def gateway(upstream: int) -> AsyncIterator[Gateway]:
    """A gateway to the port `upstream`, until the end of the block."""
    made = Gateway(upstream)
    serving: set[asyncio.Task[None]] = set()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            serving.add(task)
        ended = (OSError, asyncio.IncompleteReadError, asyncio.CancelledError)
        try:
            with contextlib.suppress(*ended):
                await made.serve(reader, writer)
        finally:
            writer.transport.abort()
            if task is not None:
                serving.discard(task)

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        for task in tuple(serving):
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)
