"""Loading the index, beside building one anew from the sources and beside plain BM25's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from typing import TypeVar

from rich.console import Console

from bot.project import PROJECT_ROOT
from bot.retrieval.analysis import Analyzer
from bot.retrieval.index import build_index, load_index
from bot.settings import load_settings
from tests.benchmarks.plain import PlainSearch, load_tokenizer
from tests.benchmarks.tables import spread, table

ResultT = TypeVar("ResultT")

_LABELS = {
    "load": "load_index, first in a process",
    "load_again": "load_index, again",
    "build": "build_index from the sources",
    "plain": "plain jieba and BM25 over the sentences",
}


def run(console: Console, rounds: int) -> None:
    """Print milliseconds; each round is a new process."""
    kept: dict[str, list[float]] = {key: [] for key in _LABELS}
    for _ in range(1 + rounds):
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.index_load"],
            cwd=PROJECT_ROOT,
            check=True,
            capture_output=True,
            text=True,
        )
        for key, milliseconds in json.loads(done.stdout).items():
            kept[key].append(milliseconds)
    result = table(
        "Index, ms",
        f"Medians of {rounds} new processes (least-greatest). jieba's dictionary is loaded "
        "before and not counted; load_index does without it.",
        *("", "ms", "ratio to plain"),
    )
    # The first process has compiled modules to write.
    for key, label in _LABELS.items():
        ratios = [one / other for one, other in zip(kept[key][1:], kept["plain"][1:], strict=True)]
        result.add_row(label, spread(kept[key][1:], 1), spread(ratios, 2))
    console.print(result)


def measure() -> dict[str, float]:
    """The milliseconds of each, in this process."""
    settings = load_settings(os.environ)
    data = settings.data_path
    index, first = _timed(lambda: load_index(PROJECT_ROOT, data))
    _, again = _timed(lambda: load_index(PROJECT_ROOT, data))
    analyzer = Analyzer(settings.cache_path)
    analyzer.warm_up()
    _, build = _timed(lambda: build_index(PROJECT_ROOT, data, analyzer))
    tokenizer = load_tokenizer(settings.cache_path)
    article = index.article
    sentences = [article.text[sentence.start : sentence.end] for sentence in article.sentences]
    _, plain = _timed(lambda: PlainSearch(sentences, tokenizer))
    return {"load": first, "load_again": again, "build": build, "plain": plain}


def _timed(work: Callable[[], ResultT]) -> tuple[ResultT, float]:
    begin = time.perf_counter()
    result = work()
    return result, 1000 * (time.perf_counter() - begin)


if __name__ == "__main__":
    print(json.dumps(measure()))
