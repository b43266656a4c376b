"""Sending, editing and deleting messages."""

from __future__ import annotations

from dataclasses import dataclass

from bot.playground.entities import MAX_TEXT, clean, parse_entities, utf16_length
from bot.playground.errors import ApiError, bad_request
from bot.playground.keyboards import parse_reply_markup
from bot.playground.methods.targets import find_chat, find_message
from bot.playground.model import Chat, Json, Message
from bot.playground.parameters import Parameters, has_half_surrogates
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
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
DELETABLE_SECONDS = 48 * 3600
MAX_DELETED_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class _Reply:
    message: Message | None = None
    quote: Json | None = None


async def send_message(world: World, parameters: Parameters) -> Json:
    """Send text of 1-4096 UTF-16 units, with entities and any reply markup."""
    chat = find_chat(world, parameters)
    text, entities = _text(world, parameters)
    markup = parse_reply_markup(parameters.nested("reply_markup"))
    world.membership.check_bot_may_write(chat)
    reply = _reply_to(chat, parameters)
    thread_id = _thread(chat, parameters, reply.message)
    message = world.add_message(
        chat,
        world.bot,
        text=text,
        entities=entities,
        reply_to=reply.message,
        quote=reply.quote,
        thread_id=thread_id,
        reply_markup=markup if markup and "inline_keyboard" in markup else None,
    )
    world.announce("message", message)
    show_reply_markup(world, chat, message, markup)
    return message.payload()


async def edit_message_text(world: World, parameters: Parameters) -> Json:
    """Replace text, entities and inline keyboard of one of the bot's own messages."""
    message = _own_message(world, parameters)
    text, entities = _text(world, parameters)
    markup = _inline_markup(parameters)
    if message.text is None:
        raise bad_request("there is no text in the message to edit")
    if (text, entities, markup) == (message.text, message.entities, message.reply_markup):
        raise bad_request(NOT_MODIFIED)
    message.text, message.entities, message.reply_markup = text, entities, markup
    return _edited(world, message)


async def edit_message_reply_markup(world: World, parameters: Parameters) -> Json:
    """Replace the inline keyboard only."""
    message = _own_message(world, parameters)
    markup = _inline_markup(parameters)
    if markup == message.reply_markup:
        raise bad_request(NOT_MODIFIED)
    message.reply_markup = markup
    return _edited(world, message)


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
    thread_id = _thread(chat, parameters, None)
    world.announce("action", {"chat_id": chat.id, "action": action, "thread_id": thread_id})
    return True


def show_reply_markup(world: World, chat: Chat, message: Message, markup: Json | None) -> None:
    """Put a reply keyboard under the chat's input, or take it away."""
    if markup is None or "inline_keyboard" in markup:
        return
    if "force_reply" in markup:
        world.announce("force_reply", {"chat_id": chat.id, "message_id": message.message_id})
        return
    chat.reply_keyboard = markup if "keyboard" in markup else None
    world.announce("keyboard", {"chat_id": chat.id, "reply_keyboard": chat.reply_keyboard})


def _text(world: World, parameters: Parameters) -> tuple[str, list[Json]]:
    if parameters.text("parse_mode"):
        raise bad_request("the playground takes entities, not parse_mode")
    raw = parameters.text("text")
    if has_half_surrogates(raw):
        raise bad_request("strings must be encoded in UTF-8")
    nested = parameters.nested("entities")
    marks = parse_entities(nested, world.find_user) if nested else []
    if not raw:
        raise bad_request("message text is empty")
    text, entities = clean(raw, marks)
    if not text:
        raise bad_request("message text is empty")
    if utf16_length(text) > MAX_TEXT:
        raise bad_request("message is too long")
    return text, entities


def _inline_markup(parameters: Parameters) -> Json | None:
    markup = parse_reply_markup(parameters.nested("reply_markup"))
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup


def _reply_to(chat: Chat, parameters: Parameters) -> _Reply:
    wanted = parameters.nested("reply_parameters")
    if wanted is None:
        if not parameters.integer("reply_to_message_id"):
            return _Reply()
        wanted = {
            "message_id": parameters.integer("reply_to_message_id"),
            "allow_sending_without_reply": parameters.boolean("allow_sending_without_reply"),
        }
    if not isinstance(wanted, dict):
        raise bad_request("can't parse reply parameters: expected an Object")
    inner = Parameters(wanted)
    here = inner.text("chat_id") in ("", str(chat.id))
    answered = chat.history.get(inner.integer("message_id")) if here else None
    if answered is None:
        if inner.boolean("allow_sending_without_reply"):
            return _Reply()
        raise bad_request("message to be replied not found")
    quote = inner.text("quote")
    if not quote:
        return _Reply(answered)
    place = (answered.text or answered.caption or "").find(quote)
    if place < 0:
        raise bad_request("QUOTE_TEXT_INVALID")
    offset = utf16_length((answered.text or answered.caption or "")[:place])
    return _Reply(answered, {"text": quote, "position": offset, "is_manual": True})


def _thread(chat: Chat, parameters: Parameters, answered: Message | None) -> int | None:
    thread_id = parameters.integer("message_thread_id")
    if thread_id:
        if thread_id not in chat.topics:
            raise bad_request("message thread not found")
        return thread_id
    # A reply stays in the topic of what it answers.
    return answered.thread_id if answered is not None and chat.is_forum else None


def _own_message(world: World, parameters: Parameters) -> Message:
    if parameters.text("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = find_chat(world, parameters)
    message = find_message(chat, parameters.integer("message_id"), "message to edit not found")
    world.membership.check_bot_may_write(chat)
    if not message.from_bot:
        raise bad_request("message can't be edited")
    return message


def _edited(world: World, message: Message) -> Json:
    message.edit_date = int(world.clock())
    world.announce("edit", message)
    return message.payload()


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
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "sendChatAction": send_chat_action,
}
