"""The emulated world: people write, the bot is told, and what it does can be waited for."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence

from bot.playground.callbacks import Callbacks, PressedButton
from bot.playground.entities import MAX_CAPTION, MAX_TEXT, clean, parse_entities, utf16_length
from bot.playground.errors import bad_request
from bot.playground.faults import Faults
from bot.playground.feed import Feed
from bot.playground.guests import GuestMode
from bot.playground.inline import InlineAnswer, InlineMode
from bot.playground.inline_results import check_start_parameter
from bot.playground.membership import Membership
from bot.playground.model import CallbackAnswer, Chat, Json, JsonValue, Message, User
from bot.playground.photos import PhotoStore, plain_png
from bot.playground.population import FORUM_TOPICS
from bot.playground.privacy import is_for_bot
from bot.playground.profile import Profile
from bot.playground.updates import UpdateQueue
from bot.playground.waiting import Waiting
from bot.playground.webhook import Webhook

BOT_ID = 8_000_000_001
UPDATE_LIMIT = 50_000
EVENT_LIMIT = 2_000
PHOTO_LIMIT = 500


class World(Waiting):
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
        suggestions: Sequence[str] = (),
        clock: Callable[[], float] = time.time,
    ) -> None:
        bot = User(BOT_ID, bot_name, is_bot=True, username=bot_username)
        self.token = token or f"{BOT_ID}:AA{secrets.token_urlsafe(25)[:33]}"
        super().__init__(bot, "读报小组", clock, self.token)
        self.read_all_group_messages = read_all_group_messages
        self.suggestions = tuple(suggestions)
        """Questions the page offers in an empty chat."""
        self.can_join_groups = True
        self.supports_inline_queries = True
        self.supports_guest_queries = True
        self.inline_feedback = True
        """Whether the bot hears which inline result was chosen (BotFather's /setinlinefeedback)."""
        self.latency = 0.0
        """Seconds that every Bot API call takes longer."""
        self.faults = Faults()
        self.profile = Profile(bot_name)
        self.updates = UpdateQueue(UPDATE_LIMIT)
        self.webhook = Webhook(self.updates, clock, self.changes.notify)
        self.feed = Feed(EVENT_LIMIT)
        self.membership = Membership(self)
        self.photos = PhotoStore(PHOTO_LIMIT)
        self.callbacks = Callbacks(self)
        self.inline = InlineMode(self)
        self.guests = GuestMode(self)
        self._last_query_id = secrets.randbelow(10**17) + 10**17

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
        return self.send_photo(
            plain_png(90, 60),
            caption,
            user_id=user_id,
            chat_id=chat_id,
            reply_to=reply_to,
            entities=entities,
            thread_id=thread_id,
        )

    def send_photo(
        self,
        content: bytes,
        caption: str = "",
        *,
        user_id: int | None = None,
        chat_id: int | None = None,
        reply_to: Message | int | None = None,
        entities: list[Json] | None = None,
        thread_id: int | None = None,
    ) -> Message:
        """Send a photo, a PNG or JPEG file's bytes, as a person."""
        user, chat = self._speaker(user_id, chat_id)
        text, marks = self._composed(caption, entities, MAX_CAPTION)
        extra = {"photo": self.photos.add(content).sizes}
        written = {"caption": text, "caption_entities": marks} if text else {}
        return self._say(chat, user, reply_to, thread_id, extra=extra, **written)

    def start(self, payload: str = "", *, user_id: int | None = None) -> Message:
        """Follow a deep link (`https://t.me/<bot>?start=payload`) into the private chat.

        Telegram's apps send `/start payload` for it; the payload is up to 64 of `[A-Za-z0-9_-]`.
        """
        check_start_parameter(payload, empty_allowed=True)
        return self.send_text(f"/start {payload}".rstrip(), user_id=user_id)

    def send_guest(
        self,
        text: str,
        *,
        user_id: int | None = None,
        reply_to: Message | int | None = None,
        entities: list[Json] | None = None,
    ) -> Message:
        """Write in the chat with a friend, where the bot is not: the reader unless told otherwise.

        The bot gets a `guest_message` when it is mentioned or replied to.
        """
        return self.send_text(
            text,
            user_id=self.reader.id if user_id is None else user_id,
            chat_id=self.friend_chat.id,
            reply_to=reply_to,
            entities=entities,
        )

    def inline_query(
        self, query: str, *, user_id: int | None = None, offset: str = "", chat_type: str = ""
    ) -> str:
        """Type `@bot query` in some chat, and return the inline query's id.

        `chat_type` is "sender" (the private chat with the bot), "private", "group",
        "supergroup" or "channel"; the bot is not told it when it is empty.
        """
        user = self.reader if user_id is None else self.user(user_id)
        return self.inline.ask(user, query, offset, chat_type)

    def choose_inline_result(
        self,
        answer: InlineAnswer,
        result_id: str,
        *,
        chat_id: int | None = None,
        thread_id: int | None = None,
    ) -> Message:
        """Send one of the offered results; into the private chat with the bot without an id.

        The message is of the one who asked, "via" the bot. The bot is told of it where it is a
        member, as Telegram does, and by `chosen_inline_result` if it asked for those.
        """
        result = answer.result(result_id)
        _, chat = self._speaker(answer.user.id, chat_id)
        return self.inline.choose(answer, result, chat, thread_id)

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
        own = not message.from_bot and user_id in (None, message.sender.id)
        if not own or message.via_bot is not None or message.text is None:
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
        user, _ = self._speaker(user_id, message.chat.id)
        return self.callbacks.press(user, message, data, text)

    def send_update(self, raw: Json) -> int:
        """Give the bot any update as it stands, with an id put to it; returns that id."""
        return self.updates.put_raw(raw)

    def set_language(self, user_id: int, language_code: str) -> None:
        """Change the language of a person's app."""
        user = self.user(user_id)
        user.language_code = language_code
        self.announce("user", {"user": user.payload()})

    def open_forum(self) -> None:
        """Turn the group into a forum with two topics (2 and 3) besides the general one."""
        self.group.topics.update(FORUM_TOPICS)
        if not self.group.is_forum:
            self.group.is_forum = True
            self.announce("chat", {"chat": self.group.payload()})

    # What the bot did.

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
        return self.callbacks.find(query_id)

    async def wait_for_inline_answer(
        self,
        query_id: str,
        timeout: float = 5,  # noqa: ASYNC109  # as in wait_for
    ) -> InlineAnswer:
        """Return the bot's answer to an inline query."""
        answer = await self.wait_for(lambda: self.inline.find(query_id).answer, timeout)
        assert answer is not None  # noqa: S101  # wait_for returns true values only
        return answer

    def next_query_id(self) -> str:
        """Return an id for a callback, inline or guest query."""
        self._last_query_id += 1
        return str(self._last_query_id)

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
        self.changes.notify()
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
        if chat.type == "private" and chat.members.get(self.bot.id) == "kicked":
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
            if kind == "message" and status != "kicked":
                self.guests.offer(message)
            return
        if (
            chat.type == "private"
            or self.read_all_group_messages
            or status == "administrator"
            or is_for_bot(message, self.bot)
        ):
            self.updates.put(kind, message.payload())
