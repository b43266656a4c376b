"""The playground as one ASGI application."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware

from bot.playground.api import BotApi
from bot.playground.guard import Guard
from bot.playground.page import page_routes
from bot.playground.world import World


def build_playground(world: World) -> Starlette:
    """Return the application: the Bot API under `/bot<token>/`, the chat page at `/`."""
    return Starlette(
        routes=page_routes(world),
        middleware=[Middleware(Guard, bot_api=BotApi(world))],
    )
