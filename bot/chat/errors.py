"""Telegram's and the network's errors, where PTB's own do not tell enough."""

from __future__ import annotations

from telegram.error import NetworkError, RetryAfter


class NotConnected(NetworkError):
    """No connection came about: nothing was sent, and the call may be made again."""


def retry_seconds(error: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int | float) else wait.total_seconds()
