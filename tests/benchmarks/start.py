"""Cold start: from the start of the process to its first getUpdates, and to its first reply.

One question waits at the server. Each process is new; its compiled modules are on the disk from
a run that does not count.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

from tests.benchmarks.processes import (
    UNLIMITED,
    Contestant,
    echo_bot,
    load_generator,
    running,
    the_bot,
)
from tests.benchmarks.tables import spread, table

LEAST_ROUNDS = 7

_ECHO = "echo"
_WARM = "bot, dictionary cached"
_COLD = "bot, no dictionary cache"


def run(console: Console, rounds: int) -> None:
    """Print both times of the bot, with and without jieba's cache, and of the echo bot."""
    times: dict[str, list[tuple[float, float]]] = {_ECHO: [], _WARM: [], _COLD: []}
    for number in range(1 + max(rounds, LEAST_ROUNDS)):
        for name, kept in times.items():
            with _contestant(name) as contestant:
                measured = _start(contestant)
            if number:
                kept.append(measured)
    result = table(
        "Cold start, seconds from the start of the process",
        f"Medians of {len(times[_ECHO])} rounds (least-greatest); difference and ratio to the "
        "echo bot are of the medians.",
        *("", "first getUpdates", "difference", "ratio", "first reply", "difference"),
    )
    to_poll, to_reply = _medians(times[_ECHO])
    for name, kept in times.items():
        polled, replied = _medians(kept)
        result.add_row(
            name,
            spread([each for each, _ in kept], 2),
            f"{polled - to_poll:+.2f}",
            f"{polled / to_poll:.2f}",
            spread([each for _, each in kept], 2),
            f"{replied - to_reply:+.2f}",
        )
    console.print(result)


@contextmanager
def _contestant(name: str) -> Iterator[Contestant]:
    if name == _COLD:
        with tempfile.TemporaryDirectory() as empty:
            yield the_bot(BOT_CACHE_DIR=empty, **UNLIMITED)
    else:
        yield echo_bot() if name == _ECHO else the_bot(**UNLIMITED)


def _start(contestant: Contestant) -> tuple[float, float]:
    with load_generator() as generator:
        serving = generator.wait_for("serving")
        with running(contestant, url=serving["url"], token=serving["token"]) as process:
            generator.wait_for("polled")
            polled = time.perf_counter() - process.started
            generator.wait_for("answered")
            return polled, time.perf_counter() - process.started


def _medians(times: list[tuple[float, float]]) -> tuple[float, float]:
    return (
        statistics.median(polled for polled, _ in times),
        statistics.median(replied for _, replied in times),
    )
