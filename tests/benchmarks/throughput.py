"""Updates per second, the bot beside three bare echo bots.

All work off the same backlog of questions from many private chats, fetched by long polling from
the playground's Bot API in a process of its own. The time runs from the moment the backlog is
there until the last reply has arrived.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from rich.console import Console

from tests.benchmarks.processes import (
    READERS,
    UNLIMITED,
    Contestant,
    aiogram_bot,
    default_echo_bot,
    echo_bot,
    load_generator,
    running,
    the_bot,
)
from tests.benchmarks.tables import paired_ratio, spread, table

UPDATES = 2_000
WARM_UP = 600
LIMITED_UPDATES = 900
LATENCIES = (0.0, 0.05)
RATE = "30"
MANY_READERS = 1 + WARM_UP + UPDATES
"""As many as questions: none is a follow-up, so each was asked before in the warm-up."""

_CAPTION = (
    "Medians of {rounds} rounds (least-greatest). CPU: processor time for one update, ms. "
    "Server: how busy the emulated server kept one core; near 100 % it is the bottleneck."
)


@dataclass(frozen=True)
class Served:
    """One contestant's run; `cpu` and `memory` are None where the system does not tell.

    `seconds` and `cpu` are those of the whole backlog, `busiest` is the most replies in any one
    second, `quoting` how many replies held a quote, `waits` the seconds from a question to its
    answer (median, 95th and 99th percentile), `memory` MiB after the last reply and at most.
    """

    updates: int
    seconds: float
    server_cpu: float
    calls: int
    quoting: int
    busiest: int
    waits: tuple[float, float, float]
    cpu: float | None
    memory: tuple[float, float] | None

    @property
    def rate(self) -> float:
        """Updates answered a second."""
        return self.updates / self.seconds

    @property
    def cpu_each(self) -> float:
        """Milliseconds of processor time an update; NaN where it is not known."""
        return float("nan") if self.cpu is None else 1000 * self.cpu / self.updates

    @property
    def server_share(self) -> float:
        """How busy the server was, in percent of one core."""
        return 100 * self.server_cpu / self.seconds


def serve(
    contestant: Contestant,
    *,
    updates: int = UPDATES,
    latency: float = 0.0,
    load: str = "backlog",
    readers: int = MANY_READERS,
) -> Served:
    """Have one contestant, freshly started and warmed up, answer questions as `load` has them."""
    with load_generator(
        updates=updates, warm_up=WARM_UP, latency=latency, load=load, readers=readers
    ) as generator:
        serving = generator.wait_for("serving")
        with running(contestant, url=serving["url"], token=serving["token"]) as process:
            for event in ("polled", "answered", "ready"):
                generator.wait_for(event)
            before = process.cpu_seconds()
            figures = generator.wait_for("served")
            after = process.cpu_seconds()
            return Served(
                updates=updates,
                seconds=figures["seconds"],
                server_cpu=figures["server_cpu"],
                calls=figures["calls"],
                quoting=figures["quoting"],
                busiest=figures["busiest"],
                waits=tuple(figures["waits"]),
                cpu=None if before is None or after is None else after - before,
                memory=process.memory(),
            )


def _rows(latency: float) -> dict[str, Served]:
    """One round: all contestants in turn."""
    bot = the_bot(**UNLIMITED)
    peers = (echo_bot(), default_echo_bot(), aiogram_bot())
    return {
        "bot, questions asked before": serve(bot, latency=latency),
        "bot, half of them new or follow-ups": serve(bot, latency=latency, readers=READERS),
    } | {peer.name: serve(peer, latency=latency) for peer in peers}


def run(console: Console, rounds: int) -> None:
    """Print updates per second without limits at each latency."""
    result = table(
        f"Updates per second ({UPDATES:,} updates, rate limits off)",
        _CAPTION.format(rounds=rounds),
        *("API latency", "", "updates/s", "ratio to the first echo", "CPU", "server", "quoting"),
    )
    for latency in LATENCIES:
        measured = [_rows(latency) for _ in range(rounds)]
        peers = [each[echo_bot().name].rate for each in measured]
        for name in measured[0]:
            runs = [each[name] for each in measured]
            result.add_row(
                f"{1000 * latency:.0f} ms",
                name,
                spread([each.rate for each in runs]),
                paired_ratio([each.rate for each in runs], peers),
                spread([each.cpu_each for each in runs], 2),
                f"{statistics.median(each.server_share for each in runs):.0f} %",
                f"{statistics.median(each.quoting / each.updates for each in runs):.0%}",
            )
    console.print(result)


def run_limited(console: Console, rounds: int) -> None:
    """Print what is left with the limits on: the bot's defaults, PTB's limiter in the echo."""
    result = table(
        f"With rate limits ({LIMITED_UPDATES} updates, {RATE} messages a second)",
        "One round. Each limiter lets a few go at once after a pause: the bot's ten, PTB's one "
        "second's worth. Steady: without the first second's worth.",
        *("", "updates/s", "steady", "most in one second", "ratio bot/echo"),
    )
    del rounds  # one takes a minute, and shows it
    bot = serve(the_bot(), updates=LIMITED_UPDATES)
    echo = serve(echo_bot(BOT_RATE_OVERALL=RATE), updates=LIMITED_UPDATES)
    for name, each, against in (("bot", bot, f"{bot.rate / echo.rate:.2f}"), ("echo", echo, "")):
        steady = (each.updates - float(RATE)) / each.seconds
        result.add_row(name, f"{each.rate:.1f}", f"{steady:.1f}", str(each.busiest), against)
    console.print(result)
