"""What the emulated world is made of: users, chats, messages, in the Bot API's own terms."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
"""A JSON object as the Bot API sends it; its values are whatever JSON holds."""

JsonValue = Any
"""Any JSON value, not yet checked."""

MemberStatus = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]


@dataclass(slots=True)
class User:
    """A person or the bot; `language_code` is an IETF tag as Telegram clients send it."""

    id: int
    first_name: str
    is_bot: bool = False
    username: str | None = None
    language_code: str | None = None

    def payload(self) -> Json:
        """Return the Bot API `User` object."""
        body: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.username:
            body["username"] = self.username
        if self.language_code:
            body["language_code"] = self.language_code
        return body


@dataclass(slots=True, eq=False)
class Message:
    """One message; the object is live: an edit changes it in place and sets `edit_date`.

    Entity offsets and lengths are UTF-16 units. `extra` holds further Bot API fields as they
    are sent (photo, new_chat_members, ...). A message with an `inline_message_id` was sent by
    way of the bot, and the bot edits it, and hears of its buttons, by that id.
    """

    message_id: int
    chat: Chat
    sender: User
    date: int
    text: str | None = None
    entities: list[Json] = field(default_factory=list)
    caption: str | None = None
    caption_entities: list[Json] = field(default_factory=list)
    reply_to: Message | None = None
    quote: Json | None = None
    reply_markup: Json | None = None
    thread_id: int | None = None
    edit_date: int | None = None
    via_bot: User | None = None
    inline_message_id: str | None = None
    reactions: list[Json] = field(default_factory=list)
    deleted: bool = False
    extra: Json = field(default_factory=dict)

    @property
    def from_bot(self) -> bool:
        """Tell whether the bot sent it."""
        return self.sender.is_bot

    @property
    def photo(self) -> list[Json]:
        """Return the Bot API `PhotoSize` objects, smallest first; empty without a photo."""
        sizes: list[Json] = self.extra.get("photo", [])
        return sizes

    @property
    def inline_keyboard(self) -> list[list[Json]]:
        """Return the rows of inline buttons, empty when there are none."""
        rows: list[list[Json]] = (self.reply_markup or {}).get("inline_keyboard", [])
        return rows

    def buttons(self) -> Iterator[Json]:
        """Yield the inline buttons in reading order."""
        for row in self.inline_keyboard:
            yield from row

    def quotes(self) -> list[str]:
        """Return the text of each block quotation, in order."""
        entities = self.entities if self.text is not None else self.caption_entities
        units = (self.text or self.caption or "").encode("utf-16-le")
        return [
            units[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
            for e in entities
            if e["type"] in ("blockquote", "expandable_blockquote")
        ]

    def payload(self, *, nested: bool = False) -> Json:
        """Return the Bot API `Message` object; a `nested` one leaves out what it replies to."""
        body: Json = {
            "message_id": self.message_id,
            "from": self.sender.payload(),
            "chat": self.chat.payload(),
            "date": self.date,
            **self.extra,
        }
        if self.thread_id is not None:
            body["message_thread_id"] = self.thread_id
            if self.chat.is_forum:
                body["is_topic_message"] = True
        if self.via_bot is not None:
            body["via_bot"] = self.via_bot.payload()
        if self.reply_to is not None and not nested:
            body["reply_to_message"] = self.reply_to.payload(nested=True)
            if self.quote is not None:
                body["quote"] = self.quote
        for name in ("edit_date", "text", "caption", "reply_markup"):
            value = getattr(self, name)
            if value is not None:
                body[name] = value
        for name in ("entities", "caption_entities"):
            value = getattr(self, name)
            if value:
                body[name] = value
        return body


@dataclass(slots=True, eq=False)
class Chat:
    """A private chat or a supergroup, with the messages it still remembers."""

    id: int
    type: Literal["private", "supergroup"]
    title: str | None = None
    user: User | None = None
    username: str | None = None
    is_forum: bool = False
    members: dict[int, MemberStatus] = field(default_factory=dict)
    topics: set[int] = field(default_factory=set)
    reply_keyboard: Json | None = None
    last_message_id: int = 0
    history: OrderedDict[int, Message] = field(default_factory=OrderedDict, repr=False)

    def payload(self) -> Json:
        """Return the Bot API `Chat` object."""
        body: Json = {"id": self.id, "type": self.type}
        if self.user is not None:
            body["first_name"] = self.user.first_name
            if self.user.username:
                body["username"] = self.user.username
        else:
            body["title"] = self.title
            if self.username:
                body["username"] = self.username
            if self.is_forum:
                body["is_forum"] = True
        return body


@dataclass(slots=True)
class CallbackAnswer:
    """What the bot answered to a pressed button."""

    query_id: str
    text: str | None
    show_alert: bool
    url: str | None
