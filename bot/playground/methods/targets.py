"""Which chat, message or user a call is about."""

from __future__ import annotations

from bot.playground.errors import ApiError, bad_request
from bot.playground.model import Chat, Message, User
from bot.playground.parameters import Parameters
from bot.playground.world import World


def find_chat(world: World, parameters: Parameters) -> Chat:
    """Return the chat of `chat_id`, an integer or the `@username` of a group."""
    name = parameters.text("chat_id").strip()
    if not name:
        raise bad_request("chat_id is empty")
    if name.startswith("@"):
        wanted = name[1:].lower()
        for chat in world.chats.values():
            if chat.user is None and chat.username and chat.username.lower() == wanted:
                return chat
        raise bad_request("chat not found")
    try:
        chat_id = parameters.integer("chat_id")
    except ApiError:
        raise bad_request("chat not found") from None
    chat = world.chat(chat_id)
    if chat.user is not None and world.bot.id not in chat.members:
        # Two people's chat: the bot does not know it, though it may have been called there.
        raise bad_request("chat not found")
    return chat


def find_message(chat: Chat, message_id: int, otherwise: str) -> Message:
    """Return a message of a chat; `otherwise` is the 400's reason when it is not there."""
    message = chat.history.get(message_id)
    if message is None:
        raise bad_request(otherwise)
    return message


def find_user(world: World, parameters: Parameters) -> User:
    """Return the user of `user_id`, who may be the bot."""
    user_id = parameters.integer("user_id")
    return world.bot if user_id == world.bot.id else world.user(user_id)
