"""Sending and deleting messages, and reacting to them."""

from __future__ import annotations

from bot.playground.errors import ApiError, bad_request
from bot.playground.keyboards import parse_reply_markup
from bot.playground.methods.composing import (
    given_caption,
    given_photo,
    given_text,
    reply_to,
    show_reply_markup,
    thread_of,
)
from bot.playground.methods.targets import find_chat, find_message
from bot.playground.model import Json, JsonValue, Message
from bot.playground.parameters import Parameters
from bot.playground.world import World

ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)
# The first of https://core.telegram.org/bots/api#reactiontypeemoji's list.
REACTIONS = frozenset("👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🎉 🙏 👌 💯 👀 ✍ 🤝 🫡".split())
DELETABLE_SECONDS = 48 * 3600
MAX_DELETED_AT_ONCE = 100


async def send_message(world: World, parameters: Parameters) -> Json:
    """Send text of 1-4096 UTF-16 units, with entities and any reply markup."""
    text, entities = given_text(world, parameters)
    return _send(world, parameters, text=text, entities=entities)


async def send_photo(world: World, parameters: Parameters) -> Json:
    """Send a photo, uploaded or sent before, with a caption of up to 1024 UTF-16 units."""
    caption, entities = given_caption(world, parameters)
    photo = given_photo(world, parameters, parameters.values.get("photo"))
    extra: Json = {"photo": photo.sizes}
    if parameters.boolean("has_spoiler"):
        extra["has_media_spoiler"] = True
    if parameters.boolean("show_caption_above_media"):
        extra["show_caption_above_media"] = True
    return _send(world, parameters, caption=caption or None, caption_entities=entities, extra=extra)


def _send(world: World, parameters: Parameters, **content: JsonValue) -> Json:
    chat = find_chat(world, parameters)
    markup = parse_reply_markup(parameters.nested("reply_markup"))
    world.membership.check_bot_may_write(chat)
    reply = reply_to(chat, parameters)
    message = world.add_message(
        chat,
        world.bot,
        reply_to=reply.message,
        quote=reply.quote,
        thread_id=thread_of(chat, parameters, reply.message),
        reply_markup=markup if markup and "inline_keyboard" in markup else None,
        **content,
    )
    world.announce("message", message)
    show_reply_markup(world, chat, message, markup)
    return message.payload()


async def delete_message(world: World, parameters: Parameters) -> bool:
    """Delete a message the bot may delete."""
    chat = find_chat(world, parameters)
    message = find_message(chat, parameters.integer("message_id"), "message to delete not found")
    _delete(world, message)
    return True


async def delete_messages(world: World, parameters: Parameters) -> bool:
    """Delete up to 100 messages, passing over those that are not there."""
    chat = find_chat(world, parameters)
    ids = parameters.nested("message_ids")
    if not isinstance(ids, list) or not 1 <= len(ids) <= MAX_DELETED_AT_ONCE:
        raise bad_request("there must be 1-100 message identifiers")
    for message_id in ids:
        if type(message_id) is int and message_id in chat.history:
            _delete(world, chat.history[message_id])
    return True


async def send_chat_action(world: World, parameters: Parameters) -> bool:
    """Show that the bot is busy, for five seconds or until its next message."""
    chat = find_chat(world, parameters)
    action = parameters.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.membership.check_bot_may_write(chat)
    thread_id = thread_of(chat, parameters, None)
    world.announce("action", {"chat_id": chat.id, "action": action, "thread_id": thread_id})
    return True


async def set_message_reaction(world: World, parameters: Parameters) -> bool:
    """Put one emoji of the bot's on a message, or take it back."""
    chat = find_chat(world, parameters)
    message = find_message(chat, parameters.integer("message_id"), "message to react not found")
    world.membership.check_bot_may_write(chat)
    reactions = parameters.nested("reaction") or []
    if not isinstance(reactions, list) or not all(isinstance(item, dict) for item in reactions):
        raise bad_request("can't parse reaction types JSON object")
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(item.get("type") != "emoji" or item.get("emoji") not in REACTIONS for item in reactions):
        raise bad_request("REACTION_INVALID")
    message.reactions = reactions
    world.announce("edit", message)
    return True


def _delete(world: World, message: Message) -> None:
    chat = message.chat
    own = message.from_bot or chat.type == "private"
    allowed: bool = own or chat.members.get(world.bot.id) == "administrator"
    if not allowed or world.clock() - message.date > DELETABLE_SECONDS:
        raise ApiError(400, "Bad Request: message can't be deleted")
    message.deleted = True
    del chat.history[message.message_id]
    world.announce("delete", {"chat_id": chat.id, "message_id": message.message_id})


METHODS = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "sendChatAction": send_chat_action,
    "setMessageReaction": set_message_reaction,
}
