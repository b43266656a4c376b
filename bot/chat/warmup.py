"""The core's slow start, off the path to the first update."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class WarmUp:
    """Runs a blocking function once, in a thread; whoever needs its effect waits for it."""

    def __init__(self, function: Callable[[], None]) -> None:
        self._function = function
        self._task: asyncio.Task[None] | None = None
        self._finished = False

    def start(self) -> None:
        """Begin, if nobody has; a run that failed is begun again."""
        if self._task is None or (self._task.done() and self._failed(self._task)):
            self._task = asyncio.create_task(self._run(), name="warm-up")

    @property
    def finished(self) -> bool:
        """Whether the function has run."""
        return self._finished

    async def done(self) -> None:
        """Wait until the function has run, starting it if need be.

        Raises:
            Exception: whatever the function raised.
        """
        if self._finished:
            return
        self.start()
        if self._task is not None:
            # One waiter's cancellation is not the others'.
            await asyncio.shield(self._task)

    async def _run(self) -> None:
        await asyncio.to_thread(self._function)
        self._finished = True

    @staticmethod
    def _failed(task: asyncio.Task[None]) -> bool:
        return task.cancelled() or task.exception() is not None
