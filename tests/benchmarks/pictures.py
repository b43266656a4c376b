"""Drawing the quote card and the timeline."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from functools import partial

from rich.console import Console

from bot.article.quote import make_quote
from bot.bootstrap import build_quoter
from bot.pictures import DARK, LIGHT, draw_card, draw_timeline, load_timeline
from bot.settings import load_settings
from tests.benchmarks.tables import percentile, table


def run(console: Console, rounds: int) -> None:
    """Print milliseconds and bytes a picture."""
    settings = load_settings(os.environ)
    article = build_quoter(settings).article
    metadata = article.metadata
    quotes = [make_quote(article, span) for span in article.sentences if len(span) <= 200]
    events = load_timeline(settings.data_path / "timeline.toml", article)
    result = table(
        "Pictures, ms",
        f"A card of each of {len(quotes)} sentences, in light and dark, once; the timeline "
        f"{rounds} times. First: the first picture in the process, which loads the fonts.",
        *("", "median", "p95", "longest", "kilobytes"),
    )
    first = _timed(partial(draw_card, quotes[0], metadata, LIGHT))
    cards = [
        _timed(partial(draw_card, quote, metadata, theme))
        for theme in (LIGHT, DARK)
        for quote in quotes
    ]
    timelines = [_timed(partial(draw_timeline, events, metadata, LIGHT)) for _ in range(rounds)]
    for name, measured in (("card, first", [first]), ("card", cards), ("timeline", timelines)):
        times = [milliseconds for milliseconds, _ in measured]
        figures = (statistics.median(times), percentile(times, 0.95), max(times))
        size = statistics.median(size for _, size in measured) / 1000
        result.add_row(name, *(f"{figure:.0f}" for figure in figures), f"{size:.0f}")
    console.print(result)


def _timed(draw: Callable[[], bytes]) -> tuple[float, int]:
    begin = time.perf_counter()
    size = len(draw())
    return 1000 * (time.perf_counter() - begin), size
