"""Who a message speaks to, and what it asks once the address is taken away.

Only entities count: the bot's name inside a word, a link or code is no mention.
"""

from __future__ import annotations

import re

from telegram import Bot, Message, MessageEntity
from telegram.constants import ChatType

_ENCODING = "utf-16-le"
_SPACES = re.compile(r"[ \t]{2,}")


def text_of(message: Message) -> str:
    """The message's text or caption."""
    return message.text or message.caption or ""


def question_of(message: Message, bot: Bot) -> str | None:
    """What the message asks the bot, without the mentions of it; None when it does not speak to
    the bot. A bare mention asks the empty question.
    """
    text = text_of(message)
    stripped = without_mentions(text, message.entities or message.caption_entities, bot)
    if stripped is not None:
        return stripped
    if message.chat.type == ChatType.PRIVATE or is_reply_to(message, bot):
        return text
    return None


def is_mentioned(message: Message, bot: Bot) -> bool:
    """Whether the message mentions the bot."""
    entities = message.entities or message.caption_entities
    return without_mentions(text_of(message), entities, bot) is not None


def after_command(message: Message) -> str | None:
    """What stands after the command that the message begins with; None without a command."""
    text, entities = text_of(message), message.entities or message.caption_entities
    if not entities or entities[0].type != MessageEntity.BOT_COMMAND or entities[0].offset:
        return None
    # A command is of ASCII characters, so UTF-16 units and characters are the same here.
    return text[entities[0].length :].strip()


def is_reply_to(message: Message, bot: Bot) -> bool:
    """Whether the message answers one of the bot's own.

    In a forum every message of a topic formally replies to the one that opened the topic; where
    the bot opened it, that is no reply to the bot.
    """
    answered = message.reply_to_message
    return (
        answered is not None
        and answered.from_user is not None
        and answered.from_user.id == bot.id
        and answered.forum_topic_created is None
    )


def without_mentions(text: str, entities: tuple[MessageEntity, ...], bot: Bot) -> str | None:
    """`text` without the entities that mention the bot, or None where none does.

    Offsets are UTF-16 units and are not trusted: PTB's own `parse_entities` raises where one
    cuts a character in half.
    """
    mentions = [entity for entity in entities if entity.type in _MENTIONING]
    if not mentions:
        return None
    units = text.encode(_ENCODING, "surrogatepass")
    found = False
    for entity in sorted(mentions, key=lambda entity: entity.offset, reverse=True):
        start, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
        if not 0 <= start < end <= len(units):
            continue
        if _names(entity, units[start:end].decode(_ENCODING, "replace"), bot):
            found = True
            units = units[:start] + " ".encode(_ENCODING) + units[end:]
    if not found:
        return None
    return _SPACES.sub(" ", units.decode(_ENCODING, "replace")).strip()


_MENTIONING = (MessageEntity.MENTION, MessageEntity.TEXT_MENTION)


def _names(entity: MessageEntity, text: str, bot: Bot) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == bot.id
    return text.casefold() == f"@{bot.username}".casefold()
