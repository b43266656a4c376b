from __future__ import annotations

import asyncio

import pytest

from bot.storage.bounds import bounded


async def _stubborn(cancelled: asyncio.Event) -> None:
    """Work that does not heed being cancelled."""
    while True:
        try:
            await asyncio.sleep(0.2)
        except asyncio.CancelledError:
            if cancelled.is_set():
                raise
            cancelled.set()


async def test_what_does_not_end_is_given_up() -> None:
    """Also where it goes on after it was cancelled."""
    cancelled = asyncio.Event()
    with pytest.raises(TimeoutError):
        await bounded(_stubborn(cancelled), 0.01)
    await asyncio.wait_for(cancelled.wait(), 5)
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()


async def test_what_ends_gives_its_result_or_its_error() -> None:
    """As it would without a limit."""

    async def fail() -> None:
        raise ValueError("odd")

    assert "x" == await bounded(asyncio.sleep(0, "x"), 5)
    with pytest.raises(ValueError, match="odd"):
        await bounded(fail(), 5)


async def test_whoever_is_cancelled_cancels_the_work() -> None:
    """Nothing goes on in nobody's name."""
    ended = asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()

    task = asyncio.create_task(bounded(work(), 60))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.wait_for(ended.wait(), 5)
