"""Coming and going: who blocks the bot, adds it to the group, or takes it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.errors import bad_request, forbidden
from bot.playground.model import Chat, Json, MemberStatus, User

if TYPE_CHECKING:
    from bot.playground.world import World

_ADMIN_RIGHTS = [
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
]
_MEMBER_RIGHTS = [
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_edit_tag",
    "can_react_to_messages",
]


class Membership:
    """Changes of membership, with the updates and service messages Telegram sends for them."""

    def __init__(self, world: World) -> None:
        self._world = world

    def block(self, user_id: int | None = None) -> None:
        """Let a person block the bot: sends to them get 403 from now on."""
        chat = self._world.private_chat(user_id)
        self._set_bot(chat, chat.id, "kicked")

    def unblock(self, user_id: int | None = None) -> None:
        """Let a person use the bot again."""
        chat = self._world.private_chat(user_id)
        self._set_bot(chat, chat.id, "member")

    def add_bot(self, by: int | None = None, status: MemberStatus = "member") -> None:
        """Put the bot into the group, with the message all members see."""
        world = self._world
        group, user = world.group, self._actor(by)
        self._set_bot(group, user.id, status)
        extra = {"new_chat_members": [world.bot.payload()]}
        world.deliver(world.add_message(group, user, extra=extra))

    def remove_bot(self, by: int | None = None) -> None:
        """Throw the bot out of the group: its sends get 403 from now on."""
        world = self._world
        user = self._actor(by)
        self._set_bot(world.group, user.id, "kicked")
        extra = {"left_chat_member": world.bot.payload()}
        world.announce("message", world.add_message(world.group, user, extra=extra))

    def leave(self, chat: Chat) -> None:
        """Let the bot leave a group by itself."""
        world = self._world
        self._set_bot(chat, world.bot.id, "left")
        extra = {"left_chat_member": world.bot.payload()}
        world.announce("message", world.add_message(chat, world.bot, extra=extra))

    def set_bot_status(self, status: MemberStatus, by: int | None = None) -> None:
        """Make the bot an administrator, a member, or one who may not write ("restricted")."""
        self._set_bot(self._world.group, self._actor(by).id, status)

    def check_bot_may_write(self, chat: Chat) -> None:
        """Raise the `ApiError` (400 or 403) that a send to `chat` would get, if any."""
        status = chat.members.get(self._world.bot.id)
        if chat.type == "private":
            if status == "kicked":
                raise forbidden("bot was blocked by the user")
        elif status == "kicked":
            raise forbidden("bot was kicked from the supergroup chat")
        elif status in (None, "left"):
            raise forbidden("bot is not a member of the supergroup chat")
        elif status == "restricted":
            raise bad_request("not enough rights to send text messages to the chat")

    def chat_member(self, chat: Chat, user: User) -> Json:
        """Return the Bot API `ChatMember` object of a user in a chat."""
        return _chat_member(user, chat.members.get(user.id, "left"))

    def _actor(self, user_id: int | None) -> User:
        return self._world.user(1002 if user_id is None else user_id)

    def _set_bot(self, chat: Chat, by: int, status: MemberStatus) -> None:
        world = self._world
        old = chat.members.get(world.bot.id, "left")
        if old == status:
            return
        chat.members[world.bot.id] = status
        actor = world.bot if by == world.bot.id else world.user(by)
        world.updates.put(
            "my_chat_member",
            {
                "chat": chat.payload(),
                "from": actor.payload(),
                "date": int(world.clock()),
                "old_chat_member": _chat_member(world.bot, old),
                "new_chat_member": _chat_member(world.bot, status),
            },
        )
        world.announce("member", {"chat_id": chat.id, "status": status})


def _chat_member(user: User, status: MemberStatus) -> Json:
    member: Json = {"user": user.payload(), "status": status}
    if status == "creator":
        member["is_anonymous"] = False
    elif status == "administrator":
        member |= {"can_be_edited": False, "is_anonymous": False}
        member |= dict.fromkeys(_ADMIN_RIGHTS, True)
    elif status == "restricted":
        member |= {"is_member": True, "until_date": 0} | dict.fromkeys(_MEMBER_RIGHTS, False)
    elif status == "kicked":
        member["until_date"] = 0
    return member
