"""`/healthz` (the process lives) and `/readyz` (it can serve), for whoever watches over it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from telegram.error import TelegramError

from bot.chat import QuotingApplication
from bot.errors import BotError

Check = Callable[[], Awaitable[None]]
"""Returns where all is well, and raises where it is not."""

CHECK_SECONDS = 3.0
"""How long a check may take; one that takes longer has failed."""

FRESH_SECONDS = 1.0
"""How long an answer serves the ones who ask next: strangers may ask too."""

REACHED_SECONDS = 75.0
"""How old Telegram's last answer may be; an idle poll is answered every half minute."""

_WELL = "ok"
_NO_STORE = {"cache-control": "no-store"}


class Health:
    """The named checks, and the two routes that tell of them."""

    def __init__(self, checks: Mapping[str, Check]) -> None:
        self._checks = dict(checks)
        self._asking: asyncio.Task[dict[str, str]] | None = None
        self._asked_at = 0.0

    @property
    def routes(self) -> list[Route]:
        """`/healthz` and `/readyz`."""
        return [
            Route("/healthz", self._live, methods=["GET"]),
            Route("/readyz", self._ready, methods=["GET"]),
        ]

    async def report(self) -> dict[str, str]:
        """What each check says: "ok", or what is wrong; never older than `FRESH_SECONDS`."""
        now = time.monotonic()
        if self._asking is None or (self._asking.done() and now - self._asked_at > FRESH_SECONDS):
            self._asked_at = now
            self._asking = asyncio.create_task(self._ask_all(), name="health")
        return await asyncio.shield(self._asking)

    async def _ask_all(self) -> dict[str, str]:
        said = await asyncio.gather(*map(_outcome, self._checks.values()))
        self._asked_at = time.monotonic()
        return dict(zip(self._checks, said, strict=True))

    async def _live(self, request: Request) -> Response:
        del request
        return PlainTextResponse(_WELL, headers=_NO_STORE)

    async def _ready(self, request: Request) -> Response:
        del request
        report = await self.report()
        well = all(said == _WELL for said in report.values())
        return JSONResponse(report, status_code=200 if well else 503, headers=_NO_STORE)


async def _outcome(check: Check) -> str:
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            await check()
    except TimeoutError:
        return f"no answer within {CHECK_SECONDS:.0f} s"
    except BotError as error:
        return str(error)
    except Exception as error:  # noqa: BLE001 - whatever it is, this part is not well
        # Its words may hold an address.
        return type(error).__name__
    return _WELL


def health_checks(application: QuotingApplication) -> dict[str, Check]:
    """The checks of the bot's own parts by name: the index, Telegram and the store."""
    return {
        "index": warm_up_check(application),
        "telegram": telegram_check(application),
        "store": store_check(application),
    }


def warm_up_check(application: QuotingApplication) -> Check:
    """Well once the index is loaded and the core has warmed up."""

    async def check() -> None:
        if not application.services.warm_up.finished:
            raise BotError("still loading")

    return check


def store_check(application: QuotingApplication) -> Check:
    """Well while the store's last call succeeded."""
    health = application.services.keeping.store.health

    async def check() -> None:
        if not health.ok:
            raise BotError("not reached")

    return check


def telegram_check(application: QuotingApplication) -> Check:
    """Well while Telegram has answered something lately, whatever; a quiet bot asks who it is."""
    metrics = application.services.metrics

    async def check() -> None:
        if metrics.seconds_since_answer() <= REACHED_SECONDS:
            return
        try:
            await application.bot.get_me()
        except TelegramError as error:
            raise BotError(f"not reached: {type(error).__name__}") from None

    return check
