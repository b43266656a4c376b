"""One thread for the core, so that the event loop serves others while it thinks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

ResultT = TypeVar("ResultT")


class Thinker:
    """Runs blocking functions one after another in a thread of its own.

    One, because the core is one core's work: more threads would take turns and slow the loop.
    So a question that many ask at once is thought about once, and then remembered.
    """

    def __init__(self) -> None:
        self._executor: ThreadPoolExecutor | None = None

    async def run(self, function: Callable[[], ResultT]) -> ResultT:
        """What `function` gives, when its turn has come."""
        if self._executor is None:
            self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="thinker")
        return await asyncio.get_running_loop().run_in_executor(self._executor, function)

    def stop(self) -> None:
        """Give up what has not begun; it may be used again afterwards."""
        if self._executor is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)
            self._executor = None
