"""Whose messages are read: filters for people, and for what speaks to the bot."""

from __future__ import annotations

from telegram import Message
from telegram.constants import ChatType
from telegram.ext import filters

from bot.chat.callback_data import ANYONE
from bot.chat.mentions import question_of


class _FromReader(filters.MessageFilter):
    """Messages a person wrote: not another bot's, not a channel's, not its automatic forward,
    not what an inline bot (this one too) put together. A group's anonymous admin is a person.
    """

    def filter(self, message: Message) -> bool:
        if message.via_bot is not None or message.is_automatic_forward:
            return False
        if message.sender_chat is not None:
            return is_anonymous_admin(message)
        return message.from_user is not None and not message.from_user.is_bot


class _Addressed(filters.MessageFilter):
    """Messages that speak to the bot: see `question_of`."""

    def filter(self, message: Message) -> bool:
        return question_of(message, message.get_bot()) is not None


FROM_READER = _FromReader(name="bot.chat.FROM_READER")
ADDRESSED = _Addressed(name="bot.chat.ADDRESSED")


def is_anonymous_admin(message: Message) -> bool:
    """Whether the message was written in the group's own name."""
    return (
        message.sender_chat is not None
        and message.sender_chat.id == message.chat.id
        and message.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP)
    )


def reader_of(message: Message) -> int:
    """The user id of whoever wrote the message; `ANYONE` where it is a group's name."""
    if message.from_user is None or message.sender_chat is not None:
        return ANYONE
    return message.from_user.id


def asker_of(message: Message) -> int:
    """The user id buttons under the answer belong to; `ANYONE` in private, where nobody else is,
    and when an anonymous admin asked, whose presses come under their own name.
    """
    return ANYONE if message.chat.type == ChatType.PRIVATE else reader_of(message)
