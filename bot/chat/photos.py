"""Pictures the bot draws: each drawn once, then sent by the file id Telegram keeps it under."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram import Message
from telegram.constants import ChatAction
from telegram.error import BadRequest

from bot.chat.busy import busy
from bot.chat.context import ChatContext
from bot.chat.replies import Reply, replace_photo, send_photo

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture under a name that no other has; `draw` makes its PNG bytes, slowly."""

    name: str
    draw: Callable[[], bytes]


async def send_picture(
    context: ChatContext, to: Message, picture: Picture, reply: Reply
) -> Message:
    """Answer `to` with the picture; the text of `reply` is its caption.

    Raises:
        TelegramError: the picture was not sent, or nobody knows.
        ArticleError: it cannot be drawn.
    """

    async def deliver(photo: bytes | str) -> Message:
        return await send_photo(context, to, photo, reply)

    return await _delivered(context, to, picture, deliver)


async def change_picture(
    context: ChatContext, message: Message, picture: Picture, reply: Reply
) -> None:
    """Put the picture in the place of that in one of the bot's messages.

    Raises:
        TelegramError: the picture was not changed, or nobody knows.
        ArticleError: it cannot be drawn.
    """

    async def deliver(photo: bytes | str) -> Message:
        return await replace_photo(context, message, photo, reply)

    try:
        await _delivered(context, message, picture, deliver)
    except BadRequest as error:
        # Gone, or the same picture already (pressed twice).
        log.info("a picture was not changed: %s", error)


async def _delivered(
    context: ChatContext,
    to: Message,
    picture: Picture,
    deliver: Callable[[bytes | str], Awaitable[Message]],
) -> Message:
    files = context.services.files
    known = files.get(picture.name)
    if known is not None:
        try:
            return await deliver(known)
        except BadRequest as error:
            log.info("Telegram did not take a picture by its id, drawn anew: %s", error)
    async with busy(context.bot, to, ChatAction.UPLOAD_PHOTO):
        drawn = await asyncio.to_thread(picture.draw)
    sent = await deliver(drawn)
    if sent.photo:
        files.put(picture.name, sent.photo[-1].file_id)
    return sent
