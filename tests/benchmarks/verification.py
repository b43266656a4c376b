"""Checking texts against the article: word for word, altered, stitched, hostile."""

from __future__ import annotations

import os
import random
import re
import statistics
import time
from collections.abc import Callable, Iterator

from rich.console import Console

from bot.bootstrap import build_analyzer, build_quoter
from bot.retrieval.verification import Verifier
from bot.settings import load_settings
from tests.benchmarks.tables import percentile, table

LENGTHS = (30, 300, 4096)
_EACH = 40
_HOSTILE = ("a", "细胞", "治疗。", "是。", "（", "…", "2", "没有", "“是说”", "\n>", "T细胞")


def run(console: Console, rounds: int) -> None:
    """Print milliseconds a check, by kind and length of the text."""
    settings = load_settings(os.environ)
    article = build_quoter(settings).article
    analyzer = build_analyzer(settings)
    analyzer.warm_up()
    verifier = Verifier(article, analyzer)
    verifier.check("載入繁體")
    result = table(
        "Verifier.check, ms a text",
        f"Of each text the median of {rounds} rounds; then median and percentiles of "
        f"{_EACH} texts a line. Altered: a letter in 40 is another; stitched: sentences drawn at "
        "random; hostile: 4,096 characters of one repeated piece.",
        *("", "characters", "median", "p95", "longest"),
    )
    for name, draw in _KINDS.items():
        for length in LENGTHS:
            rng = random.Random(length)  # noqa: S311 - the same texts every time
            texts = [draw(article.text, length, rng) for _ in range(_EACH)]
            _add(
                result.add_row, name, str(length), [_time(verifier, text, rounds) for text in texts]
            )
    hostile = [_time(verifier, (piece * 4096)[:4096], rounds) for piece in _HOSTILE]
    _add(result.add_row, "hostile", "4096", hostile)
    console.print(result)


def _verbatim(text: str, length: int, rng: random.Random) -> str:
    start = rng.randrange(max(1, len(text) - length))
    return text[start : start + length]


def _altered(text: str, length: int, rng: random.Random) -> str:
    letters = list(_verbatim(text, length, rng))
    for at in range(rng.randrange(20), len(letters), 40):
        letters[at] = rng.choice("的了人大")
    return "".join(letters)


def _stitched(text: str, length: int, rng: random.Random) -> str:
    sentences = re.findall("[^。！？]+[。！？]", text)
    return "".join(_until(length, lambda: rng.choice(sentences)))[:length]


def _absent(text: str, length: int, rng: random.Random) -> str:
    return "".join(rng.choices(text, k=length))


def _until(length: int, draw: Callable[[], str]) -> Iterator[str]:
    while length > 0:
        piece = draw()
        length -= len(piece)
        yield piece


_KINDS = {"verbatim": _verbatim, "altered": _altered, "stitched": _stitched, "absent": _absent}


def _time(verifier: Verifier, text: str, rounds: int) -> float:
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        verifier.check(text)
        times.append(1000 * (time.perf_counter() - begin))
    return statistics.median(times)


def _add(add_row: Callable[..., None], name: str, length: str, times: list[float]) -> None:
    figures = (statistics.median(times), percentile(times, 0.95), max(times))
    add_row(name, length, *(f"{figure:.2f}" for figure in figures))
