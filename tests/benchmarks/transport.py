"""Calls of the Bot API a second: PTB's own transport, httpx-aiohttp's and the bot's.

Each client is a process of its own that sends the same answer again and again to the playground's
Bot API, in a third process, which answers at once or 50 ms later.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import httpx
from httpx_aiohttp import AiohttpTransport
from rich.console import Console
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity
from telegram.request import BaseRequest, HTTPXRequest

from bot.chat import ChatOptions
from bot.chat.transport import build_requests
from bot.playground import PlaygroundServer, World
from bot.project import PROJECT_ROOT
from tests.benchmarks.tables import paired_ratio, spread, table

LATENCIES = (0.0, 0.05)
CONCURRENCY = (1, 32, 256)
CALLS = {0.0: 1_500, 0.05: 1_500}
_ONE_AT_A_TIME = {0.0: 500, 0.05: 60}
_READER = 1001
_MODULE = "tests.benchmarks.transport"
_TEXT = 6 * "2024年10月，张毅团队启动了一项治疗渐冻症的临床研究。" + "\n——站在前沿"


def _default(connections: int) -> BaseRequest:
    # PTB's five seconds and its one second for a free connection would end a call of a burst.
    return HTTPXRequest(
        connection_pool_size=connections, read_timeout=60, connect_timeout=60, pool_timeout=60
    )


def _httpx_aiohttp(connections: int) -> BaseRequest:
    limits = httpx.Limits(max_connections=connections)
    transport = AiohttpTransport(verify=False, limits=limits)
    return HTTPXRequest(
        read_timeout=60,
        connect_timeout=60,
        pool_timeout=60,
        httpx_kwargs={"transport": transport},
    )


def _ours(connections: int) -> BaseRequest:
    options = ChatOptions(api_url="http://127.0.0.1", concurrent_updates=connections)
    return build_requests(options)[1]


TRANSPORTS: dict[str, Callable[[int], BaseRequest]] = {
    "PTB's default (httpx)": _default,
    "httpx-aiohttp": _httpx_aiohttp,
    "the bot's (aiohttp)": _ours,
}


def run(console: Console, rounds: int) -> None:
    """Print calls a second of each at each latency and concurrency."""
    result = table(
        "Calls of the Bot API a second: an answer with three buttons rows and four entities",
        f"Medians of {rounds} rounds (least-greatest); ratios are to PTB's default in the same "
        "round. CPU: the client's processor time for one call, ms.",
        *("API latency, calls at once", "", "calls/s", "ratio", "CPU"),
    )
    for latency in LATENCIES:
        with _server(latency) as (url, token):
            for concurrency in CONCURRENCY:
                calls = _ONE_AT_A_TIME[latency] if concurrency == 1 else CALLS[latency]
                measured: dict[str, list[tuple[float, float]]] = {name: [] for name in TRANSPORTS}
                for _ in range(rounds):
                    for name, kept in measured.items():
                        seconds, cpu = _client(name, url, token, concurrency, calls)
                        kept.append((calls / seconds, 1000 * cpu / calls))
                peers = [rate for rate, _ in next(iter(measured.values()))]
                for name, kept in measured.items():
                    rates = [rate for rate, _ in kept]
                    result.add_row(
                        f"{1000 * latency:.0f} ms, {concurrency}",
                        name,
                        spread(rates),
                        paired_ratio(rates, peers),
                        spread([cpu for _, cpu in kept], 2),
                    )
    console.print(result)


@contextmanager
def _server(latency: float) -> Iterator[tuple[str, str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", _MODULE, "serve", f"--latency={latency}"],
        cwd=PROJECT_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        yield told["url"], told["token"]
    finally:
        process.terminate()
        process.communicate()


def _client(name: str, url: str, token: str, concurrency: int, calls: int) -> tuple[float, float]:
    done = subprocess.run(
        [
            *(sys.executable, "-m", _MODULE, "call", f"--transport={name}"),
            *(f"--concurrency={concurrency}", f"--calls={calls}"),
        ],
        cwd=PROJECT_ROOT,
        env=os.environ | {"BOT_API_URL": url, "BOT_TOKEN": token},
        check=True,
        capture_output=True,
        text=True,
    )
    told = json.loads(done.stdout)
    return told["seconds"], told["cpu"]


async def serve(latency: float) -> None:
    """Serve until standard input ends."""
    world = World()
    world.send_text("你好")
    world.latency = latency
    async with PlaygroundServer(world, port=0) as server:
        print(json.dumps({"url": server.url, "token": world.token}), flush=True)
        await asyncio.to_thread(sys.stdin.read)


async def call(transport: str, url: str, token: str, concurrency: int, calls: int) -> None:
    """Send the answer so often, and print how long it took."""
    request = TRANSPORTS[transport](concurrency)
    buttons = [
        [InlineKeyboardButton(label, callback_data=f"1:w:{label}:0:{_READER}") for label in row]
        for row in ("文抄图", "好差", "一二三")
    ]
    entities = [
        MessageEntity(MessageEntity.BLOCKQUOTE, 0, 150),
        MessageEntity(MessageEntity.BOLD, 0, 8),
        MessageEntity(MessageEntity.BOLD, 26, 8),
        MessageEntity(MessageEntity.TEXT_LINK, 152, 6, url="https://t.me/a_bot?start=1p0001"),
    ]
    left = calls

    async def send() -> None:
        await bot.send_message(
            _READER, _TEXT, entities=entities, reply_markup=InlineKeyboardMarkup(buttons)
        )

    async def work() -> None:
        nonlocal left
        while left > 0:
            left -= 1
            await send()

    async with Bot(token, base_url=f"{url}/bot", request=request) as bot:
        await asyncio.gather(*(send() for _ in range(concurrency)))
        begin, begin_cpu = time.perf_counter(), time.process_time()
        await asyncio.gather(*(work() for _ in range(concurrency)))
        seconds, cpu = time.perf_counter() - begin, time.process_time() - begin_cpu
    print(json.dumps({"seconds": seconds, "cpu": cpu}))


def main(argv: Sequence[str]) -> None:
    """One of the processes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("role", choices=["serve", "call"])
    parser.add_argument("--latency", type=float, default=0.0)
    parser.add_argument("--transport", choices=TRANSPORTS)
    parser.add_argument("--concurrency", type=int, default=1)
    parser.add_argument("--calls", type=int, default=1)
    given = parser.parse_args(argv)
    if given.role == "serve":
        asyncio.run(serve(given.latency))
    else:
        url, token = os.environ["BOT_API_URL"], os.environ["BOT_TOKEN"]
        asyncio.run(call(given.transport, url, token, given.concurrency, given.calls))


if __name__ == "__main__":
    main(sys.argv[1:])
