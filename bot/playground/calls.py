"""The log of Bot API calls, bounded, and never holding the token."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from bot.playground.model import JsonValue

REDACTED = "<token>"


@dataclass(slots=True)
class Call:
    """One call: what was asked, what was answered, when (clock seconds), how long (seconds).

    `status` is the HTTP status, 0 where the connection was dropped.
    """

    method: str
    params: dict[str, Any]
    status: int
    time: float
    duration: float
    body: bytes

    @property
    def response(self) -> JsonValue:
        """Return the decoded JSON answer, or the text of an answer that is not JSON."""
        try:
            return json.loads(self.body)
        except ValueError:
            return self.body.decode(errors="replace")

    @property
    def ok(self) -> bool:
        """Tell whether the call succeeded."""
        return self.status == 200


class CallLog:
    """The newest calls, oldest first."""

    def __init__(self, token: str, limit: int) -> None:
        self._token = token
        self._calls: deque[Call] = deque(maxlen=limit)
        self.total = 0

    def add(self, call: Call) -> None:
        """Keep a call, with the token taken out of its parameters and its answer."""
        token = self._token
        call.params = _redacted(call.params, token)
        if token.encode() in call.body:
            call.body = call.body.replace(token.encode(), REDACTED.encode())
        self._calls.append(call)
        self.total += 1

    def list(self) -> list[Call]:
        """Return a copy of the log."""
        return list(self._calls)

    def since(self, number: int) -> tuple[tuple[int, Call], ...]:
        """Return (number, call) of the calls after the `number`th that are still kept."""
        first = self.total - len(self._calls)
        skipped = max(0, number - first)
        newer = islice(self._calls, skipped, None)
        return tuple(enumerate(newer, first + skipped + 1))

    def clear(self) -> None:
        """Forget all calls."""
        self._calls.clear()


def _redacted(values: Mapping[str, Any], token: str) -> dict[str, Any]:
    return {name: _redact(value, token) for name, value in values.items()}


def _redact(value: JsonValue, token: str) -> JsonValue:
    if isinstance(value, str):
        return value.replace(token, REDACTED)
    if isinstance(value, bytes):
        return f"<{len(value)} bytes>"
    if isinstance(value, dict):
        return {key: _redact(inner, token) for key, inner in value.items()}
    if isinstance(value, list):
        return [_redact(inner, token) for inner in value]
    return value
