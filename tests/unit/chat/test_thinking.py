from __future__ import annotations

import asyncio
import threading
from functools import partial

from bot.chat.thinking import Thinker


async def test_runs_one_after_another_off_the_loop() -> None:
    """Work keeps its order and has its own thread; the loop goes on meanwhile."""
    thinker, threads, order = Thinker(), set(), []

    def work(number: int) -> int:
        threads.add(threading.current_thread().name)
        order.append(number)
        return number

    results = await asyncio.gather(*(thinker.run(partial(work, n)) for n in range(5)))
    thinker.stop()

    assert [0, 1, 2, 3, 4] == results == order
    assert 1 == len(threads)
    assert threading.current_thread().name not in threads


async def test_can_be_used_again_after_a_stop() -> None:
    """A stop gives up what waits, not the thinker."""
    thinker = Thinker()
    thinker.stop()
    assert 1 == await thinker.run(lambda: 1)
    thinker.stop()
    assert 2 == await thinker.run(lambda: 2)
    thinker.stop()
