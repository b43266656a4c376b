"""The emulated world: people write, the bot is told, and what it does can be waited for."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from bot.playground.calls import Call, CallLog
from bot.playground.changes import Changes
from bot.playground.entities import MAX_CAPTION, MAX_TEXT, clean, parse_entities, utf16_length
from bot.playground.errors import bad_request
from bot.playground.faults import Faults
from bot.playground.feed import Feed
from bot.playground.membership import Membership
from bot.playground.model import CallbackAnswer, Chat, Json, JsonValue, Message, User
from bot.playground.population import Population
from bot.playground.privacy import is_for_bot
from bot.playground.profile import Profile
from bot.playground.updates import UpdateQueue
from bot.playground.webhook import Webhook

BOT_ID = 8_000_000_001
UPDATE_LIMIT = 50_000
CALL_LIMIT = 2_000
EVENT_LIMIT = 2_000
QUERY_LIMIT = 5_000

T = TypeVar("T")


@dataclass(slots=True)
class PressedButton:
    """A callback query that the bot may answer."""

    user: User
    message: Message
    data: str
    answer: CallbackAnswer | None = None


class World(Population):
    """People, chats, and the Bot API's side of the bot.

    Everything runs in one event loop and is bounded: old messages, calls, events and updates are
    forgotten. `token` is made anew for each world unless a test passes one. Methods that act for
    a person raise `errors.ApiError` (400) for what Telegram's own apps would not let them do.
    """

    def __init__(
        self,
        *,
        token: str | None = None,
        bot_username: str = "quoting_bot",
        bot_name: str = "读报引文",
        read_all_group_messages: bool = False,
        clock: Callable[[], float] = time.time,
    ) -> None:
        bot = User(BOT_ID, bot_name, is_bot=True, username=bot_username)
        super().__init__(bot, "读报小组", clock)
        self.token = token or f"{BOT_ID}:AA{secrets.token_urlsafe(25)[:33]}"
        self.read_all_group_messages = read_all_group_messages
        self.supports_inline_queries = False
        self.supports_guest_queries = False
        self.latency = 0.0
        """Seconds that every Bot API call takes longer."""
        self.changes = Changes()
        self.faults = Faults()
        self.profile = Profile(bot_name)
        self.updates = UpdateQueue(UPDATE_LIMIT)
        self.webhook = Webhook(self.updates, clock, self.changes.notify)
        self.feed = Feed(EVENT_LIMIT)
        self.call_log = CallLog(self.token, CALL_LIMIT)
        self.membership = Membership(self)
        self._queries: OrderedDict[str, PressedButton] = OrderedDict()
        self._last_query_id = secrets.randbelow(10**17) + 10**17

    @property
    def calls(self) -> list[Call]:
        """Return the Bot API calls so far (the newest 2,000), oldest first."""
        return self.call_log.list()

    # What people do.

    def send_text(
        self,
        text: str,
        *,
        user_id: int | None = None,
        chat_id: int | None = None,
        reply_to: Message | int | None = None,
        entities: list[Json] | None = None,
        thread_id: int | None = None,
    ) -> Message:
        """Write a message as a person: the reader, in the private chat, unless told otherwise.

        `entities` are what the person marked (a `text_mention`, say); commands, mentions and
        addresses are found as Telegram finds them. The bot gets an update where it may see it.
        """
        user, chat = self._speaker(user_id, chat_id)
        text, marks = self._composed(text, entities, MAX_TEXT)
        return self._say(chat, user, reply_to, thread_id, text=text, entities=marks)

    def send_caption(
        self,
        caption: str,
        *,
        user_id: int | None = None,
        chat_id: int | None = None,
        reply_to: Message | int | None = None,
        entities: list[Json] | None = None,
        thread_id: int | None = None,
    ) -> Message:
        """Send a small photo with a caption, as a person."""
        user, chat = self._speaker(user_id, chat_id)
        caption, marks = self._composed(caption, entities, MAX_CAPTION)
        photo = {"file_id": "playground-photo", "file_unique_id": "playground", "file_size": 68}
        extra = {"photo": [{**photo, "width": 90, "height": 60}]}
        return self._say(
            chat, user, reply_to, thread_id, caption=caption, caption_entities=marks, extra=extra
        )

    def edit_text(
        self,
        message_id: int | Message,
        text: str,
        chat_id: int | None = None,
        *,
        user_id: int | None = None,
    ) -> Message:
        """Edit a person's own message; `user_id`, when given, must be its writer."""
        message = self._message(message_id, chat_id)
        if message.from_bot or user_id not in (None, message.sender.id) or message.text is None:
            raise bad_request("message can't be edited")
        text, marks = self._composed(text, None, MAX_TEXT)
        if text != message.text:
            message.text, message.entities = text, marks
            message.edit_date = int(self.clock())
            self._tell_bot("edited_message", message)
            self.announce("edit", message)
        return message

    def press(
        self,
        message: Message | int,
        *,
        data: str | None = None,
        text: str | None = None,
        user_id: int | None = None,
        chat_id: int | None = None,
    ) -> str:
        """Press an inline button, by its label or its data, and return the callback query's id.

        Data that no button carries are sent as they are: that is what a forged press looks like.
        """
        if isinstance(message, int):
            message = self._message(message, chat_id)
        user, chat = self._speaker(user_id, message.chat.id)
        if text is not None:
            labelled = (button for button in message.buttons() if button["text"] == text)
            data = next((button.get("callback_data") for button in labelled), None)
        if data is None:
            raise bad_request("button not found")
        self._last_query_id += 1
        query_id = str(self._last_query_id)
        self._queries[query_id] = PressedButton(user, message, data)
        if len(self._queries) > QUERY_LIMIT:
            self._queries.popitem(last=False)
        if message.deleted:
            body: Json = {"chat": chat.payload(), "message_id": message.message_id, "date": 0}
        else:
            body = message.payload()
        query = {
            "id": query_id,
            "from": user.payload(),
            "message": body,
            "chat_instance": str(chat.id * 7919),
            "data": data,
        }
        self.updates.put("callback_query", query)
        return query_id

    def send_update(self, raw: Json) -> int:
        """Give the bot any update as it stands, with an id put to it; returns that id."""
        return self.updates.put_raw(raw)

    def set_language(self, user_id: int, language_code: str) -> None:
        """Change the language of a person's app."""
        user = self.user(user_id)
        user.language_code = language_code
        self.announce("user", {"user": user.payload()})

    # What the bot did.

    async def wait_for(
        self,
        predicate: Callable[[], T],
        timeout: float = 5,  # noqa: ASYNC109  # its own message says which calls came last
    ) -> T:
        """Return the first true value of `predicate()`, asked again at each change.

        Raises:
            TimeoutError: it stayed false for `timeout` seconds.
        """
        try:
            async with asyncio.timeout(timeout):
                while not (value := predicate()):
                    await self.changes.wait()
                return value
        except TimeoutError:
            last = [f"{call.method} {call.status}" for call in self.calls[-5:]]
            raise TimeoutError(f"not within {timeout} s; last calls: {last}") from None

    async def wait_for_bot_message(
        self,
        *,
        chat_id: int | None = None,
        after: Message | int | None = None,
        timeout: float = 5,  # noqa: ASYNC109  # as in wait_for
    ) -> Message:
        """Return the bot's first message in a chat that is newer than `after`.

        The chat is that of `after` when it is a message, else the reader's private chat.
        """
        if chat_id is None and isinstance(after, Message):
            chat_id = after.chat.id
        chat = self.private_chat() if chat_id is None else self.chat(chat_id)
        seen = after.message_id if isinstance(after, Message) else after or 0

        def first() -> Message | None:
            found = None
            for message in reversed(chat.history.values()):
                if message.message_id <= seen:
                    break
                if message.from_bot:
                    found = message
            return found

        message = await self.wait_for(first, timeout)
        assert message is not None  # noqa: S101  # wait_for returns true values only
        return message

    async def wait_for_callback_answer(
        self,
        query_id: str,
        timeout: float = 5,  # noqa: ASYNC109  # as in wait_for
    ) -> CallbackAnswer:
        """Return the bot's answer to a pressed button."""
        answer = await self.wait_for(lambda: self.query(query_id).answer, timeout)
        assert answer is not None  # noqa: S101  # wait_for returns true values only
        return answer

    def query(self, query_id: str) -> PressedButton:
        """Return a pressed button by its query's id; raises `ApiError` 400 for an unknown one."""
        query = self._queries.get(query_id)
        if query is None:
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        return query

    def announce(self, kind: str, content: Message | Json) -> None:
        """Tell the page, and whoever waits, that something happened."""
        self.feed.add(kind, content)
        self.changes.notify()

    def deliver(self, message: Message, kind: str = "message") -> None:
        """Tell the page and, where it may know, the bot of a person's or a service message."""
        self._tell_bot(kind, message)
        self.announce("message", message)

    # Beginning and end.

    def open(self) -> None:
        """Let polls and streams wait; called in the event loop that serves the world."""
        self.updates.open()
        self.feed.open()
        self.webhook.resume()

    async def close(self) -> None:
        """End open polls, streams and deliveries; what was said stays."""
        self.updates.close()
        self.feed.close()
        await self.webhook.pause()

    def _speaker(self, user_id: int | None, chat_id: int | None) -> tuple[User, Chat]:
        if user_id is None:
            user_id = chat_id if chat_id is not None and chat_id > 0 else self.reader.id
        user = self.user(user_id)
        chat = self.chat(user_id if chat_id is None else chat_id)
        if chat.members.get(user_id) in (None, "left", "kicked"):
            raise bad_request("user is not a member of the chat")
        return user, chat

    def _composed(
        self, text: str, entities: list[Json] | None, limit: int
    ) -> tuple[str, list[Json]]:
        marks = parse_entities(entities, self.find_user) if entities else []
        text, marks = clean(text, marks)
        if not text and limit == MAX_TEXT:
            raise bad_request("message text is empty")
        if utf16_length(text) > limit:
            raise bad_request("message is too long")
        return text, marks

    def _say(
        self,
        chat: Chat,
        user: User,
        reply_to: Message | int | None,
        thread_id: int | None,
        **content: JsonValue,
    ) -> Message:
        answered = None if reply_to is None else self._message(reply_to, chat.id)
        if thread_id is None and answered is not None and chat.is_forum:
            thread_id = answered.thread_id
        if thread_id is not None:
            chat.topics.add(thread_id)
        if chat.type == "private" and chat.members[self.bot.id] == "kicked":
            # Telegram's apps offer "restart" instead of the input to someone who blocked a bot.
            self.membership.unblock(user.id)
        message = self.add_message(chat, user, reply_to=answered, thread_id=thread_id, **content)
        self.deliver(message)
        return message

    def _message(self, message: Message | int, chat_id: int | None) -> Message:
        if isinstance(message, Message):
            return message
        chat = self.private_chat() if chat_id is None else self.chat(chat_id)
        found = chat.history.get(message)
        if found is None:
            raise bad_request("message not found")
        return found

    def _tell_bot(self, kind: str, message: Message) -> None:
        chat = message.chat
        status = chat.members.get(self.bot.id)
        if status in (None, "left", "kicked"):
            return
        if (
            chat.type == "private"
            or self.read_all_group_messages
            or status == "administrator"
            or is_for_bot(message, self.bot)
        ):
            self.updates.put(kind, message.payload())
