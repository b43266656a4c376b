"""Editing: the bot's own messages, and those sent by way of it (by `inline_message_id`).

The result is the edited message, or True for one that was sent by way of the bot.
"""

from __future__ import annotations

from bot.playground.errors import NOT_MODIFIED, bad_request
from bot.playground.methods.composing import (
    given_caption,
    given_inline_markup,
    given_photo,
    given_text,
)
from bot.playground.methods.targets import find_chat, find_message
from bot.playground.model import Json, Message
from bot.playground.parameters import Parameters
from bot.playground.world import World

Edited = Json | bool


async def edit_message_text(world: World, parameters: Parameters) -> Edited:
    """Replace text, entities and inline keyboard."""
    message = _editable(world, parameters)
    text, entities = given_text(world, parameters)
    markup = given_inline_markup(parameters)
    if message.text is None:
        raise bad_request("there is no text in the message to edit")
    if (text, entities, markup) == (message.text, message.entities, message.reply_markup):
        raise bad_request(NOT_MODIFIED)
    message.text, message.entities, message.reply_markup = text, entities, markup
    return _edited(world, message)


async def edit_message_caption(world: World, parameters: Parameters) -> Edited:
    """Replace caption, its entities and inline keyboard; an empty caption takes it away."""
    message = _editable(world, parameters)
    written, entities = given_caption(world, parameters)
    caption = written or None
    markup = given_inline_markup(parameters)
    if not message.photo:
        raise bad_request("there is no caption in the message to edit")
    if (caption, entities, markup) == (
        message.caption,
        message.caption_entities,
        message.reply_markup,
    ):
        raise bad_request(NOT_MODIFIED)
    message.caption, message.caption_entities, message.reply_markup = caption, entities, markup
    return _edited(world, message)


async def edit_message_media(world: World, parameters: Parameters) -> Edited:
    """Replace the photo with its caption, or turn a text into one, and the inline keyboard."""
    message = _editable(world, parameters)
    media = parameters.nested("media")
    if not isinstance(media, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    if media.get("type") != "photo":
        raise bad_request("can't parse InputMedia: the playground takes photos")
    caption, entities = given_caption(world, Parameters(media))
    photo = given_photo(world, parameters, media.get("media"))
    markup = given_inline_markup(parameters)
    same = (photo.sizes, caption or None, entities, markup)
    if same == (message.photo, message.caption, message.caption_entities, message.reply_markup):
        raise bad_request(NOT_MODIFIED)
    message.text, message.entities = None, []
    message.extra = {**message.extra, "photo": photo.sizes}
    message.caption, message.caption_entities = caption or None, entities
    message.reply_markup = markup
    return _edited(world, message)


async def edit_message_reply_markup(world: World, parameters: Parameters) -> Edited:
    """Replace the inline keyboard only."""
    message = _editable(world, parameters)
    markup = given_inline_markup(parameters)
    if markup == message.reply_markup:
        raise bad_request(NOT_MODIFIED)
    message.reply_markup = markup
    return _edited(world, message)


def _editable(world: World, parameters: Parameters) -> Message:
    inline_id = parameters.text("inline_message_id")
    if inline_id:
        return world.inline.message(inline_id)
    chat = find_chat(world, parameters)
    message = find_message(chat, parameters.integer("message_id"), "message to edit not found")
    world.membership.check_bot_may_write(chat)
    if not message.from_bot:
        raise bad_request("message can't be edited")
    return message


def _edited(world: World, message: Message) -> Edited:
    message.edit_date = int(world.clock())
    world.announce("edit", message)
    return message.payload() if message.inline_message_id is None else True


METHODS = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
}
