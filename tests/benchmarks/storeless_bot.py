"""The bot with its store in memory: the peer of the bot with a store on the disk."""

from __future__ import annotations

import asyncio
import os

from bot.bootstrap import serve_telegram
from bot.settings import load_settings
from bot.storage.memory_store import MemoryStore
from bot.telemetry import configure_logging


def main() -> None:
    """Serve Telegram until a signal comes."""
    settings = load_settings(os.environ)
    assert settings.token is not None
    configure_logging(settings.log_level, secrets=settings.secrets)
    asyncio.run(serve_telegram(settings, settings.token.get_secret_value(), MemoryStore()))


if __name__ == "__main__":
    main()
