"""The load generator: the playground's Bot API with readers who ask, a process of its own.

It prints one JSON object a line as a bot goes through it: `serving`, `polled` (the first
getUpdates came), `answered` (the first reply came), `ready` (the warm-up is over and the bot is
idle), `served` with the figures; or `failed`. It ends with its standard input at the latest, lest
one be left behind.
"""

from __future__ import annotations

import argparse
import asyncio
import bisect
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from bot.playground import PlaygroundServer, World
from bot.playground.model import Chat, JsonValue, Message, User
from tests.benchmarks.questions import mixed

READERS = 500
"""Private chats; the questions go round them."""

_FIRST_READER = 10_000
_QUIET_SECONDS = 1.1  # longer than the rate limiter remembers
_START_TIMEOUT = 20
_TIMEOUT = 120


class CountingWorld(World):
    """A world that keeps all the bot sends, and when."""

    def __init__(self) -> None:
        super().__init__(bot_username="benchmark_bot")
        self.sent: list[tuple[float, Message]] = []
        for number in range(READERS):
            self.add_user(_FIRST_READER + number, f"Reader {number}")

    def add_message(self, chat: Chat, sender: User, **fields: JsonValue) -> Message:
        """Store a message; a bot's is also noted with the time."""
        message = super().add_message(chat, sender, **fields)
        if sender.is_bot:
            self.sent.append((time.perf_counter(), message))
        return message

    def ask(self, questions: Sequence[str]) -> None:
        """Have the readers ask in turn, all before the bot can be told of any."""
        for number, question in enumerate(questions):
            self.send_text(question, user_id=_FIRST_READER + number % READERS)


async def serve(updates: int, warm_up: int, latency: float) -> None:
    """Serve one bot through all of it; without `warm_up` only to its first reply."""
    world = CountingWorld()
    world.ask(list(mixed(1)))
    async with PlaygroundServer(world, port=0) as server:
        _tell("serving", url=server.url, token=world.token)
        await world.wait_for(
            lambda: any(call.method == "getUpdates" for call in world.calls), _START_TIMEOUT
        )
        _tell("polled")
        await _until(world, lambda: len(world.sent) >= 1)
        _tell("answered")
        if warm_up:
            world.ask(list(mixed(warm_up)))
            await _until(world, lambda: len(world.sent) >= 1 + warm_up)
            await _quiet(world)
            _tell("ready")
            _tell("served", **await _measure(world, updates, latency))
        await asyncio.to_thread(sys.stdin.read)


async def _measure(world: CountingWorld, updates: int, latency: float) -> dict[str, Any]:
    world.latency = latency
    world.sent.clear()
    calls = world.call_log.total
    world.ask(list(mixed(updates)))
    begin, begin_cpu = time.perf_counter(), time.process_time()
    await _until(world, lambda: len(world.sent) >= updates)
    end, cpu = time.perf_counter(), time.process_time() - begin_cpu
    await asyncio.sleep(_QUIET_SECONDS / 2)
    expected = Counter(_FIRST_READER + number % READERS for number in range(updates))
    if expected != Counter(message.chat.id for _, message in world.sent):
        raise ValueError("not every question got exactly one reply")
    times = [at for at, _ in world.sent]
    return {
        "seconds": end - begin,
        "server_cpu": cpu,
        "calls": world.call_log.total - calls,
        "quoting": sum(bool(message.quotes()) for _, message in world.sent),
        "busiest": max(bisect.bisect(times, at + 1) - place for place, at in enumerate(times)),
    }


async def _until(world: World, predicate: Callable[[], bool]) -> None:
    await world.wait_for(predicate, _TIMEOUT)


async def _quiet(world: World) -> None:
    """Wait until the bot has called nothing for a while."""
    calls = -1
    while calls != world.call_log.total:
        calls = world.call_log.total
        await asyncio.sleep(_QUIET_SECONDS)


def _tell(event: str, **fields: object) -> None:
    print(json.dumps({"event": event, **fields}), flush=True)


def main(argv: Sequence[str]) -> None:
    """Read the arguments and serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--updates", type=int, default=0)
    parser.add_argument("--warm-up", type=int, default=0)
    parser.add_argument("--latency", type=float, default=0.0, help="seconds a call takes longer")
    arguments = parser.parse_args(argv)
    try:
        asyncio.run(serve(arguments.updates, arguments.warm_up, arguments.latency))
    except (TimeoutError, ValueError) as error:
        _tell("failed", reason=str(error))


if __name__ == "__main__":
    main(sys.argv[1:])
