"""The answer core on one core, beside plain jieba and BM25 over the sentences."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable

from rich.console import Console

from bot.bootstrap import build_quoter
from bot.evaluation.dataset import Example
from bot.settings import load_settings
from tests.benchmarks.plain import PlainSearch, load_tokenizer
from tests.benchmarks.questions import golden
from tests.benchmarks.tables import percentile, table


def run(console: Console, rounds: int) -> None:
    """Print milliseconds a question over all golden questions."""
    settings = load_settings(os.environ)
    quoter = build_quoter(settings)
    quoter.warm_up()
    article = quoter.article
    plain = PlainSearch(
        [article.text[sentence.start : sentence.end] for sentence in article.sentences],
        load_tokenizer(settings.cache_path),
    )

    def ask_quoter(example: Example) -> object:
        return quoter.ask(example.question, example.previous)

    def ask_plain(example: Example) -> object:
        return plain.ask(example.question)

    examples = golden()
    first, ours, theirs = [], [], []
    for example in examples:
        # Side by side, so that a slow moment of the machine meets both.
        pairs = [(_time(ask_quoter, example), _time(ask_plain, example)) for _ in range(rounds)]
        first.append(pairs[0][0])
        ours.append(statistics.median(own for own, _ in pairs))
        theirs.append(statistics.median(other for _, other in pairs))
    result = table(
        f"Answer core, ms a question ({len(examples)} golden questions)",
        f"Of each question the median of {rounds} rounds; then median and percentiles of these. "
        "First: each question the first time it is asked.",
        *("", "median", "p95", "p99", "longest"),
    )
    for name, times in (("Quoter.ask", ours), ("Quoter.ask, first", first), ("plain", theirs)):
        result.add_row(
            name,
            f"{statistics.median(times):.2f}",
            *(f"{percentile(times, share):.2f}" for share in (0.95, 0.99, 1.0)),
        )
    result.add_row(
        "ratio to plain",
        f"{statistics.median(ours) / statistics.median(theirs):.1f}",
        *(f"{percentile(ours, at) / percentile(theirs, at):.1f}" for at in (0.95, 0.99, 1.0)),
    )
    console.print(result)


def _time(ask: Callable[[Example], object], example: Example) -> float:
    begin = time.perf_counter()
    ask(example)
    return 1000 * (time.perf_counter() - begin)
