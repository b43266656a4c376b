"""Webhook delivery: one update at a time, in order, again with back-off until it is accepted."""

from __future__ import annotations

import asyncio
import ipaddress
import re
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

import httpx

from bot.playground.errors import ApiError, bad_request
from bot.playground.model import Json
from bot.playground.updates import UpdateQueue

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the name of a header
FIRST_BACKOFF = 0.1
LONGEST_BACKOFF = 5.0
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class Webhook:
    """Where updates are posted to, and what came of it; no `url` means long polling."""

    def __init__(
        self, queue: UpdateQueue, clock: Callable[[], float], delivered: Callable[[], None]
    ) -> None:
        self._queue = queue
        self._delivered = delivered
        self._clock = clock
        self._task: asyncio.Task[None] | None = None
        self.url = ""
        self.secret = ""
        self.max_connections = 40
        self.has_certificate = False
        self.last_error: tuple[int, str] | None = None

    async def start(self, url: str, secret: str, max_connections: int) -> None:
        """Deliver to `url` from now on.

        Raises:
            ApiError: the address or the secret is not acceptable.
        """
        check_url(url)
        if secret and not _SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        await self.stop()
        self.url, self.secret = url, secret
        self.max_connections = max_connections if 1 <= max_connections <= 100 else 40
        self.resume()

    async def stop(self) -> None:
        """Stop delivering and forget the address; a delivery under way is given up."""
        self.url, self.secret, self.last_error = "", "", None
        await self.pause()

    async def pause(self) -> None:
        """Stop delivering but remember the address."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def resume(self) -> None:
        """Deliver again after `pause()`, if there is an address."""
        if self.url and self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._deliver())

    def info(self) -> Json:
        """Return the Bot API `WebhookInfo` object."""
        info: Json = {
            "url": self.url,
            "has_custom_certificate": self.has_certificate,
            "pending_update_count": len(self._queue),
        }
        if self.url:
            info |= {"max_connections": self.max_connections, "ip_address": "127.0.0.1"}
            if self.last_error:
                info |= dict(
                    zip(("last_error_date", "last_error_message"), self.last_error, strict=True)
                )
        if self._queue.asked:
            info["allowed_updates"] = self._queue.asked
        return info

    async def _deliver(self) -> None:
        backoff = FIRST_BACKOFF
        # trust_env: a proxy of the operator has no business between two local servers.
        async with httpx.AsyncClient(timeout=60, trust_env=False, verify=False) as client:  # noqa: S501  # loopback only
            while True:
                try:
                    await self._queue.wait(None)
                except ApiError:
                    continue
                head = self._queue.first()
                if head is None:
                    return
                update_id, body = head
                problem = await self._post(client, body)
                if problem is None:
                    self._queue.confirm(update_id + 1)
                    self._delivered()
                    backoff = FIRST_BACKOFF
                    continue
                self.last_error = (int(self._clock()), problem)
                await asyncio.sleep(backoff)
                backoff = min(backoff * 2, LONGEST_BACKOFF)

    async def _post(self, client: httpx.AsyncClient, body: bytes) -> str | None:
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers[SECRET_HEADER] = self.secret
        try:
            response = await client.post(self.url, content=body, headers=headers)
        except httpx.HTTPError as error:
            return "Connection refused" if isinstance(error, httpx.ConnectError) else "Read timeout"
        if response.is_success:
            return None
        try:
            phrase = HTTPStatus(response.status_code).phrase
        except ValueError:
            phrase = "Unknown"
        return f"Wrong response from the webhook: {response.status_code} {phrase}"


def check_url(url: str) -> None:
    """Let only this machine's addresses pass: nothing here may reach out to the network.

    Raises:
        ApiError: not an HTTP(S) address of this machine.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise bad_request("bad webhook: URL is invalid") from None
    if parts.scheme not in ("http", "https") or not host:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    try:
        local = ipaddress.ip_address(host).is_loopback
    except ValueError:
        local = host == "localhost"
    if not local:
        raise bad_request("bad webhook: the playground delivers to 127.0.0.1 only")
