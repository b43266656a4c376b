"""Serving the playground on 127.0.0.1, in the event loop that is already running."""

from __future__ import annotations

from types import TracebackType

from bot.playground.app import build_playground
from bot.playground.world import World
from bot.web.server import Address, WebServer

HOST = "127.0.0.1"
PORT_SETTING = "BOT_PLAYGROUND_PORT"


class PlaygroundServer:
    """An async context manager: the world's Bot API and chat page, as long as it is open.

    Port 0 takes a free one; `port` and `url` tell which. Leaving it takes under a second, also
    with polls and event streams open.
    """

    def __init__(self, world: World, *, port: int = 8088) -> None:
        self._world = world
        # Nobody else's machine may be a reader, and no setting changes that.
        self._server = WebServer(build_playground(world), Address(HOST, port, "", PORT_SETTING))

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._server.port

    @property
    def url(self) -> str:
        """Return the page's address, which is also what the bot's `BOT_API_URL` must be."""
        return self._server.url

    async def __aenter__(self) -> PlaygroundServer:
        """Start serving.

        Raises:
            PortInUse: another program listens on the port.
        """
        self._world.open()
        await self._server.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop serving; what was said in the world stays."""
        await self._world.close()
        await self._server.__aexit__(kind, error, traceback)
