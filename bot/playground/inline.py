"""Inline mode: a person types `@bot words` in any chat, the bot offers, the person sends one."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from bot.playground.errors import QUERY_TOO_OLD, bad_request
from bot.playground.inline_results import InlineResult
from bot.playground.model import Chat, Json, Message, User

if TYPE_CHECKING:
    from bot.playground.world import World

MAX_QUERY = 256
SECONDS_TO_ANSWER = 30.0
LIMIT = 2_000
CHAT_TYPES = ("sender", "private", "group", "supergroup", "channel")

T = TypeVar("T")


@dataclass(slots=True)
class InlineAnswer:
    """What the bot offered; `button` is an `InlineQueryResultsButton`, `cache_time` in seconds."""

    query_id: str
    user: User
    query: str
    results: list[InlineResult]
    next_offset: str = ""
    cache_time: int = 300
    is_personal: bool = False
    button: Json | None = None

    def result(self, result_id: str) -> InlineResult:
        """Return a result by its id; raises `ApiError` 400 for one that was not offered."""
        for result in self.results:
            if result.id == result_id:
                return result
        raise bad_request("inline query result not found")

    def payload(self) -> Json:
        """Return what a page shows of it."""
        return {
            "query_id": self.query_id,
            "user_id": self.user.id,
            "results": [result.payload() for result in self.results],
            "next_offset": self.next_offset,
            "button": self.button,
        }


@dataclass(slots=True)
class InlineQuery:
    """A query the bot may answer for 30 seconds, once; `asked` is in clock seconds."""

    id: str
    user: User
    query: str
    asked: float
    answer: InlineAnswer | None = field(default=None)


class InlineMode:
    """The newest inline queries, and the messages that were sent by way of the bot."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._queries: OrderedDict[str, InlineQuery] = OrderedDict()
        self._messages: OrderedDict[str, Message] = OrderedDict()

    def ask(self, user: User, query: str, offset: str, chat_type: str) -> str:
        """Tell the bot of a query, cut at 256 characters as Telegram does; return its id."""
        world = self._world
        if not world.supports_inline_queries:
            raise bad_request("the bot has no inline mode")
        if chat_type and chat_type not in CHAT_TYPES:
            raise bad_request("unknown chat_type")
        asked = InlineQuery(world.next_query_id(), user, query[:MAX_QUERY], world.clock())
        _keep(self._queries, asked.id, asked)
        body = {"id": asked.id, "from": user.payload(), "query": asked.query, "offset": offset}
        world.updates.put("inline_query", {**body, "chat_type": chat_type} if chat_type else body)
        return asked.id

    def find(self, query_id: str) -> InlineQuery:
        """Return a query by id; raises `ApiError` 400 for an unknown one."""
        query = self._queries.get(query_id)
        if query is None:
            raise bad_request(QUERY_TOO_OLD)
        return query

    def answerable(self, query_id: str) -> InlineQuery:
        """Return a query the bot may still answer; raises `ApiError` 400 otherwise."""
        query = self.find(query_id)
        late = self._world.clock() - query.asked > SECONDS_TO_ANSWER
        if late or query.answer is not None:
            raise bad_request(QUERY_TOO_OLD)
        return query

    def answer(self, query: InlineQuery, answer: InlineAnswer) -> None:
        """Show the bot's answer to the one who asked."""
        query.answer = answer
        self._world.announce("inline_answer", answer.payload())

    def choose(
        self, answer: InlineAnswer, result: InlineResult, chat: Chat, thread_id: int | None
    ) -> Message:
        """Send a result into a chat in the name of the one who asked."""
        world = self._world
        message = world.add_message(
            chat,
            answer.user,
            via_bot=world.bot,
            thread_id=thread_id,
            reply_markup=result.reply_markup,
            **result.message,
        )
        chosen: Json = {
            "result_id": result.id,
            "from": answer.user.payload(),
            "query": answer.query,
        }
        if result.reply_markup is not None:
            # https://core.telegram.org/bots/api#choseninlineresult: only with an inline keyboard.
            chosen["inline_message_id"] = self.register(message)
        world.deliver(message)
        if world.inline_feedback:
            world.updates.put("chosen_inline_result", chosen)
        return message

    def register(self, message: Message) -> str:
        """Give a message the id by which the bot may edit it, and return that."""
        message.inline_message_id = f"AgAA{secrets.token_urlsafe(20)}"
        _keep(self._messages, message.inline_message_id, message)
        return message.inline_message_id

    def message(self, inline_message_id: str) -> Message:
        """Return a message by its inline id; raises `ApiError` 400 for an unknown one."""
        message = self._messages.get(inline_message_id)
        if message is None or message.deleted:
            raise bad_request("MESSAGE_ID_INVALID")
        return message


def _keep(table: OrderedDict[str, T], key: str, value: T) -> None:
    table[key] = value
    if len(table) > LIMIT:
        table.popitem(last=False)
