"""Users, their private chats, the group, and the messages each chat still remembers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.playground.errors import bad_request
from bot.playground.model import Chat, Json, JsonValue, Message, User

READER_ID = 1001
ADMIN_ID = 1002
GUEST_ID = 1003
FRIEND_ID = 1004
GROUP_ID = -1001000000001
FORUM_TOPICS = (2, 3)
HISTORY_LIMIT = 1000


class Population:
    """Everyone and everything said, found by id in constant time.

    Message ids are as in Telegram: one count over all private chats, one for each group, so that
    a bot that mixes up chats is found out.
    """

    def __init__(self, bot: User, group_title: str, clock: Callable[[], float]) -> None:
        self.bot = bot
        self.clock = clock
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.history_limit = HISTORY_LIMIT
        self._last_private_id = 0
        self.group = Chat(GROUP_ID, "supergroup", title=group_title)
        self.chats[GROUP_ID] = self.group
        self.reader = self.add_user(READER_ID, "小林", username="xiaolin", language_code="zh-hans")
        self.add_user(ADMIN_ID, "陈老师", username="chen_laoshi", language_code="zh-hant")
        self.add_user(GUEST_ID, "Alex", username="alex_reads", language_code="en")
        friend = User(FRIEND_ID, "小周", username="xiaozhou", language_code="zh-hans")
        self.users[FRIEND_ID] = friend
        self.friend_chat = Chat(FRIEND_ID, "private", user=friend)
        """The reader's chat with a friend, of which the bot is no part."""
        self.friend_chat.members.update({READER_ID: "member", FRIEND_ID: "member"})
        self.chats[FRIEND_ID] = self.friend_chat
        self.group.members.update(
            {
                bot.id: "member",
                READER_ID: "member",
                ADMIN_ID: "administrator",
                GUEST_ID: "member",
            }
        )

    def add_user(
        self,
        user_id: int,
        first_name: str,
        *,
        username: str | None = None,
        language_code: str | None = "zh-hans",
    ) -> User:
        """Add a person with a private chat; not yet a member of the group."""
        user = User(user_id, first_name, username=username, language_code=language_code)
        self.users[user_id] = user
        members: Any = {user_id: "member", self.bot.id: "member"}
        self.chats[user_id] = Chat(user_id, "private", user=user, members=members)
        return user

    def private_chat(self, user_id: int | None = None) -> Chat:
        """Return a user's chat with the bot; the reader's without an id."""
        return self.chat(self.reader.id if user_id is None else self.user(user_id).id)

    def user(self, user_id: int) -> User:
        """Return a person by id; raises `ApiError` 400 for an unknown one."""
        user = self.users.get(user_id)
        if user is None:
            raise bad_request("user not found")
        return user

    def chat(self, chat_id: int) -> Chat:
        """Return a chat by id; raises `ApiError` 400 for an unknown one."""
        chat = self.chats.get(chat_id)
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def messages(self, chat_id: int | None = None) -> list[Message]:
        """Return a chat's messages, oldest first; the reader's private chat without an id."""
        return list(
            (self.private_chat() if chat_id is None else self.chat(chat_id)).history.values()
        )

    def find_user(self, user_id: int) -> Json | None:
        """Return the Bot API `User` object of anyone who can be mentioned, the bot too."""
        user = self.bot if user_id == self.bot.id else self.users.get(user_id)
        return None if user is None else user.payload()

    def add_message(self, chat: Chat, sender: User, **fields: JsonValue) -> Message:
        """Store a new message; the chat forgets its oldest one when it holds too many."""
        if chat.type == "private":
            self._last_private_id += 1
            chat.last_message_id = self._last_private_id
        else:
            chat.last_message_id += 1
        message = Message(chat.last_message_id, chat, sender, int(self.clock()), **fields)
        chat.history[message.message_id] = message
        if len(chat.history) > self.history_limit:
            _, oldest = chat.history.popitem(last=False)
            # Else a chain of replies would keep every message it ever held in memory.
            oldest.reply_to = None
        return message
