"""Whether the store answers."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

log = logging.getLogger(__name__)


class StoreHealth:
    """The store's state, as whoever uses it has found it; read by health checks and metrics.

    `degraded_since` is the Unix time of the first failure after the last success, or None while
    all is well. `failures` counts since the start. `dropped` counts entries that were given up,
    because too many were waiting for the store. Changes of state are logged, a line each.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self.degraded_since: float | None = None
        self.failures = 0
        self.dropped = 0

    @property
    def ok(self) -> bool:
        """Whether the last call succeeded."""
        return self.degraded_since is None

    def failed(self, reason: str) -> None:
        """A call failed; `reason` is one line without anything a reader wrote."""
        self.failures += 1
        if self.degraded_since is None:
            self.degraded_since = self._clock()
            log.warning("the store does not answer, going on without it: %s", reason)

    def succeeded(self) -> None:
        """A call succeeded."""
        if self.degraded_since is not None:
            self.degraded_since = None
            log.warning("the store answers again")
