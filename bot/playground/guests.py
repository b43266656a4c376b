"""Guest mode (Bot API 10.0): a bot that is mentioned in a chat it is not in answers there, once."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from bot.playground.errors import QUERY_TOO_OLD, bad_request
from bot.playground.inline_results import InlineResult
from bot.playground.model import Message
from bot.playground.privacy import summons

if TYPE_CHECKING:
    from bot.playground.world import World

SECONDS_TO_ANSWER = 300.0
LIMIT = 2_000


class GuestMode:
    """The guest queries that still wait for their answer."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._waiting: OrderedDict[str, Message] = OrderedDict()

    def offer(self, message: Message) -> str | None:
        """Tell the bot of a message that calls it; return the query's id, or None.

        The update holds the message, and what it replies to: nothing else of the chat.
        """
        world = self._world
        if not world.supports_guest_queries or not summons(message, world.bot):
            return None
        query_id = world.next_query_id()
        self._waiting[query_id] = message
        if len(self._waiting) > LIMIT:
            self._waiting.popitem(last=False)
        world.updates.put("guest_message", {**message.payload(), "guest_query_id": query_id})
        return query_id

    def waiting(self, query_id: str) -> Message:
        """Return the message of a query without an answer yet; raises `ApiError` 400 otherwise."""
        message = self._waiting.get(query_id)
        if message is None or self._world.clock() - message.date > SECONDS_TO_ANSWER:
            raise bad_request(QUERY_TOO_OLD)
        return message

    def answer(self, query_id: str, result: InlineResult) -> Message:
        """Post the bot's one answer into the chat, as a reply to what called it."""
        world = self._world
        asked = self.waiting(query_id)
        del self._waiting[query_id]
        fields = dict(result.message)
        caller = {"guest_bot_caller_user": asked.sender.payload()}
        fields["extra"] = {**fields.get("extra", {}), **caller}
        message = world.add_message(
            asked.chat,
            world.bot,
            reply_to=asked,
            thread_id=asked.thread_id,
            reply_markup=result.reply_markup,
            **fields,
        )
        world.inline.register(message)
        world.announce("message", message)
        return message
