"""An application on a webhook, and a plain HTTP client for it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.chat import ChatOptions, QuotingApplication, build_application
from bot.chat.intake import Intake
from bot.playground import PlaygroundServer, World
from bot.retrieval import Quoter
from bot.web.health import Check, health_checks
from bot.web.receiver import SECRET_HEADER
from bot.web.server import Address
from bot.web.webhook import WebhookOptions, run_webhook

SECRET = "a-secret_of_the_webhook"  # noqa: S105 - of this file alone
PATH = "/telegram"


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Hooked:
    """An application on a webhook at `port`."""

    application: QuotingApplication
    port: int

    @property
    def url(self) -> str:
        """The webhook's own address."""
        return f"http://127.0.0.1:{self.port}{PATH}"

    async def post(
        self, body: object, *, secret: str | None = SECRET, path: str = PATH, method: str = "POST"
    ) -> int:
        """Send a body (bytes as they are) as Telegram would; the HTTP status."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        if secret is not None:
            headers[SECRET_HEADER] = secret
        url = f"http://127.0.0.1:{self.port}{path}"
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, url, data=data, headers=headers) as response,
        ):
            return response.status

    async def get(self, path: str) -> tuple[int, str]:
        """The status and the text of a page."""
        return await get(f"http://127.0.0.1:{self.port}{path}")

    async def raw(self, data: bytes) -> list[bytes]:
        """Send bytes down a socket; the status lines that come back before it is closed."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(data)
            async with asyncio.timeout(5):
                answer = await reader.read()
        finally:
            writer.close()
        return [line for line in answer.split(b"\r\n") if line.startswith(b"HTTP/1.1 ")]


async def get(url: str) -> tuple[int, str]:
    """The status and the text of a page."""
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return response.status, await response.text()


@contextlib.asynccontextmanager
async def hooked(
    world: World,
    server: PlaygroundServer,
    quoter: Quoter,
    *,
    intake: Intake | None = None,
    checks: Mapping[str, Check] | None = None,
    port: int = 0,
    **options: Any,  # noqa: ANN401 - fields of ChatOptions
) -> AsyncIterator[Hooked]:
    """Run an application on a webhook until the end of the block; rates are off."""
    port = port or free_port()
    unlimited = {"rate_overall": 0, "rate_chat": 0, "rate_group": 0, "request_timeout": 2.0}
    application = build_application(
        token=world.token,
        quoter=quoter,
        options=ChatOptions(api_url=server.url, **(unlimited | options)),
    )
    webhook = WebhookOptions(
        url=f"http://127.0.0.1:{port}{PATH}",
        secret=SECRET,
        address=Address("127.0.0.1", port, "BOT_HTTP_HOST", "BOT_HTTP_PORT"),
        max_connections=7,
    )
    stop, ready = asyncio.Event(), asyncio.Event()
    serving = asyncio.create_task(
        run_webhook(
            application,
            stop,
            webhook,
            intake=intake,
            checks=health_checks(application) | dict(checks or {}),
            on_ready=ready.set,
        )
    )
    started = asyncio.create_task(ready.wait())
    await asyncio.wait({started, serving}, return_when=asyncio.FIRST_COMPLETED)
    started.cancel()
    try:
        yield Hooked(application, port)
    finally:
        stop.set()
        await serving
