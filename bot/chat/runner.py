"""Running the application, on long polling or another source of updates, from the first call to
a clean stop.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine
from typing import Any, Protocol, TypeVar

from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.chat.application import ALLOWED_UPDATES
from bot.chat.context import QuotingApplication
from bot.chat.errors import retry_seconds
from bot.chat.failures import describe
from bot.chat.polling import LONGEST_PAUSE, Poller
from bot.chat.profile import publish_profile
from bot.errors import TokenRejected

log = logging.getLogger(__name__)

DRAIN_SECONDS = 2.8
"""How long replies in flight may take once a stop was asked for."""

_HEAD_START_SECONDS = 0.05
_ACKNOWLEDGE_SECONDS = 0.6
_CLOSE_SECONDS = 0.5

ResultT = TypeVar("ResultT")


class UpdateSource(Protocol):
    """Brings updates to the application."""

    async def run(self) -> None:
        """Bring updates until cancelled; once it has ended, none comes any more.

        Raises:
            BotError: it cannot go on.
        """

    async def acknowledge(self) -> None:
        """Tell Telegram what has arrived, as far as it does not know; the updates are done.

        Raises:
            TelegramError: Telegram was not told.
        """


async def run_polling(
    application: QuotingApplication,
    stop: asyncio.Event,
    *,
    on_ready: Callable[[], object] | None = None,
) -> None:
    """Serve until `stop` is set, then finish what is in flight; within 5 s in all cases.

    `on_ready` is called once updates are being fetched. An unreachable Telegram is waited for.

    Raises:
        TokenRejected: Telegram does not know the token.
    """
    services = application.services
    source = Poller(application.bot, services.keeping.inbox, ALLOWED_UPDATES, services.poll_timeout)
    await run_source(application, stop, source, on_ready=on_ready)


async def run_source(
    application: QuotingApplication,
    stop: asyncio.Event,
    source: UpdateSource,
    *,
    on_ready: Callable[[], object] | None = None,
) -> None:
    """Serve what `source` brings, as `run_polling` does.

    Raises:
        TokenRejected: Telegram does not know the token.
        BotError: the source cannot go on.
    """
    stopping = asyncio.create_task(stop.wait(), name="stop asked for")
    try:
        if not await _initialize(application, stopping):
            return
        await application.start()
        await _serve(application, source, stopping, on_ready)
    finally:
        stopping.cancel()
        application.services.thinker.stop()
        await _within(_CLOSE_SECONDS, _close(application), "closing connections")


async def _serve(
    application: QuotingApplication,
    source: UpdateSource,
    stopping: asyncio.Task[Any],
    on_ready: Callable[[], object] | None,
) -> None:
    bringing = asyncio.create_task(source.run(), name="updates")
    menu: asyncio.Task[None] | None = None
    try:
        # So that the first getUpdates is on its way before anything else takes the line or the CPU.
        await asyncio.sleep(_HEAD_START_SECONDS)
        # What has arrived waits for it.
        await application.services.begin()
        menu = asyncio.create_task(publish_profile(application), name="profile")
        application.services.warm_up.start()
        log.info("listening as @%s", application.bot.username)
        if on_ready is not None:
            on_ready()
        await asyncio.wait({bringing, stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await _cancelled(bringing)
        if menu is not None:
            await _cancelled(menu)
        await _drain(application)
        await asyncio.gather(
            _within(_ACKNOWLEDGE_SECONDS, source.acknowledge(), "the last getUpdates"),
            _within(
                _ACKNOWLEDGE_SECONDS, application.services.keeping.stop(), "writing to the store"
            ),
        )
    if bringing.done() and not bringing.cancelled():
        bringing.result()


async def _initialize(application: QuotingApplication, stopping: asyncio.Task[Any]) -> bool:
    """Make the first call, again and again until Telegram answers; False when stopped before."""
    pause = 1.0
    while not stopping.done():
        try:
            return await _unless_stopped(application.initialize(), stopping) is not None
        except InvalidToken:
            # PTB's message holds the token.
            raise TokenRejected(
                "Telegram does not know the token: check BOT_TOKEN (and BOT_API_URL)"
            ) from None
        except RetryAfter as error:
            wait = max(pause, retry_seconds(error))
            log.warning("Telegram asks to wait %.0f s", wait)
        except TelegramError as error:
            wait = pause
            log.warning("Telegram is not reached, next try in %.0f s: %s", wait, describe(error))
        except (KeyError, TypeError, ValueError) as error:
            wait = pause
            log.warning("no sense in the answer of the Bot API: %s", type(error).__name__)
        await asyncio.wait({stopping}, timeout=wait)
        pause = min(LONGEST_PAUSE, 1.5 * pause)
    return False


async def _unless_stopped(work: Coroutine[Any, Any, None], stopping: asyncio.Task[Any]) -> object:
    """Await `work`; True when it ended, None when the stop came first and it was cancelled."""
    task = asyncio.create_task(work)
    await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if not task.done():
        await _cancelled(task)
        return None
    task.result()
    return True


async def _close(application: QuotingApplication) -> None:
    await application.shutdown()
    # An application whose first call failed leaves the connections of its bot open.
    await application.bot.shutdown()


async def _drain(application: QuotingApplication) -> None:
    """Stop the application, letting replies in flight finish for a while."""
    processor = application.services.processor
    stopped = asyncio.create_task(application.stop(), name="stopping")
    await asyncio.wait({stopped}, timeout=DRAIN_SECONDS)
    if stopped.done():
        stopped.result()
        return
    log.warning("%d updates were not finished in time", processor.unfinished)
    processor.cancel()
    await asyncio.wait({stopped}, timeout=_CLOSE_SECONDS)
    await _cancelled(stopped)


async def _cancelled(task: asyncio.Task[Any]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError, Exception):
        await task


async def _within(seconds: float, work: Coroutine[Any, Any, None], name: str) -> None:
    try:
        async with asyncio.timeout(seconds):
            await work
    except TimeoutError:
        log.warning("%s took over %.1f s and was given up", name, seconds)
    except TelegramError as error:
        log.warning("%s failed: %s", name, describe(error))
