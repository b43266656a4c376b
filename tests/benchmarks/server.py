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
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any

from bot.playground import PlaygroundServer, World
from bot.playground.model import Chat, JsonValue, Message, User
from tests.benchmarks.processes import READERS
from tests.benchmarks.questions import mixed
from tests.benchmarks.tables import percentile

_FIRST_READER = 10_000
_FLOODER = 9_999
_QUIET_SECONDS = 1.1  # longer than the rate limiter remembers
_START_TIMEOUT = 20
_TIMEOUT = 600
_IN_FLIGHT = 64
_PACE = 30.0
_FLOOD = 1_000


class CountingWorld(World):
    """A world that keeps when each reader asked and when the bot answered."""

    def __init__(self, readers: int) -> None:
        super().__init__(bot_username="benchmark_bot")
        self.sent: list[tuple[float, int, bool]] = []
        self.readers = readers
        self._asked: dict[int, deque[float]] = {}
        self.turn = 0
        self.waits: list[float] = []
        for number in range(readers):
            self.add_user(_FIRST_READER + number, f"Reader {number}")
        self.add_user(_FLOODER, "Flooder")

    def add_message(self, chat: Chat, sender: User, **fields: JsonValue) -> Message:
        """Store a message; of a bot's it is noted when, to whom, and how long that took."""
        message = super().add_message(chat, sender, **fields)
        if sender.is_bot:
            now = time.perf_counter()
            self.sent.append((now, chat.id, bool(message.quotes())))
            asked = self._asked.get(chat.id)
            if asked:
                self.waits.append(now - asked.popleft())
        return message

    def ask(self, questions: Iterable[str]) -> None:
        """Have the readers ask in turn, all before the bot can be told of any."""
        for question in questions:
            reader = _FIRST_READER + self.turn % self.readers
            self.turn += 1
            self._asked.setdefault(reader, deque()).append(time.perf_counter())
            self.send_text(question, user_id=reader)

    def begin(self) -> None:
        """Count from now on."""
        self.sent.clear()
        self.waits.clear()
        self._asked.clear()


async def serve(updates: int, warm_up: int, latency: float, load: str, readers: int) -> None:
    """Serve one bot through all of it; without `warm_up` only to its first reply."""
    world = CountingWorld(readers)
    world.ask(mixed(1))
    async with PlaygroundServer(world, port=0) as server:
        _tell("serving", url=server.url, token=world.token)
        await world.wait_for(
            lambda: any(call.method == "getUpdates" for call in world.calls), _START_TIMEOUT
        )
        _tell("polled")
        await _until(world, lambda: len(world.sent) >= 1)
        _tell("answered")
        if warm_up:
            world.ask(mixed(warm_up))
            await _until(world, lambda: len(world.sent) >= 1 + warm_up)
            await _quiet(world)
            world.latency = latency
            world.begin()
            _tell("ready")
            _tell("served", **await _measure(world, updates, load))
        await asyncio.to_thread(sys.stdin.read)


async def _measure(world: CountingWorld, updates: int, load: str) -> dict[str, Any]:
    calls = world.call_log.total
    begin, begin_cpu = time.perf_counter(), time.process_time()
    await _LOADS[load](world, updates)
    end, cpu = time.perf_counter(), time.process_time() - begin_cpu
    times = [at for at, _, _ in world.sent]
    return {
        "seconds": end - begin,
        "server_cpu": cpu,
        "calls": world.call_log.total - calls,
        "quoting": sum(quoting for _, _, quoting in world.sent),
        "busiest": max(bisect.bisect(times, at + 1) - place for place, at in enumerate(times)),
        "waits": [percentile(world.waits, share) for share in (0.5, 0.95, 0.99)],
    }


async def _backlog(world: CountingWorld, updates: int) -> None:
    """All at once."""
    first = world.turn
    world.ask(mixed(updates))
    await _until(world, lambda: len(world.sent) >= updates)
    expected = Counter(
        _FIRST_READER + number % world.readers for number in range(first, first + updates)
    )
    if expected != Counter(chat for _, chat, _ in world.sent):
        raise ValueError("not every question got exactly one reply")


async def _in_flight(world: CountingWorld, updates: int) -> None:
    """Always so many unanswered ones that the bot has never nothing to do."""
    questions = mixed(updates)
    world.ask(islice(questions, _IN_FLIGHT))
    asked = _IN_FLIGHT
    while asked < updates:
        await _until(world, partial(_answered, world, asked - _IN_FLIGHT))
        answered = len(world.sent)
        more = min(updates - asked, answered + _IN_FLIGHT - asked)
        world.ask(islice(questions, more))
        asked += more
    await _until(world, lambda: len(world.sent) >= updates)


def _answered(world: CountingWorld, more_than: int) -> bool:
    return len(world.sent) > more_than


async def _paced(world: CountingWorld, updates: int, pace: float = _PACE) -> None:
    """As many a second as Telegram takes from a bot."""
    began = time.perf_counter()
    for number, question in enumerate(mixed(updates)):
        await asyncio.sleep(max(0.0, began + number / pace - time.perf_counter()))
        world.ask([question])
    await _until(world, lambda: len(world.waits) >= updates)


async def _calm(world: CountingWorld, updates: int) -> None:
    """A few readers, evenly."""
    await _paced(world, updates, _PACE / 6)


async def _one_floods(world: CountingWorld, updates: int) -> None:
    """The same while one reader sends a thousand messages."""
    for question in mixed(_FLOOD):
        world.send_text(question, user_id=_FLOODER)
    await _calm(world, updates)


async def _all_flood(world: CountingWorld, updates: int) -> None:
    """The same after a thousand readers asked at once."""
    for number, question in enumerate(mixed(_FLOOD)):
        world.send_text(question, user_id=_FIRST_READER + world.readers - 1 - number)
    await _calm(world, updates)


_LOADS: Mapping[str, Callable[[CountingWorld, int], Awaitable[None]]] = {
    "backlog": _backlog,
    "in-flight": _in_flight,
    "paced": _paced,
    "calm": _calm,
    "one-floods": _one_floods,
    "all-flood": _all_flood,
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
    parser.add_argument("--load", choices=_LOADS, default="backlog")
    parser.add_argument("--readers", type=int, default=READERS)
    given = parser.parse_args(argv)
    try:
        asyncio.run(serve(given.updates, given.warm_up, given.latency, given.load, given.readers))
    except (TimeoutError, ValueError) as error:
        _tell("failed", reason=str(error))


if __name__ == "__main__":
    main(sys.argv[1:])
