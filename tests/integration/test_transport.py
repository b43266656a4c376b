from __future__ import annotations

import asyncio
import contextlib
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from telegram import Bot
from telegram.error import NetworkError, TimedOut

from bot.chat import ChatOptions
from bot.chat.transport import build_requests
from bot.playground import PlaygroundServer, World

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@contextlib.asynccontextmanager
async def listening(serve: Serve) -> AsyncIterator[int]:
    """A TCP server that does what it is told; its port."""
    handlers: set[asyncio.Task[None]] = set()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            handlers.add(task)
        # Cancelled at the end; asyncio's streams would log that as an error.
        ended = (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError)
        try:
            with contextlib.suppress(*ended):
                await serve(reader, writer)
        finally:
            writer.transport.abort()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in handlers:
            task.cancel()
        await asyncio.gather(*handlers, return_exceptions=True)


async def _piped(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str, port: int
) -> None:
    """Carry bytes both ways until either side ends."""
    far_reader, far_writer = await asyncio.open_connection(host, port)

    async def carry(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        while data := await source.read(65536):
            sink.write(data)
            await sink.drain()

    ways = [asyncio.create_task(carry(reader, far_writer))]
    ways.append(asyncio.create_task(carry(far_reader, writer)))
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)
        far_writer.transport.abort()


async def _get_me(options: ChatOptions, token: str) -> bytes:
    for_updates, request = build_requests(options)
    try:
        return await request.post(f"{options.api_url}/bot{token}/getMe")  # type: ignore[return-value]
    finally:
        await request.shutdown()
        await for_updates.shutdown()


async def test_calls_go_through_an_http_proxy(world: World, server: PlaygroundServer) -> None:
    """By a tunnel; the proxy gets its password."""
    seen: list[str] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append((await reader.readuntil(b"\r\n\r\n")).decode())
        host, _, port = seen[-1].split()[1].partition(":")
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await _piped(reader, writer, host, int(port))

    async with listening(proxy) as port:
        proxy_url = f"http://user:pass@127.0.0.1:{port}"
        await _get_me(ChatOptions(api_url=server.url, proxy_url=proxy_url), world.token)
    assert (True, True) == (seen[0].startswith("CONNECT 127.0.0.1:"), "Basic" in seen[0])


@pytest.mark.parametrize("scheme", ["socks5", "socks5h", "SOCKS5"])
async def test_calls_go_through_a_socks_proxy(
    world: World, server: PlaygroundServer, scheme: str
) -> None:
    """Names are left to the proxy to resolve."""
    asked: list[bytes] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _, methods = await reader.readexactly(2)
        await reader.readexactly(methods)
        writer.write(b"\x05\x00")
        _, _, _, kind, length = await reader.readexactly(5)
        asked.append(await reader.readexactly(length))
        await reader.readexactly(2)
        writer.write(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
        assert kind == 3
        await _piped(reader, writer, "127.0.0.1", server.port)

    async with listening(proxy) as port:
        options = ChatOptions(
            api_url=f"http://localhost:{server.port}", proxy_url=f"{scheme}://127.0.0.1:{port}"
        )
        await _get_me(options, world.token)
    assert [b"localhost"] == asked


async def test_a_dead_proxy_is_a_network_error() -> None:
    """Said as such, and not as a timeout that would be tried again at once."""
    options = ChatOptions(api_url="http://telegram.invalid", proxy_url="socks5://127.0.0.1:9")
    with pytest.raises(NetworkError, match="ProxyError") as failed:
        await _get_me(options, "1:a")
    assert not isinstance(failed.value, TimedOut)


async def test_a_refused_connection_is_no_timeout() -> None:
    """Nobody listens: an error at once."""
    with pytest.raises(NetworkError, match="ConnectError") as failed:
        await _get_me(ChatOptions(api_url="http://127.0.0.1:9"), "1:a")
    assert not isinstance(failed.value, TimedOut)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n<ht>",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]",
        b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 6\r\n\r\n<html>",
        b"\x00\x01",
    ],
)
async def test_a_broken_answer_is_a_network_error(answer: bytes) -> None:
    """Closed without a word, half a body, HTML, a list, noise."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()

    async with listening(serve) as port:
        with pytest.raises(NetworkError) as failed:
            await _get_me(ChatOptions(api_url=f"http://127.0.0.1:{port}"), "1:a")
    assert not isinstance(failed.value, TimedOut)


async def test_a_silent_server_and_a_slow_drip_time_out() -> None:
    """A byte now and then does not keep a call alive for ever."""

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n")
        while True:
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.05)

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(60)

    for serve in (drip, silent):
        async with listening(serve) as port:
            options = ChatOptions(
                api_url=f"http://127.0.0.1:{port}", request_timeout=0.3, connect_timeout=0.3
            )
            with pytest.raises(TimedOut):
                await _get_me(options, "1:a")


async def test_a_request_object_works_again_after_its_end(
    world: World, server: PlaygroundServer
) -> None:
    """An application that is shut down can be initialised once more."""
    for_updates, request = build_requests(ChatOptions(api_url=server.url))
    for _ in range(2):
        await request.initialize()
        await request.post(f"{server.url}/bot{world.token}/getMe")
        await request.shutdown()
    await for_updates.shutdown()


async def test_a_redirect_is_not_followed() -> None:
    """Its address would be handed the token."""
    visited: list[bytes] = []

    async def elsewhere(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visited.append(await reader.readuntil(b"\r\n\r\n"))

    async with listening(elsewhere) as other:

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            where = b"Location: http://127.0.0.1:%d/\r\n" % other
            writer.write(b"HTTP/1.1 307 Moved\r\n" + where + b"Content-Length: 0\r\n\r\n")
            await writer.drain()

        async with listening(serve) as port:
            with pytest.raises(NetworkError):
                await _get_me(ChatOptions(api_url=f"http://127.0.0.1:{port}"), "1:a")
    assert [] == visited


async def test_an_answer_without_end_is_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Announced or not, no more is read than an answer can have."""
    monkeypatch.setattr("bot.chat.transport.MAX_ANSWER", 1000)

    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            writer.write(b"400\r\n" + b" " * 0x400 + b"\r\n")
            await writer.drain()

    async with listening(endless) as port:
        with pytest.raises(NetworkError, match="ReadError"):
            await _get_me(ChatOptions(api_url=f"http://127.0.0.1:{port}"), "1:a")


@pytest.mark.parametrize(
    "answer", [b"", b"\x00\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{", None]
)
async def test_no_error_holds_the_token(answer: bytes | None) -> None:
    """Neither in its words nor in its cause; some of aiohttp's quote the address."""
    token = "987654321:" + "S" * 35

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        if answer is None:
            await asyncio.sleep(60)
        writer.write(answer or b"")
        await writer.drain()

    async with listening(serve) as port:
        options = ChatOptions(
            api_url=f"http://127.0.0.1:{port}", request_timeout=0.2, connect_timeout=0.2
        )
        with pytest.raises(NetworkError) as failed:
            await _get_me(options, token)
    shown = "".join(traceback.format_exception(failed.value, chain=True))
    # The frames' own source lines name variables, not values.
    assert (False, None) == (token in shown, failed.value.__cause__)


async def test_text_goes_as_json_and_half_a_character_does_no_harm(
    world: World, server: PlaygroundServer
) -> None:
    """Chinese as it is; what is no UTF-8 becomes a question mark, and not an error of ours."""
    _, request = build_requests(ChatOptions(api_url=server.url))
    world.send_text("你好")
    async with Bot(world.token, base_url=f"{server.url}/bot", request=request) as bot:
        sent = await bot.send_message(1001, "引文\ud800。")
    assert "引文?。" == world.private_chat().history[sent.message_id].text
