"""Serving the playground on 127.0.0.1, in the event loop that is already running."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
from collections.abc import Generator
from types import TracebackType

import uvicorn

from bot.errors import PortInUse
from bot.playground.app import build_playground
from bot.playground.world import World

HOST = "127.0.0.1"
PORT_SETTING = "BOT_PLAYGROUND_PORT"
_KEEP_ALIVE_SECONDS = 75
_BACKLOG = 2048


class _Uvicorn(uvicorn.Server):
    """Uvicorn that leaves signals to the program it runs in."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Capture none."""
        yield


class PlaygroundServer:
    """An async context manager: the world's Bot API and chat page, as long as it is open.

    Port 0 takes a free one; `port` and `url` tell which. Leaving it takes under a second, also
    with polls and event streams open.
    """

    def __init__(self, world: World, *, port: int = 8088) -> None:
        self._world = world
        self.port = port
        self._server: _Uvicorn | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """Return the page's address, which is also what the bot's `BOT_API_URL` must be."""
        return f"http://{HOST}:{self.port}"

    async def __aenter__(self) -> PlaygroundServer:
        """Start serving.

        Raises:
            PortInUse: another program listens on the port.
        """
        listener = self._listen()
        self.port = listener.getsockname()[1]
        config = uvicorn.Config(
            build_playground(self._world),
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            timeout_keep_alive=_KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=1,
        )
        self._world.open()
        self._server = _Uvicorn(config)
        self._task = asyncio.create_task(self._server.serve(sockets=[listener]))
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
        """Stop serving; what was said in the world stays."""
        await self._world.close()
        if self._server is not None and self._task is not None:
            self._server.should_exit = True
            await self._task
        self._server = self._task = None

    def _listen(self) -> socket.socket:
        # Said in full: asyncio turns off Nagle's delay (40 ms a call) only where it sees TCP.
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, self.port))
            listener.listen(_BACKLOG)
        except OSError as error:
            listener.close()
            if error.errno == errno.EADDRINUSE:
                raise PortInUse(self.port, PORT_SETTING) from None
            raise
        listener.setblocking(False)
        return listener
