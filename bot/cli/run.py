"""`run`: the bot on Telegram, or in the playground where there is no token."""

from __future__ import annotations

import asyncio

import typer


def run(context: typer.Context) -> None:
    """Serve readers: on Telegram with BOT_TOKEN, else in a browser on this machine."""
    from bot.bootstrap import serve_playground, serve_telegram
    from bot.settings import load_settings
    from bot.telemetry import configure_logging

    settings = load_settings(context.obj)
    token = settings.token.get_secret_value() if settings.token else None
    configure_logging(settings.log_level, settings.secrets, log_format=settings.log_format)
    if token:
        asyncio.run(serve_telegram(settings, token))
    else:
        asyncio.run(serve_playground(settings, on_ready=_announce))


def _announce(address: str) -> None:
    print(
        f"BOT_TOKEN is not set, so this is the playground: open {address} and ask. Ctrl-C stops.",
        flush=True,
    )
