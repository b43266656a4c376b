"""Figures as text, in tables."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console
from rich.table import Table


def console() -> Console:
    """Where the tables go: wide enough for them also in a file."""
    return Console(width=None if Console().is_terminal else 120, highlight=False)


def table(title: str, caption: str, *columns: str) -> Table:
    """A table whose first column names and whose others count."""
    result = Table(
        title=title,
        caption=caption,
        box=box.SIMPLE_HEAD,
        title_justify="left",
        caption_justify="left",
    )
    for number, column in enumerate(columns):
        result.add_column(column, justify="right" if number else "left")
    return result


def spread(values: Sequence[float], digits: int = 0) -> str:
    """The median, with the least and the greatest value."""
    median, least, most = (
        f"{value:,.{digits}f}" for value in (statistics.median(values), min(values), max(values))
    )
    return f"{median} ({least}-{most})"


def paired_ratio(values: Iterable[float], peers: Iterable[float], digits: int = 2) -> str:
    """The ratios to the peer of the same round, as `spread` shows them."""
    return spread([value / peer for value, peer in zip(values, peers, strict=True)], digits)


def percentile(values: Sequence[float], share: float) -> float:
    """The least value that at least `share` of all values do not exceed (nearest rank)."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]
