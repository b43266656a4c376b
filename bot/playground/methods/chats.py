"""Chats and who is in them."""

from __future__ import annotations

from bot.playground.errors import bad_request
from bot.playground.methods.targets import find_chat, find_user
from bot.playground.model import Json
from bot.playground.parameters import Parameters
from bot.playground.world import World

_PRESENT = ("creator", "administrator", "member", "restricted")


async def get_chat(world: World, parameters: Parameters) -> Json:
    """Return the Bot API `ChatFullInfo` object."""
    chat = find_chat(world, parameters)
    full: Json = {
        **chat.payload(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            False,
        ),
    }
    if chat.user is None:
        full["permissions"] = {"can_send_messages": True}
    return full


async def get_chat_member(world: World, parameters: Parameters) -> Json:
    """Return the Bot API `ChatMember` object of a user."""
    chat = find_chat(world, parameters)
    return world.membership.chat_member(chat, find_user(world, parameters))


async def get_chat_administrators(world: World, parameters: Parameters) -> list[Json]:
    """Return the administrators of a group who are not bots."""
    chat = find_chat(world, parameters)
    if chat.user is not None:
        raise bad_request("there are no administrators in the private chat")
    return [
        world.membership.chat_member(chat, world.users[user_id])
        for user_id, status in chat.members.items()
        if status in ("creator", "administrator") and user_id in world.users
    ]


async def get_chat_member_count(world: World, parameters: Parameters) -> int:
    """Return how many are in the chat, the bot too."""
    chat = find_chat(world, parameters)
    return sum(status in _PRESENT for status in chat.members.values())


async def leave_chat(world: World, parameters: Parameters) -> bool:
    """Leave a group."""
    chat = find_chat(world, parameters)
    if chat.user is not None:
        raise bad_request("chat member status can't be changed in private chats")
    world.membership.check_bot_may_write(chat)
    world.membership.leave(chat)
    return True


METHODS = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "getChatMembersCount": get_chat_member_count,
    "leaveChat": leave_chat,
}
