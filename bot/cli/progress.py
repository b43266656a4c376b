"""A progress bar for what takes over a second."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import TypeVar

_SHOWN_AFTER = 1.0

ItemT = TypeVar("ItemT")


def with_progress(items: Sequence[ItemT]) -> Iterator[ItemT]:
    """The items, with a progress bar on standard error once they have taken over a second."""
    from rich.console import Console
    from rich.progress import Progress

    start = time.monotonic()
    with Progress(console=Console(stderr=True), transient=True, auto_refresh=False) as progress:
        task = progress.add_task("index", total=len(items), visible=False)
        for item in items:
            yield item
            progress.advance(task)
            if time.monotonic() - start > _SHOWN_AFTER:
                progress.update(task, visible=True)
                progress.refresh()
