"""Telegram's limits: how fast messages leave, and what follows a 429.

In the place of PTB's `AIORateLimiter`, which holds all chats while one waits out its 429, and
knows no limit for one chat.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Hashable
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.chat.errors import NotConnected, retry_seconds

log = logging.getLogger(__name__)

OVERALL_BURST = 10
"""Messages to all chats that may leave at once after a pause."""

CHAT_BURST = 5
"""Messages to one chat that may, so that an answer in parts is not held up."""

FLOODED_CHATS = 3
"""So many chats put off at the same time are taken for a limit on the bot as a whole."""

URGENT = -1
"""PTB's argument for a call that waits for no turn of ours."""

_MARGIN_SECONDS = 0.1
_FIRST_PAUSE = 1.0
_PRUNE_AFTER = 1_000

_Result = bool | dict[str, Any] | list[dict[str, Any]]
_Callback = Callable[..., Coroutine[Any, Any, _Result]]


class Rate:
    """For each key `burst` turns at once, and then one every `interval` seconds.

    The generic cell rate algorithm (ITU-T I.371): of each key only the time is kept when all its
    turns are used up. `clock` counts seconds.
    """

    def __init__(self, interval: float, burst: int, clock: Callable[[], float]) -> None:
        self._interval = interval
        self._tolerance = (burst - 1) * interval
        self._clock = clock
        self._used_until: dict[Hashable, float] = {}
        self._prune_at = _PRUNE_AFTER

    def __len__(self) -> int:
        return len(self._used_until)

    def book(self, key: Hashable = None) -> float:
        """Take the key's next turn; the seconds until it comes."""
        now = self._clock()
        until = max(now, self._used_until.get(key, 0.0))
        self._used_until[key] = until + self._interval
        if len(self._used_until) > self._prune_at:
            self._prune(now)
        return max(0.0, until - self._tolerance - now)

    def _prune(self, now: float) -> None:
        self._used_until = {key: at for key, at in self._used_until.items() if at > now}
        # Twice what is in use: so each turn pays for its own share of the next time.
        self._prune_at = max(_PRUNE_AFTER, 2 * len(self._used_until))


class Pacer(BaseRateLimiter[int]):
    """PTB's rate limiter: messages overall, to one chat and to one group, and 429s.

    `overall` and `chat` are messages a second, `group` messages a minute; 0 is no limit. A call
    that Telegram put off is repeated after the time it names, at most `max_retries` times, and
    so is one that found no connection; no other is, for it may have been carried out. PTB's
    argument for one call is its own number of repeats, or `URGENT`.
    """

    def __init__(
        self,
        *,
        overall: float,
        chat: float,
        group: float,
        max_retries: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._overall = Rate(1 / overall, OVERALL_BURST, clock) if overall else None
        self._chat = Rate(1 / chat, CHAT_BURST, clock) if chat else None
        # The whole minute's worth may go at once: a group's questions come in bursts.
        self._group = Rate(60 / group, max(1, int(group)), clock) if group else None
        self._max_retries = max_retries
        self._clock = clock
        self._put_off: dict[Hashable, float] = {}
        self._all_put_off = 0.0

    async def initialize(self) -> None:
        """Nothing to set up."""

    async def shutdown(self) -> None:
        """Nothing to tear down."""

    async def process_request(
        self,
        callback: _Callback,
        args: Any,  # noqa: ANN401 - PTB's
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> _Result:
        """Make the call when its turn has come, and again where that is safe.

        Raises:
            TelegramError: what the last try met.
        """
        urgent = rate_limit_args == URGENT
        repeats = self._max_retries if rate_limit_args is None or urgent else rate_limit_args
        chat = data.get("chat_id")
        done = 0
        while True:
            if chat is not None and not urgent:
                await self._turn(chat)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                if done >= repeats:
                    raise
                pause = retry_seconds(error) + _MARGIN_SECONDS
                log.info("%s is put off for %.0f s", endpoint, pause)
                self._note(chat, pause)
            except NotConnected:
                if done >= repeats:
                    raise
                pause = _FIRST_PAUSE * 2**done
            done += 1
            await asyncio.sleep(pause)

    async def _turn(self, chat: Hashable) -> None:
        wait = self._chat.book(chat) if self._chat is not None else 0.0
        if self._group is not None and _is_group(chat):
            wait = max(wait, self._group.book(chat))
        if wait > 0:
            await asyncio.sleep(wait)
        # Last, so that no chat holds a turn of all while it waits for its own.
        wait = self._overall.book() if self._overall is not None else 0.0
        if wait > 0:
            await asyncio.sleep(wait)
        # Also one that came up during that wait, and one that follows it.
        while self._put_off or self._all_put_off:
            wait = self._left(chat)
            if wait <= 0:
                return
            await asyncio.sleep(wait)

    def _note(self, chat: Hashable, seconds: float) -> None:
        """Hold the chat's other calls for `seconds`, and everybody's where many are put off."""
        if chat is None:
            return
        now = self._clock()
        self._put_off = {key: until for key, until in self._put_off.items() if until > now}
        self._put_off[chat] = now + seconds
        if len(self._put_off) >= FLOODED_CHATS:
            self._all_put_off = max(self._all_put_off, now + seconds)

    def _left(self, chat: Hashable) -> float:
        now = self._clock()
        if self._all_put_off <= now:
            self._all_put_off = 0.0
        return max(self._all_put_off, self._put_off.get(chat, 0.0)) - now


def _is_group(chat: object) -> bool:
    """Whether it is no private chat: ids of those are positive, names are those of channels."""
    return not isinstance(chat, int) or chat < 0
