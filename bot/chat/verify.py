"""/verify: is this in the article? Asked with the words after the command, or as a reply."""

from __future__ import annotations

import asyncio

from telegram import Message, Update

from bot.chat.admission import admitted
from bot.chat.busy import busy
from bot.chat.context import ChatContext
from bot.chat.mentions import after_command, text_of
from bot.chat.replies import Reply, send
from bot.chat.richtext import Rendered
from bot.chat.verdicts import render_verification
from bot.chat.widening import blocks_of

MAX_CHARACTERS = 4096
"""As long as a message can be."""

_ENCODING = "utf-16-le"


async def on_verify(update: Update, context: ChatContext) -> None:
    """Check the words after the command, else what is quoted of, or said in, the message that is
    replied to.
    """
    message = update.message
    if message is None:
        return
    services = context.services
    catalog = context.catalog_of(message.from_user)
    asked = text_to_check(message, context.bot.id)
    if not asked:
        await send(context, message, Reply(Rendered(catalog("verify-usage"))))
        return
    if not await admitted(context, message):
        return
    async with busy(context.bot, message):
        await services.warm_up.done()
        checked = await asyncio.to_thread(services.verifier.check, asked[:MAX_CHARACTERS])
    metadata = services.quoter.article.metadata
    await send(
        context, message, Reply(render_verification(checked, metadata, catalog, context.links))
    )


def text_to_check(message: Message, bot_id: int) -> str:
    """What `message`, a command, wants checked; empty where it says nothing."""
    written = after_command(message)
    if written:
        return written
    if message.quote is not None and message.quote.text.strip():
        return message.quote.text.strip()
    answered = message.reply_to_message
    if answered is None or answered.forum_topic_created is not None:
        return ""
    if answered.from_user is not None and answered.from_user.id == bot_id:
        return _quoted(answered) or text_of(answered).strip()
    return text_of(answered).strip()


def _quoted(answer: Message) -> str:
    """The quotes in one of the bot's own messages, without what it says round them."""
    units = text_of(answer).encode(_ENCODING, "surrogatepass")
    blocks = blocks_of(answer.entities or answer.caption_entities)
    parts = [units[2 * block.offset : 2 * (block.offset + block.length)] for block in blocks]
    return "\n".join(part.decode(_ENCODING, "replace") for part in parts)
