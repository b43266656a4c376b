"""Sending: every message the bot writes or rewrites goes through here."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from telegram import (
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.constants import ChatType
from telegram.error import BadRequest, ChatMigrated

from bot.chat.client import Sent
from bot.chat.context import ChatContext
from bot.chat.pacing import URGENT
from bot.chat.richtext import Rendered
from bot.chat.transport import encode

log = logging.getLogger(__name__)

Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply

SentT = TypeVar("SentT", Sent, Message)

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
"""Articles are quoted, not previewed."""


@dataclass(frozen=True)
class Reply:
    """A message to send, and its inline keyboard. An `urgent` one waits for no rate limit."""

    content: Rendered
    buttons: InlineKeyboardMarkup | None = None
    urgent: bool = False

    @cached_property
    def payload(self) -> dict[str, Any]:
        """Its entities and buttons as the Bot API takes them. PTB's way from objects to these
        takes longer than the rest of a send, and an answer is sent again and again.
        """
        payload: dict[str, Any] = {"link_preview_options": NO_PREVIEW.to_dict()}
        if self.content.entities:
            payload["entities"] = [entity.to_dict() for entity in self.content.entities]
        if self.buttons is not None:
            payload["reply_markup"] = self.buttons.to_dict()
        return payload

    @cached_property
    def encoded(self) -> bytes:
        """All of it as the JSON object that `sendMessage` takes."""
        return encode({"text": self.content.text, **self.payload})

    @cached_property
    def fingerprint(self) -> int:
        """That of its content."""
        return self.content.fingerprint


@dataclass(frozen=True, slots=True)
class _Address:
    chat_id: int
    reply_parameters: ReplyParameters | None = None
    thread_id: int | None = None

    @property
    def parameters(self) -> dict[str, object]:
        """As the Bot API takes them."""
        parameters: dict[str, object] = {"chat_id": self.chat_id}
        if self.reply_parameters is not None:
            parameters["reply_parameters"] = self.reply_parameters.to_dict()
        if self.thread_id is not None:
            parameters["message_thread_id"] = self.thread_id
        return parameters


async def send(
    context: ChatContext, to: Message, reply: Reply, keyboard: Keyboard | None = None
) -> Sent:
    """Answer the message `to`: in groups as a reply to it, in its forum topic.

    `keyboard` goes in the place of the reply's own buttons. A send that timed out may have
    arrived and is not repeated.

    Raises:
        TelegramError: the message was not sent, or nobody knows.
    """
    content = reply.encoded
    if keyboard is not None:
        other = {"text": reply.content.text, **reply.payload, "reply_markup": keyboard.to_dict()}
        content = encode(other)

    async def deliver(address: _Address) -> Sent:
        return await context.bot.post_message(address.parameters, content, urgent=reply.urgent)

    sent = await _delivered(context, to, deliver)
    _remember(context, sent.chat_id, sent.message_id, reply)
    return sent


async def send_photo(
    context: ChatContext, to: Message, photo: bytes | str, reply: Reply
) -> Message:
    """Answer `to` as `send` does, with a picture (PNG bytes or a file id); the text of `reply`
    is its caption.

    Raises:
        TelegramError: the picture was not sent, or nobody knows.
    """

    async def deliver(address: _Address) -> Message:
        return await context.bot.send_photo(
            address.chat_id,
            photo,
            caption=reply.content.text,
            caption_entities=reply.content.entities,
            reply_markup=reply.buttons,
            reply_parameters=address.reply_parameters,
            message_thread_id=address.thread_id,
        )

    return await _delivered(context, to, deliver)


async def replace_photo(
    context: ChatContext, message: Message, photo: bytes | str, reply: Reply
) -> Message:
    """Put another picture, with its caption, in the place of that in one of the bot's messages.

    Raises:
        TelegramError: the picture was not changed, or nobody knows.
    """
    media = InputMediaPhoto(
        photo, caption=reply.content.text, caption_entities=reply.content.entities
    )
    edited = await context.bot.edit_message_media(
        media, message.chat.id, message.message_id, reply_markup=reply.buttons
    )
    # True stands for a message sent inline, which this one is not.
    return edited if isinstance(edited, Message) else message


async def rewrite(context: ChatContext, to: Message, message_id: int, reply: Reply) -> int:
    """Put `reply` in the place of one of the bot's messages in the chat of `to`, unless it stands
    there already; where that message is gone, answer `to` with a new one. Gives the id of the
    message that says it now.

    Raises:
        TelegramError: the message was not changed, or nobody knows.
    """
    key = (to.chat.id, message_id)
    if context.services.shown.get(key) == reply.fingerprint:
        return message_id
    try:
        await context.bot.edit_message_text(
            reply.content.text,
            chat_id=to.chat.id,
            message_id=message_id,
            api_kwargs=reply.payload,
            rate_limit_args=URGENT if reply.urgent else None,
        )
    except BadRequest as error:
        # Deleted, or of a kind that cannot be edited any more.
        log.info("a message could not be edited and is sent anew: %s", error)
        return (await send(context, to, reply)).message_id
    _remember(context, to.chat.id, message_id, reply)
    return message_id


async def change_buttons(message: Message, rows: Sequence[Sequence[InlineKeyboardButton]]) -> None:
    """Put other buttons under one of the bot's messages; one that is gone is left alone.

    Raises:
        TelegramError: nobody knows whether they were changed.
    """
    try:
        await message.edit_reply_markup(InlineKeyboardMarkup(rows))
    except BadRequest as error:
        # Gone, or just changed in the same way by another press.
        log.info("the buttons of a message were not changed: %s", error)


def _remember(context: ChatContext, chat_id: int, message_id: int, reply: Reply) -> None:
    context.services.shown.put((chat_id, message_id), reply.fingerprint)


async def _delivered(
    context: ChatContext, to: Message, deliver: Callable[[_Address], Awaitable[SentT]]
) -> SentT:
    in_group = to.chat.type != ChatType.PRIVATE
    quoting = ReplyParameters(to.message_id, allow_sending_without_reply=True) if in_group else None
    thread_id = to.message_thread_id if to.is_topic_message else None
    address = _Address(to.chat.id, quoting, thread_id)
    try:
        sent = await deliver(address)
    except ChatMigrated as moved:
        # Refused, so nothing was sent; message and topic ids of the old group mean nothing now.
        address = _Address(moved.new_chat_id)
        sent = await deliver(address)
    if in_group:
        await context.services.sweeper.plan(address.chat_id, sent.message_id, context.chosen.group)
    return sent
