"""What is no text: voices, stickers, polls, pictures without words."""

from __future__ import annotations

from telegram import Message, Update

from bot.chat.context import ChatContext
from bot.chat.replies import Reply, send
from bot.chat.richtext import Rendered


async def on_wordless(update: Update, context: ChatContext) -> None:
    """Say in a private chat, once for an album, that only text can be read."""
    message = update.message
    if message is None or met_before(message, context):
        return
    say = context.catalog_of(message.from_user)
    await send(context, message, Reply(Rendered(say("wordless"))))


def met_before(message: Message, context: ChatContext) -> bool:
    """Whether another message of the same album has been met; from now on, this one has."""
    if message.media_group_id is None:
        return False
    key = f"album {message.chat.id} {message.media_group_id}"
    known = bool(context.services.once.get(key))
    context.services.once.put(key, True)
    return known
