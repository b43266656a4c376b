"""`python -m tests.benchmarks [name...]`: all benchmarks, or those named."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from rich.console import Console

from tests.benchmarks import (
    core,
    index_load,
    memory,
    pictures,
    start,
    store,
    throughput,
    transport,
    verification,
    waiting,
)
from tests.benchmarks.tables import console

BENCHMARKS: Mapping[str, Callable[[Console, int], None]] = {
    "core": core.run,
    "index": index_load.run,
    "start": start.run,
    "throughput": throughput.run,
    "limits": throughput.run_limited,
    "transport": transport.run,
    "waiting": waiting.run,
    "flood": waiting.run_flood,
    "memory": memory.run,
    "store": store.run,
    "verification": verification.run,
    "pictures": pictures.run,
}


def main(argv: Sequence[str]) -> int:
    """Run benchmarks and print their tables; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(BENCHMARKS))
    parser.add_argument("--rounds", type=int, default=5, help="how often each is repeated")
    parser.add_argument(
        "--updates", type=int, default=memory.UPDATES, help="of the benchmark of memory"
    )
    arguments = parser.parse_args(argv)
    unknown = [name for name in arguments.names if name not in BENCHMARKS]
    if unknown or arguments.rounds < 1:
        parser.error(f"no such benchmark: {', '.join(unknown)}" if unknown else "no rounds")
    benchmarks: dict[str, Callable[[Console, int], None]] = {
        **BENCHMARKS,
        "memory": partial(memory.run, updates=arguments.updates),
    }
    for name in arguments.names or benchmarks:
        try:
            benchmarks[name](console(), arguments.rounds)
        except RuntimeError as error:
            print(f"{name}: {error}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
