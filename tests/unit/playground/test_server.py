"""Serving on a port of this machine."""

from __future__ import annotations

import asyncio
import time

import httpx
import pytest

from bot.errors import BotError, PortInUse
from bot.playground import PlaygroundServer, World


async def test_stops_quickly_with_polls_and_streams_open(world: World) -> None:
    """An open poll, an open event stream and a silent call do not hold up the end."""
    async with httpx.AsyncClient(timeout=30) as client:
        async with PlaygroundServer(world, port=0) as server:
            base = f"{server.url}/bot{world.token}"
            world.faults.silence(20, "getMe")
            open_calls = [
                asyncio.create_task(client.get(f"{base}/getUpdates?timeout=30")),
                asyncio.create_task(client.get(f"{base}/getMe")),
                asyncio.create_task(
                    client.get(f"{server.url}/playground/events?since={world.feed.cursor}")
                ),
            ]
            await asyncio.sleep(0.2)
            started = time.perf_counter()
        assert time.perf_counter() - started < 1
        answers = await asyncio.gather(*open_calls)
        assert [200, 200, 200] == [answer.status_code for answer in answers]


async def test_taken_port(world: World) -> None:
    """A taken port is an error of the project's own, naming the setting."""
    async with PlaygroundServer(world, port=0) as server:
        with pytest.raises(PortInUse, match="BOT_PLAYGROUND_PORT") as caught:
            await PlaygroundServer(World(), port=server.port).__aenter__()
        assert isinstance(caught.value, BotError)


async def test_dropped_connections(world: World) -> None:
    """A dropped call breaks the connection; its effect is there only when ordered so."""
    async with PlaygroundServer(world, port=0) as server, httpx.AsyncClient() as client:
        url = f"{server.url}/bot{world.token}/sendMessage?chat_id=1001&text=a"
        world.faults.drop("sendMessage")
        with pytest.raises(httpx.TransportError):
            await client.get(url)
        assert 0 == len(world.messages())
        world.faults.drop("sendMessage", after_effect=True)
        with pytest.raises(httpx.TransportError):
            await client.get(url)
        assert 1 == len(world.messages())
        assert [0, 0] == [call.status for call in world.calls]


async def test_answers_without_delay(world: World) -> None:
    """A small call takes milliseconds: no packet waits for another's acknowledgement."""
    async with PlaygroundServer(world, port=0) as server, httpx.AsyncClient() as client:
        url = f"{server.url}/bot{world.token}/getMe"
        started = time.perf_counter()
        for _ in range(50):
            await client.post(url, json={})
        assert time.perf_counter() - started < 1


async def test_host_names_the_port_too(world: World) -> None:
    """Only this machine's own names with this port are let in."""
    async with PlaygroundServer(world, port=0) as server, httpx.AsyncClient() as client:
        wrong = f"127.0.0.1:{server.port + 1}"
        assert 403 == (await client.get(server.url, headers={"Host": wrong})).status_code
        right = f"localhost:{server.port}"
        assert 200 == (await client.get(server.url, headers={"Host": right})).status_code


async def test_events_stream(world: World) -> None:
    """The page's stream carries what happens, each event with its cursor."""
    async with PlaygroundServer(world, port=0) as server, httpx.AsyncClient() as client:
        url = f"{server.url}/playground/events"
        since = {"Last-Event-ID": world.feed.cursor}
        async with client.stream("GET", url, headers=since) as stream:
            lines = stream.aiter_lines()
            world.send_text("你好")
            seen = [await anext(lines) for _ in range(4)]
        assert f"id: {world.feed.cursor}" == seen[2]
        assert '"text": "你好"' in seen[3]


async def test_listens_on_this_machine_alone(world: World) -> None:
    """On 127.0.0.1 and on no other address, not even another of the loopback's."""
    async with PlaygroundServer(world, port=0) as server:
        assert f"http://127.0.0.1:{server.port}" == server.url
        _, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.close()
        for other in ("127.0.0.2", "::1"):
            with pytest.raises(OSError, match=other):
                await asyncio.open_connection(other, server.port)
