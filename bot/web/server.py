"""Serving an ASGI application in the event loop that is already running."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
from collections.abc import Generator
from dataclasses import dataclass
from types import TracebackType

import uvicorn
from starlette.types import ASGIApp

from bot.errors import PortInUse, SettingsError

_KEEP_ALIVE_SECONDS = 75
_BACKLOG = 2048


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen, and the variables that say so; port 0 takes a free one."""

    host: str
    port: int
    host_setting: str
    port_setting: str


class _Uvicorn(uvicorn.Server):
    """Uvicorn that leaves signals to the program it runs in."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Capture none."""
        yield


class WebServer:
    """An async context manager: `app` at `address`, as long as it is open.

    `port` and `url` tell where it really is. Leaving it takes little over a second, also with
    requests open.
    """

    def __init__(self, app: ASGIApp, address: Address) -> None:
        self._app = app
        self._address = address
        self.port = address.port
        self._server: _Uvicorn | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """The address of its root."""
        host = self._address.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    async def __aenter__(self) -> WebServer:
        """Start serving.

        Raises:
            PortInUse: another program listens on the port.
            SettingsError: the host or the port cannot be had.
        """
        listener = _listen(self._address)
        self.port = listener.getsockname()[1]
        config = uvicorn.Config(
            self._app,
            # The strict parser: a request that could be read in two ways is refused.
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            # What strangers send is no news for the log.
            log_level="error",
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,
            timeout_keep_alive=_KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=1,
        )
        self._server = _Uvicorn(config)
        self._task = asyncio.create_task(
            self._server.serve(sockets=[listener]), name=f"web server on port {self.port}"
        )
        # Uvicorn has a flag for this and no event.
        while not self._server.started and not self._task.done():  # noqa: ASYNC110
            await asyncio.sleep(0.001)
        if self._task.done():
            listener.close()
            await self._task
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop serving."""
        if self._server is not None and self._task is not None:
            self._server.should_exit = True
            await self._task
        self._server = self._task = None


def _listen(address: Address) -> socket.socket:
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    # Said in full: asyncio turns off Nagle's delay (40 ms a call) only where it sees TCP.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((address.host, address.port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise PortInUse(address.port, address.port_setting) from None
        setting = address.port_setting if error.errno == errno.EACCES else address.host_setting
        reason = (error.strerror or type(error).__name__).lower()
        raise SettingsError(
            f"{setting}: nothing can listen on {address.host} port {address.port}: {reason}"
        ) from None
    listener.setblocking(False)
    return listener
