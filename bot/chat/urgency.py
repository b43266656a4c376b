"""Updates that wait for no turn: somebody in them is in distress."""

from __future__ import annotations

from telegram import Update

from bot.chat.mentions import text_of
from bot.retrieval import Quoter


def is_urgent(update: object, quoter: Quoter) -> bool:
    """Whether a message or its edit is a cry for help."""
    if not isinstance(update, Update):
        return False
    message = update.message or update.edited_message or update.guest_message
    text = "" if message is None else text_of(message)
    return bool(text) and quoter.comfort(text) is not None
