"""What a call gives to be said: text, caption, photo, keyboard, what it answers, its topic."""

from __future__ import annotations

from dataclasses import dataclass

from bot.playground.entities import MAX_CAPTION, MAX_TEXT, utf16_length
from bot.playground.errors import bad_request
from bot.playground.formatting import Formatted, formatted_text
from bot.playground.keyboards import parse_reply_markup
from bot.playground.model import Chat, Json, JsonValue, Message
from bot.playground.parameters import Parameters
from bot.playground.photos import Photo
from bot.playground.world import World

_ATTACHED = "attach://"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a message answers, with the words it quotes."""

    message: Message | None = None
    quote: Json | None = None


def given_text(world: World, parameters: Parameters) -> Formatted:
    """Return the text and its entities; raises `ApiError` 400 for none or too much."""
    text, entities = formatted_text(
        parameters.text("text"),
        parameters.nested("entities"),
        parameters.text("parse_mode"),
        world.find_user,
        MAX_TEXT,
        "message is too long",
    )
    if not text:
        raise bad_request("message text is empty")
    return text, entities


def given_caption(world: World, parameters: Parameters) -> Formatted:
    """Return the caption, which may be empty, and its entities."""
    return formatted_text(
        parameters.text("caption"),
        parameters.nested("caption_entities"),
        parameters.text("parse_mode"),
        world.find_user,
        MAX_CAPTION,
        "message caption is too long",
    )


def given_photo(world: World, parameters: Parameters, value: JsonValue) -> Photo:
    """Return the photo `value` names: a file, `attach://` one, or the id of one sent before."""
    if value is None or value == "":
        raise bad_request("there is no photo in the request")
    if isinstance(value, bytes):
        return world.photos.add(value)
    if not isinstance(value, str):
        raise bad_request("wrong file identifier/HTTP URL specified")
    if value.startswith(_ATTACHED):
        content = parameters.file(value.removeprefix(_ATTACHED))
        if content is None:
            raise bad_request("attached file not found")
        return world.photos.add(content)
    if value.startswith(("http://", "https://")):
        # Nothing here reaches out to the network.
        raise bad_request("failed to get HTTP URL content")
    return world.photos.by_id(value)


def given_inline_markup(parameters: Parameters) -> Json | None:
    """Return the inline keyboard, or None; raises `ApiError` 400 for another kind of markup."""
    markup = parse_reply_markup(parameters.nested("reply_markup"))
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup


def reply_to(chat: Chat, parameters: Parameters) -> Reply:
    """Return what the message answers."""
    wanted = parameters.nested("reply_parameters")
    if wanted is None:
        if not parameters.integer("reply_to_message_id"):
            return Reply()
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
            return Reply()
        raise bad_request("message to be replied not found")
    quote = inner.text("quote")
    if not quote:
        return Reply(answered)
    place = (answered.text or answered.caption or "").find(quote)
    if place < 0:
        raise bad_request("QUOTE_TEXT_INVALID")
    offset = utf16_length((answered.text or answered.caption or "")[:place])
    return Reply(answered, {"text": quote, "position": offset, "is_manual": True})


def thread_of(chat: Chat, parameters: Parameters, answered: Message | None) -> int | None:
    """Return the forum topic the message goes to: the one given, else that of what it answers."""
    thread_id = parameters.integer("message_thread_id")
    if thread_id:
        if thread_id not in chat.topics:
            raise bad_request("message thread not found")
        return thread_id
    return answered.thread_id if answered is not None and chat.is_forum else None


def show_reply_markup(world: World, chat: Chat, message: Message, markup: Json | None) -> None:
    """Put a reply keyboard under the chat's input, or take it away."""
    if markup is None or "inline_keyboard" in markup:
        return
    if "force_reply" in markup:
        world.announce("force_reply", {"chat_id": chat.id, "message_id": message.message_id})
        return
    chat.reply_keyboard = markup if "keyboard" in markup else None
    world.announce("keyboard", {"chat_id": chat.id, "reply_keyboard": chat.reply_keyboard})
