"""Pressed buttons, each a callback query that the bot may answer."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.playground.errors import QUERY_TOO_OLD, bad_request
from bot.playground.model import CallbackAnswer, Json, Message, User

if TYPE_CHECKING:
    from bot.playground.world import World

LIMIT = 5_000


@dataclass(slots=True)
class PressedButton:
    """A callback query that the bot may answer."""

    user: User
    message: Message
    data: str
    answer: CallbackAnswer | None = None


class Callbacks:
    """The newest callback queries, by id."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._queries: OrderedDict[str, PressedButton] = OrderedDict()

    def press(self, user: User, message: Message, data: str | None, text: str | None) -> str:
        """Tell the bot of a press on the button with a label, or with data; return its id."""
        if text is not None:
            labelled = (button for button in message.buttons() if button["text"] == text)
            data = next((button.get("callback_data") for button in labelled), None)
        if data is None:
            raise bad_request("button not found")
        query_id = self._world.next_query_id()
        self._queries[query_id] = PressedButton(user, message, data)
        if len(self._queries) > LIMIT:
            self._queries.popitem(last=False)
        query: Json = {"id": query_id, "from": user.payload()}
        if message.inline_message_id is not None:
            query["inline_message_id"] = message.inline_message_id
        elif message.deleted:
            chat = message.chat.payload()
            query["message"] = {"chat": chat, "message_id": message.message_id, "date": 0}
        else:
            query["message"] = message.payload()
        query |= {"chat_instance": str(message.chat.id * 7919), "data": data}
        self._world.updates.put("callback_query", query)
        return query_id

    def find(self, query_id: str) -> PressedButton:
        """Return a pressed button by its query's id; raises `ApiError` 400 for an unknown one."""
        query = self._queries.get(query_id)
        if query is None:
            raise bad_request(QUERY_TOO_OLD)
        return query
