"""An emulated Bot API server with a chat page on it, for trying the bot and for its tests.

`World` is who is there and what was said, `PlaygroundServer` serves it on 127.0.0.1, and
`build_playground` makes the ASGI application alone.
"""

from bot.playground.app import build_playground
from bot.playground.server import PlaygroundServer
from bot.playground.world import World

__all__ = ["PlaygroundServer", "World", "build_playground"]
