"""How long a reader waits: at 30 questions a second, at saturation, and while others flood."""

from __future__ import annotations

from rich.console import Console

from tests.benchmarks.processes import UNLIMITED, aiogram_bot, echo_bot, the_bot
from tests.benchmarks.tables import spread, table
from tests.benchmarks.throughput import LATENCIES, Served, serve

PACED = 300
SATURATED = 2_000
OTHERS = 150
_FLOODED_READERS = 2_000


def run(console: Console, rounds: int) -> None:
    """Print the median and the 99th percentile of the time from a question to its answer."""
    result = table(
        "Milliseconds from a question to its answer (limits off, questions asked before)",
        f"Medians of {rounds} rounds (least-greatest). Saturation: 64 questions are unanswered at "
        "every moment.",
        *("API latency", "", "30/s: median", "p99", "saturation: median", "p99", "updates/s"),
    )
    for latency in LATENCIES:
        for contestant in (the_bot(**UNLIMITED), echo_bot(), aiogram_bot()):
            paced = [
                serve(contestant, updates=PACED, latency=latency, load="paced")
                for _ in range(rounds)
            ]
            full = [
                serve(contestant, updates=SATURATED, latency=latency, load="in-flight")
                for _ in range(rounds)
            ]
            result.add_row(
                f"{1000 * latency:.0f} ms",
                contestant.name,
                *(_milliseconds(paced, at) for at in (0, 2)),
                *(_milliseconds(full, at) for at in (0, 2)),
                spread([each.rate for each in full]),
            )
    console.print(result)


def run_flood(console: Console, rounds: int) -> None:
    """Print how long others wait while one reader sends 1,000 messages, or 1,000 ask at once."""
    result = table(
        f"Milliseconds from a question to its answer, {OTHERS} questions at 5 a second",
        f"Medians of {rounds} rounds (least-greatest). The ratio is to the same bot when calm.",
        *("limits", "", "median", "p99", "ratio of medians"),
    )
    loads = {
        "calm": "calm",
        "one reader sends 1,000": "one-floods",
        "1,000 readers ask at once": "all-flood",
    }
    for limits, bot in (("on", the_bot()), ("off", the_bot(**UNLIMITED))):
        calm: list[float] = []
        for label, load in loads.items():
            if limits == "on" and load == "all-flood":
                continue  # a thousand answers at 30 a second: the last one waits for 33 s
            runs = [
                serve(bot, updates=OTHERS, load=load, readers=_FLOODED_READERS)
                for _ in range(rounds)
            ]
            medians = [each.waits[0] for each in runs]
            calm = calm or medians
            ratios = [one / other for one, other in zip(medians, calm, strict=True)]
            result.add_row(
                limits, label, *(_milliseconds(runs, at) for at in (0, 2)), spread(ratios, 2)
            )
    console.print(result)


def _milliseconds(runs: list[Served], at: int) -> str:
    return spread([1000 * each.waits[at] for each in runs], 1)
