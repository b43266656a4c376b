"""Memory of the bot and of the bare echo bot, after the same backlog."""

from __future__ import annotations

from rich.console import Console

from tests.benchmarks.processes import UNLIMITED, echo_bot, the_bot
from tests.benchmarks.tables import spread, table
from tests.benchmarks.throughput import UPDATES, WARM_UP, serve


def run(console: Console, rounds: int) -> None:
    """Print resident memory, from Linux's /proc; elsewhere a line that says it is left out."""
    pairs = [(serve(the_bot(**UNLIMITED)).memory, serve(echo_bot()).memory) for _ in range(rounds)]
    bots = [memory for memory, _ in pairs if memory is not None]
    echoes = [memory for _, memory in pairs if memory is not None]
    if not bots or not echoes:
        console.print("memory: left out, this system has no /proc to read it from")
        return
    result = table(
        f"Resident memory after {WARM_UP + UPDATES:,} updates, MiB",
        f"Medians of {rounds} rounds (least-greatest).",
        *("", "bot", "echo", "difference"),
    )
    for row, label in enumerate(("after the last reply", "at most")):
        of_bot = [memory[row] for memory in bots]
        of_echo = [memory[row] for memory in echoes]
        more = [one - other for one, other in zip(of_bot, of_echo, strict=True)]
        result.add_row(label, *(spread(values) for values in (of_bot, of_echo, more)))
    console.print(result)
