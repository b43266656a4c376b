"""Who has died, told from the beats that do not come any more.

No clock on a wall is asked: each process watches the others' counts by its own clock, which only
goes forward. Whoever has not looked for a while begins anew, for it may have been its own fault.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

BEAT_SECONDS = 2.0
"""How often a process counts."""

LEASE_SECONDS = 10.0
"""How long a count may stand still."""

_LONGEST_GAP = 2.5 * BEAT_SECONDS


class Watch:
    """Watches the beats of others."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._looked = clock()
        self._seen: dict[str, tuple[int, float]] = {}

    def dead(self, beats: Mapping[str, int]) -> list[str]:
        """Those whose count has stood still for too long."""
        now = self._clock()
        if now - self._looked > _LONGEST_GAP:
            self._seen.clear()
        self._looked = now
        seen = {}
        for owner, count in beats.items():
            known = self._seen.get(owner)
            seen[owner] = known if known is not None and known[0] == count else (count, now)
        self._seen = seen
        return [owner for owner, (_, since) in seen.items() if now - since >= LEASE_SECONDS]
