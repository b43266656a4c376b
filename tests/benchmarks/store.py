"""What the store costs: the bot on SQLite beside the bot that keeps all in memory."""

from __future__ import annotations

from rich.console import Console

from tests.benchmarks.processes import UNLIMITED, Contestant, the_bot
from tests.benchmarks.tables import paired_ratio, spread, table
from tests.benchmarks.throughput import LATENCIES, UPDATES, serve

_CAPTION = (
    "Medians of {rounds} rounds (least-greatest). CPU: processor time for one update, ms. Each "
    "update is kept before it is acknowledged, and its question, answer and end are written."
)


def run(console: Console, rounds: int) -> None:
    """Print updates per second with and without a store on the disk."""
    result = table(
        f"The store ({UPDATES:,} updates, rate limits off)",
        _CAPTION.format(rounds=rounds),
        *("API latency", "", "updates/s", "ratio", "CPU"),
    )
    without = Contestant("in memory", ("-m", "tests.benchmarks.storeless_bot"), UNLIMITED)
    for latency in LATENCIES:
        pairs = [
            (serve(the_bot(**UNLIMITED), latency=latency), serve(without, latency=latency))
            for _ in range(rounds)
        ]
        kept, lost = zip(*pairs, strict=True)
        ratio = paired_ratio((each.rate for each in kept), (each.rate for each in lost))
        for name, runs, against in (("SQLite", kept, ratio), ("memory", lost, "")):
            result.add_row(
                f"{1000 * latency:.0f} ms",
                name,
                spread([each.rate for each in runs]),
                against,
                spread([each.cpu_each for each in runs], 2),
            )
    console.print(result)
