from __future__ import annotations

import asyncio

import pytest

from bot.chat.limits import Admission, AskingLimits

ADMITTED, SILENT = Admission.ADMITTED, Admission.SILENT


async def test_one_notice_then_silence_for_each_reader() -> None:
    """A reader's own limit does not touch another's."""
    limits = AskingLimits("2/hour", None)
    first = [await limits.admit(-1, 7) for _ in range(5)]
    other = await limits.admit(-1, 8)
    assert ([ADMITTED, ADMITTED, Admission.USER_TOLD, SILENT, SILENT], ADMITTED) == (first, other)


async def test_one_notice_for_the_group() -> None:
    """Whoever asks then; another group is another matter."""
    limits = AskingLimits(None, "2/hour")
    here = [await limits.admit(-1, user) for user in (7, 8, 9, 7)]
    there = await limits.admit(-2, 7)
    assert ([ADMITTED, ADMITTED, Admission.GROUP_TOLD, SILENT], ADMITTED) == (here, there)


async def test_what_is_refused_does_not_count() -> None:
    """A reader who is refused uses nothing of the group's share."""
    limits = AskingLimits("1/hour", "2/hour")
    asked = [await limits.admit(-1, user) for user in (7, 7, 7, 8)]
    assert [ADMITTED, Admission.USER_TOLD, SILENT, ADMITTED] == asked


async def test_it_refills() -> None:
    """After the window there is room again, and another notice when that is used up."""
    limits = AskingLimits("1/second", None)
    before = [await limits.admit(-1, 7) for _ in range(2)]
    await asyncio.sleep(1.3)
    after = [await limits.admit(-1, 7) for _ in range(2)]
    assert (before, before) == ([ADMITTED, Admission.USER_TOLD], after)


async def test_without_rates_everything_is_admitted() -> None:
    """Both limits can be off."""
    limits = AskingLimits(None, None)
    assert {ADMITTED} == {await limits.admit(-1, 7) for _ in range(50)}


def test_a_rate_that_is_none_is_refused() -> None:
    """The settings check this too."""
    with pytest.raises(ValueError, match="rate limit"):
        AskingLimits("often", None)
