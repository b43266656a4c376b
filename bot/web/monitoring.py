"""The operator's own port: metrics and health, on a webhook and on polling alike."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from types import TracebackType

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.metrics import Metrics
from bot.web.health import Check, Health
from bot.web.server import Address, WebServer

LAG_SECONDS = 0.5
"""How often the event loop's lag is looked at."""


class Monitoring:
    """An async context manager: `/metrics`, `/healthz` and `/readyz` at `address`."""

    def __init__(self, metrics: Metrics, checks: Mapping[str, Check], address: Address) -> None:
        self._metrics = metrics
        routes = [*Health(checks).routes, Route("/metrics", self._page, methods=["GET"])]
        self._server = WebServer(Starlette(routes=routes), address)
        self._watching: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """The address of its root."""
        return self._server.url

    async def __aenter__(self) -> Monitoring:
        """Start serving.

        Raises:
            PortInUse: another program listens on the port.
            SettingsError: the address cannot be had.
        """
        await self._server.__aenter__()
        self._watching = asyncio.create_task(self._watch(), name="event-loop lag")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop serving."""
        if self._watching is not None:
            self._watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watching
        await self._server.__aexit__(kind, error, traceback)

    async def _page(self, request: Request) -> Response:
        del request
        page = generate_latest(self._metrics.registry)
        return Response(page, media_type=CONTENT_TYPE_LATEST)

    async def _watch(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + LAG_SECONDS
            await asyncio.sleep(LAG_SECONDS)
            self._metrics.loop_lag.observe(max(0.0, loop.time() - due))
