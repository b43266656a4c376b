"""Memory of the bot and of the bare echo bot, after the same questions."""

from __future__ import annotations

from rich.console import Console

from tests.benchmarks.processes import UNLIMITED, echo_bot, the_bot
from tests.benchmarks.tables import spread, table
from tests.benchmarks.throughput import WARM_UP, serve

UPDATES = 100_000
"""How many; `--updates` takes fewer."""


def run(console: Console, rounds: int, updates: int = UPDATES) -> None:
    """Print resident memory, from Linux's /proc; elsewhere a line that says it is left out."""
    contestants = (the_bot(**UNLIMITED), echo_bot())
    few = [
        [serve(each, updates=WARM_UP, load="in-flight").memory for each in contestants]
        for _ in range(rounds)
    ]
    many = [
        [serve(each, updates=updates, load="in-flight").memory for each in contestants]
        for _ in range(rounds)
    ]
    result = table(
        "Resident memory, MiB",
        f"Medians of {rounds} rounds (least-greatest).",
        *("", "bot", "echo"),
    )
    for label, rows, at in (
        (f"after {2 * WARM_UP:,} updates", few, 0),
        (f"after {WARM_UP + updates:,} updates", many, 0),
        ("at most", many, 1),
    ):
        told = [[memory[at] for memory in row if memory is not None] for row in rows]
        if any(len(row) < len(contestants) for row in told):
            console.print("memory: left out, this system has no /proc to read it from")
            return
        bots, echoes = zip(*told, strict=True)
        result.add_row(label, spread(bots), spread(echoes))
    console.print(result)
