"""Telegram: questions in, quotes out."""

from bot.chat.application import ALLOWED_UPDATES, build_application
from bot.chat.context import QuotingApplication
from bot.chat.options import ChatOptions
from bot.chat.runner import run_polling

__all__ = [
    "ALLOWED_UPDATES",
    "ChatOptions",
    "QuotingApplication",
    "build_application",
    "run_polling",
]
