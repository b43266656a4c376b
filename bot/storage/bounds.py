"""A limit of time that holds."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

ResultT = TypeVar("ResultT")


async def bounded(work: Coroutine[Any, Any, ResultT], seconds: float) -> ResultT:
    """What `work` gives; given up after `seconds`, even where it does not heed being cancelled.

    Raises:
        TimeoutError: it took longer.
    """
    task = asyncio.create_task(work)
    try:
        done, _ = await asyncio.wait({task}, timeout=seconds)
    finally:
        if not task.done():
            task.add_done_callback(_forget)
            task.cancel()
    if not done:
        raise TimeoutError
    return task.result()


def _forget(task: asyncio.Task[Any]) -> None:
    """Look at the outcome, so that nothing is logged of a task that nobody waits for."""
    if not task.cancelled():
        task.exception()
