"""Updates per second, the bot beside the bare echo bot.

Both work off the same backlog of questions from many private chats, fetched by long polling from
the playground's Bot API in a process of its own. The time runs from the moment the backlog is
there until the last reply has arrived.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from rich.console import Console

from tests.benchmarks.processes import (
    UNLIMITED,
    Contestant,
    echo_bot,
    load_generator,
    running,
    the_bot,
)
from tests.benchmarks.tables import paired_ratio, spread, table

UPDATES = 2_000
WARM_UP = 500
LIMITED_UPDATES = 900
LATENCIES = (0.0, 0.05)
RATE = "30"

_CAPTION = (
    "Medians of {rounds} rounds (least-greatest). CPU: processor time for one update, ms. "
    "Server: how busy the emulated server kept one core; near 100 % it is the bottleneck."
)


@dataclass(frozen=True)
class Served:
    """One contestant's run; `cpu` and `memory` are None where the system does not tell.

    `seconds` and `cpu` are those of the whole backlog, `busiest` is the most replies in any one
    second, `quoting` how many replies held a quote, `memory` MiB after the last reply and at
    most.
    """

    updates: int
    seconds: float
    server_cpu: float
    calls: int
    quoting: int
    busiest: int
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


def serve(contestant: Contestant, *, updates: int = UPDATES, latency: float = 0.0) -> Served:
    """Have one contestant, freshly started and warmed up, answer the backlog."""
    with load_generator(updates=updates, warm_up=WARM_UP, latency=latency) as generator:
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
                cpu=None if before is None or after is None else after - before,
                memory=process.memory(),
            )


def run(console: Console, rounds: int) -> None:
    """Print updates per second without limits at each latency."""
    result = table(
        f"Updates per second ({UPDATES:,} updates, rate limits off)",
        _CAPTION.format(rounds=rounds),
        *("API latency", "", "updates/s", "ratio bot/echo", "CPU", "server", "with a quote"),
    )
    for latency in LATENCIES:
        pairs = [
            (serve(the_bot(**UNLIMITED), latency=latency), serve(echo_bot(), latency=latency))
            for _ in range(rounds)
        ]
        bots, echoes = zip(*pairs, strict=True)
        ratio = paired_ratio((each.rate for each in bots), (each.rate for each in echoes))
        for name, runs, against in (("bot", bots, ratio), ("echo", echoes, "")):
            result.add_row(
                f"{1000 * latency:.0f} ms",
                name,
                spread([each.rate for each in runs]),
                against,
                spread([each.cpu_each for each in runs], 2),
                f"{statistics.median(each.server_share for each in runs):.0f} %",
                f"{statistics.median(each.quoting / each.updates for each in runs):.0%}",
            )
    console.print(result)


def run_limited(console: Console, rounds: int) -> None:
    """Print what is left with the limits on: the bot's defaults, PTB's same limiter in the echo."""
    result = table(
        f"With rate limits ({LIMITED_UPDATES} updates, {RATE} messages a second)",
        "One round. The limiter is a leaky bucket: after a pause it lets one second's worth go "
        "at once, so the first second holds up to twice the rate. Steady: without that first lot.",
        *("", "updates/s", "steady", "most in one second", "ratio bot/echo"),
    )
    del rounds  # one takes a minute, and shows it
    bot = serve(the_bot(), updates=LIMITED_UPDATES)
    echo = serve(echo_bot(BOT_RATE_OVERALL=RATE), updates=LIMITED_UPDATES)
    for name, each, against in (("bot", bot, f"{bot.rate / echo.rate:.2f}"), ("echo", echo, "")):
        steady = (each.updates - float(RATE)) / each.seconds
        result.add_row(name, f"{each.rate:.1f}", f"{steady:.1f}", str(each.busiest), against)
    console.print(result)
