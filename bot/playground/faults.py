"""Faults on demand: what the next calls of a method get instead of their answer."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Literal

from bot.playground.errors import DEFAULT_DESCRIPTIONS, ApiError, too_many_requests


@dataclass(slots=True)
class Fault:
    """One kind of failure for the next `times` calls of `method`.

    `method` is in lower case; `"edit*"` stands for all that begin so, None for any, and
    `"!getupdates"` for any but that one.
    """

    kind: Literal["status", "drop", "silence"]
    method: str | None
    times: int
    status: int = 0
    retry_after: int = 0
    description: str | None = None
    seconds: float = 0.0
    after_effect: bool = False

    def meets(self, method: str) -> bool:
        """Tell whether it is meant for a call of `method` (lower case)."""
        wanted = self.method
        if wanted is None:
            return True
        if wanted.startswith("!"):
            return method != wanted[1:]
        return method.startswith(wanted[:-1]) if wanted.endswith("*") else method == wanted

    def error(self) -> ApiError:
        """Return the refusal of a "status" fault."""
        if self.status == 429:
            return too_many_requests(self.retry_after)
        words = self.description or DEFAULT_DESCRIPTIONS.get(self.status, "Internal Server Error")
        return ApiError(self.status, words)


class Faults:
    """An ordered list of faults; each call takes the first one that fits it.

    A `method` may be a name, the beginning of one (`"edit*"`), all but one (`"!getUpdates"`),
    or None for all.
    """

    def __init__(self) -> None:
        self._pending: deque[Fault] = deque()

    def next(
        self,
        method: str | None = None,
        *,
        status: int = 400,
        retry_after: int = 1,
        times: int = 1,
        description: str | None = None,
    ) -> None:
        """Answer the next `times` calls with a status of 400-599, before they have any effect.

        429 carries `retry_after` seconds; 502 answers with an HTML page, as a proxy in front of
        Telegram does.
        """
        if not 400 <= status <= 599:
            raise ValueError(f"a fault's status must be 400-599, not {status}")
        self._add(
            Fault(
                "status",
                method,
                times,
                status=status,
                retry_after=retry_after,
                description=description,
            )
        )

    def drop(
        self, method: str | None = None, *, times: int = 1, after_effect: bool = False
    ) -> None:
        """Close the connection instead of answering.

        With `after_effect` the call is carried out first: only its answer is lost.
        """
        self._add(Fault("drop", method, times, after_effect=after_effect))

    def silence(self, seconds: float, method: str | None = None, *, times: int = 1) -> None:
        """Say nothing for `seconds`, then answer as if nothing had been wrong."""
        if seconds < 0:
            raise ValueError("silence cannot be negative")
        self._add(Fault("silence", method, times, seconds=seconds))

    def clear(self) -> None:
        """Forget the faults that no call has met yet."""
        self._pending.clear()

    def pending(self) -> int:
        """Return how many calls would still fail."""
        return sum(fault.times for fault in self._pending)

    def take(self, method: str) -> Fault | None:
        """Use up and return the fault for this call of `method` (lower case)."""
        if not self._pending:
            return None
        for fault in self._pending:
            if fault.meets(method):
                fault.times -= 1
                if fault.times <= 0:
                    self._pending.remove(fault)
                return fault
        return None

    def _add(self, fault: Fault) -> None:
        if fault.times < 1:
            raise ValueError("a fault must happen at least once")
        fault.method = fault.method.lower() if fault.method else None
        self._pending.append(fault)
