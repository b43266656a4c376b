"""Sending: every message the bot writes or rewrites goes through here."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import (
    ForceReply,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.constants import ChatType
from telegram.error import ChatMigrated

from bot.chat.context import ChatBot
from bot.chat.richtext import Rendered

Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class Reply:
    """A message to send, and its inline keyboard."""

    content: Rendered
    buttons: InlineKeyboardMarkup | None = None


async def send(
    bot: ChatBot, to: Message, reply: Reply, keyboard: Keyboard | None = None
) -> Message:
    """Answer the message `to`: in groups as a reply to it, in its forum topic.

    `keyboard` goes in the place of the reply's own buttons. A send that timed out may have
    arrived and is not repeated.

    Raises:
        TelegramError: the message was not sent, or nobody knows.
    """
    in_group = to.chat.type != ChatType.PRIVATE
    quoting = ReplyParameters(to.message_id, allow_sending_without_reply=True) if in_group else None
    try:
        return await bot.send_message(
            to.chat.id,
            reply.content.text,
            entities=reply.content.entities,
            reply_markup=keyboard or reply.buttons,
            reply_parameters=quoting,
            message_thread_id=to.message_thread_id if to.is_topic_message else None,
            link_preview_options=_NO_PREVIEW,
        )
    except ChatMigrated as moved:
        # Refused, so nothing was sent; message and topic ids of the old group mean nothing now.
        return await bot.send_message(
            moved.new_chat_id,
            reply.content.text,
            entities=reply.content.entities,
            reply_markup=keyboard or reply.buttons,
            link_preview_options=_NO_PREVIEW,
        )


async def rewrite(bot: ChatBot, chat_id: int, message_id: int, reply: Reply) -> None:
    """Put `reply` in the place of one of the bot's messages.

    Telegram refuses an edit that changes nothing; callers compare fingerprints first.

    Raises:
        TelegramError: the message was not changed, or nobody knows.
    """
    await bot.edit_message_text(
        reply.content.text,
        chat_id=chat_id,
        message_id=message_id,
        entities=reply.content.entities,
        reply_markup=reply.buttons,
        link_preview_options=_NO_PREVIEW,
    )
