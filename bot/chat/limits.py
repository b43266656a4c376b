"""How often one reader, and one group, may ask: so that nobody crowds out the others."""

from __future__ import annotations

import enum

from limits import RateLimitItem, RateLimitItemPerSecond, parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter


class Admission(enum.Enum):
    """What becomes of a question."""

    ADMITTED = enum.auto()
    USER_TOLD = enum.auto()
    """The reader asks too much, and is told so, once."""
    GROUP_TOLD = enum.auto()
    """The group asks too much, and is told so, once."""
    SILENT = enum.auto()
    """As before, and they know."""


class AskingLimits:
    """Counts questions over a moving window, in memory.

    `per_user` and `per_group` are rates such as `10/minute` or `100 per 2 hours`; None is no
    limit. After a refusal there is one notice, and the next one not before the window has passed.

    Raises:
        ValueError: a rate cannot be read.
    """

    def __init__(self, per_user: str | None, per_group: str | None) -> None:
        self._per_user = parse(per_user) if per_user else None
        self._per_group = parse(per_group) if per_group else None
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def admit(self, chat_id: int, user_id: int) -> Admission:
        """Count a question of a group's reader, unless it is one too many."""
        user, group = ("user", str(chat_id), str(user_id)), ("group", str(chat_id))
        if not await self._room(self._per_user, user):
            return await self._refused(self._per_user, user, Admission.USER_TOLD)
        if not await self._room(self._per_group, group):
            return await self._refused(self._per_group, group, Admission.GROUP_TOLD)
        for item, key in ((self._per_user, user), (self._per_group, group)):
            if item is not None:
                await self._limiter.hit(item, *key)
        return Admission.ADMITTED

    async def _room(self, item: RateLimitItem | None, key: tuple[str, ...]) -> bool:
        return item is None or await self._limiter.test(item, *key)

    async def _refused(
        self, item: RateLimitItem | None, key: tuple[str, ...], telling: Admission
    ) -> Admission:
        window = RateLimitItemPerSecond(1, item.get_expiry() if item else 1)
        told = await self._limiter.hit(window, "told", *key)
        return telling if told else Admission.SILENT
