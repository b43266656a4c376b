"""The key under which things about a message are remembered."""

from bot.storage.records import MessageKey

__all__ = ["MessageKey"]
