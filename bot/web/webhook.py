"""Running on a webhook: Telegram posts updates to an address of ours."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.routing import Route
from telegram import WebhookInfo
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.chat import ALLOWED_UPDATES, QuotingApplication
from bot.chat.errors import retry_seconds
from bot.chat.failures import describe
from bot.chat.intake import Intake
from bot.chat.polling import LONGEST_PAUSE
from bot.chat.runner import run_source
from bot.errors import SettingsError, TokenRejected
from bot.web.health import Check, Health
from bot.web.receiver import UpdateReceiver
from bot.web.server import Address, WebServer

log = logging.getLogger(__name__)

WATCH_SECONDS = 60.0
"""How often Telegram is asked whether it still has the address, and what it says of it."""

_PATIENCE_WITH_REJECTIONS = 5


@dataclass(frozen=True, slots=True)
class WebhookOptions:
    """How updates come by webhook.

    `url` is the address Telegram posts to, `address` where the server listens for it; `secret`
    comes with every POST. Telegram opens at most `max_connections` at once.
    """

    url: str
    secret: str = field(repr=False)
    address: Address
    max_connections: int = 40

    @property
    def path(self) -> str:
        """The path of `url`."""
        return urlsplit(self.url).path or "/"


async def run_webhook(
    application: QuotingApplication,
    stop: asyncio.Event,
    options: WebhookOptions,
    *,
    intake: Intake | None = None,
    checks: Mapping[str, Check] | None = None,
    on_ready: Callable[[], object] | None = None,
) -> None:
    """Serve until `stop` is set, as `run_polling` does, with updates that Telegram posts.

    Each goes through `intake`, the application's inbox unless another is given, before it is
    acknowledged. The server, which also has `/healthz` and `/readyz` with `checks`, listens from
    the start: it answers 503 to updates while the application cannot take them. The webhook stays
    set at the end, for Telegram to keep updates until the next start.

    Raises:
        PortInUse: another program listens on the port.
        SettingsError: the address cannot be had, or Telegram refuses it.
        TokenRejected: Telegram does not know the token.
    """
    metrics = application.services.metrics
    receiver = UpdateReceiver(intake or application.services.keeping.inbox, options.secret, metrics)
    routes = [
        *Health(checks or {}).routes,
        Route(options.path, receiver.receive, methods=["POST"]),
    ]
    app = Starlette(routes=routes)
    app.router.redirect_slashes = False
    async with WebServer(app, options.address):
        source = WebhookSource(application, options, receiver)
        await run_source(application, stop, source, on_ready=on_ready)


class WebhookSource:
    """Has Telegram post updates to the receiver, and sees to it that it goes on."""

    def __init__(
        self, application: QuotingApplication, options: WebhookOptions, receiver: UpdateReceiver
    ) -> None:
        self._bot = application.bot
        self._metrics = application.services.metrics
        self._options = options
        self._receiver = receiver
        self._failures = 0
        self._told: object = None

    async def run(self) -> None:
        """Receive until cancelled.

        Raises:
            SettingsError: Telegram refuses the address.
            TokenRejected: Telegram has refused the token several times running.
        """
        self._receiver.open()
        try:
            registered = False
            while True:
                try:
                    if not registered:
                        await self._register()
                        registered = True
                    await asyncio.sleep(WATCH_SECONDS)
                    registered = self._still_set(await self._bot.get_webhook_info())
                    self._failures = 0
                except TelegramError as error:
                    await asyncio.sleep(self._pause_after(error))
        finally:
            await self._receiver.close()

    async def acknowledge(self) -> None:
        """Nothing to do: each update was acknowledged as it came."""

    async def _register(self) -> None:
        options = self._options
        try:
            await self._bot.set_webhook(
                options.url,
                secret_token=options.secret,
                allowed_updates=ALLOWED_UPDATES,
                max_connections=options.max_connections,
            )
        except BadRequest as error:
            raise SettingsError(f"BOT_WEBHOOK_URL: Telegram says: {describe(error)}") from None
        self._failures = 0
        log.info("the webhook is set")

    def _still_set(self, info: WebhookInfo) -> bool:
        self._metrics.pending_updates.set(info.pending_update_count)
        if info.url != self._options.url:
            log.error(
                "the webhook was taken away or moved: another process uses the same token; "
                "setting it again"
            )
            return False
        if info.last_error_date is not None and info.last_error_date != self._told:
            self._told = info.last_error_date
            log.warning("Telegram could not deliver updates: %s", info.last_error_message)
        return True

    def _pause_after(self, error: TelegramError) -> float:
        """Say what went wrong; the seconds to wait before the next try."""
        self._failures += 1
        if isinstance(error, InvalidToken) and self._failures >= _PATIENCE_WITH_REJECTIONS:
            raise TokenRejected("Telegram does not accept the token any more") from None
        if isinstance(error, RetryAfter):
            return retry_seconds(error) + 0.5
        pause = min(LONGEST_PAUSE, 1.5 ** (self._failures - 1))
        reason = "the token was refused" if isinstance(error, InvalidToken) else describe(error)
        log.warning("Telegram is not reached, next try in %.0f s: %s", pause, reason)
        return pause
