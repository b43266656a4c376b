"""Which messages of a group a bot in privacy mode is shown.

https://core.telegram.org/bots/features#privacy-mode: commands, mentions, replies to the bot's own
messages, messages sent by way of it, service messages.
"""

from __future__ import annotations

from bot.playground.model import Message, User

SERVICE = ("new_chat_members", "left_chat_member", "migrate_to_chat_id", "new_chat_title")


def is_for_bot(message: Message, bot: User) -> bool:
    """Tell whether a group's message reaches a bot that does not read all messages."""
    if message.reply_to is not None and message.reply_to.sender.id == bot.id:
        return True
    if any(name in message.extra for name in SERVICE):
        return True
    if message.via_bot is not None and message.via_bot.id == bot.id:
        return True
    return _addresses(message, bot, commands=True)


def summons(message: Message, bot: User) -> bool:
    """Tell whether a message calls a bot that is not in its chat: a mention, or a reply to it."""
    if message.via_bot is not None:
        return False
    if message.reply_to is not None and message.reply_to.sender.id == bot.id:
        return True
    return _addresses(message, bot, commands=False)


def _addresses(message: Message, bot: User, *, commands: bool) -> bool:
    if message.text is not None:
        text, entities = message.text, message.entities
    else:
        text, entities = message.caption or "", message.caption_entities
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
            if name == username and (commands or kind == "mention"):
                return True
            if commands and kind == "bot_command" and not at and start == 0:
                return True
    return False
