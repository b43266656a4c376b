"""Which messages of a group a bot in privacy mode is shown.

https://core.telegram.org/bots/features#privacy-mode: commands, mentions, replies to the bot's own
messages, service messages.
"""

from __future__ import annotations

from bot.playground.model import Json, Message, User

SERVICE = ("new_chat_members", "left_chat_member", "migrate_to_chat_id", "new_chat_title")


def is_for_bot(message: Message, bot: User) -> bool:
    """Tell whether a group's message reaches a bot that does not read all messages."""
    if message.reply_to is not None and message.reply_to.sender.id == bot.id:
        return True
    if any(name in message.extra for name in SERVICE):
        return True
    if message.text is not None:
        return _addresses(message.text, message.entities, bot)
    return _addresses(message.caption or "", message.caption_entities, bot)


def _addresses(text: str, entities: list[Json], bot: User) -> bool:
    if not entities:
        return False
    username = (bot.username or "").lower()
    units = text.encode("utf-16-le")
    for entity in entities:
        kind = entity["type"]
        if kind == "text_mention":
            if entity["user"]["id"] == bot.id:
                return True
        elif kind in ("mention", "bot_command"):
            start, end = entity["offset"], entity["offset"] + entity["length"]
            words = units[2 * start : 2 * end].decode("utf-16-le").lower()
            _, at, name = words.partition("@")
            if name == username or (kind == "bot_command" and not at and start == 0):
                return True
    return False
