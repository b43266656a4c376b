"""The queue of updates waiting for the bot, and long polling over it."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from itertools import islice

from bot.playground.errors import ApiError, conflict
from bot.playground.model import Json

KINDS = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "guest_message",
    "message_reaction",
    "message_reaction_count",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "managed_bot",
)
# https://core.telegram.org/bots/api#getupdates: these are sent only when asked for.
_BY_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
DEFAULT_KINDS = frozenset(KINDS) - _BY_REQUEST

OTHER_POLL = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
FIRST_UPDATE_ID = 800_000_001
MAX_LIMIT = 100
MAX_TIMEOUT = 50


class UpdateQueue:
    """Updates in order, each kept until it is confirmed; the oldest go when it is full.

    An update is stored as the bytes of its JSON, so that serving it again costs nothing.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._pending: deque[tuple[int, bytes]] = deque()
        self._next_id = FIRST_UPDATE_ID
        self._waiter: asyncio.Future[ApiError | None] | None = None
        self._closed = False
        self.allowed: frozenset[str] = DEFAULT_KINDS
        self.asked: list[str] | None = None
        self.dropped = 0

    def __len__(self) -> int:
        return len(self._pending)

    def allow(self, kinds: list[str] | None) -> None:
        """Set which kinds of coming updates are kept; None keeps the last choice.

        An empty list is the default choice; unknown names are ignored, as Telegram does.
        """
        if kinds is not None:
            self.asked = [kind for kind in kinds if kind in KINDS]
            self.allowed = frozenset(self.asked) or DEFAULT_KINDS

    def put(self, kind: str, content: Json) -> int | None:
        """Queue an update and return its id, or None when the bot did not ask for its kind."""
        if kind not in self.allowed:
            return None
        return self.put_raw({kind: content})

    def put_raw(self, update: Json) -> int:
        """Queue any JSON object as an update, whatever the bot asked for."""
        update_id = self._next_id
        self._next_id += 1
        if len(self._pending) >= self._limit:
            self._pending.popleft()
            self.dropped += 1
        whole = {**update, "update_id": update_id}
        body = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
        self._pending.append((update_id, body.encode()))
        self._wake(None)
        return update_id

    def confirm(self, offset: int) -> None:
        """Forget updates below `offset`; a negative one keeps only the last `-offset`."""
        pending = self._pending
        if offset < 0:
            while len(pending) > -offset:
                pending.popleft()
            return
        while pending and pending[0][0] < offset:
            pending.popleft()

    def clear(self) -> None:
        """Forget all updates."""
        self._pending.clear()

    def first(self) -> tuple[int, bytes] | None:
        """Return the oldest update with its id, without confirming it."""
        return self._pending[0] if self._pending else None

    def batch(self, limit: int) -> bytes:
        """Return the JSON array of the oldest updates."""
        if not 1 <= limit <= MAX_LIMIT:
            limit = MAX_LIMIT
        return b"[" + b",".join(body for _, body in islice(self._pending, limit)) + b"]"

    async def poll(self, offset: int, limit: int, seconds: float) -> bytes:
        """Return the JSON array of pending updates, waiting up to `seconds` for one.

        Raises:
            ApiError: another poll, or a webhook, took over while this one was waiting.
        """
        self.terminate(OTHER_POLL)
        self.confirm(offset)
        if not self._pending and seconds > 0 and not self._closed:
            await self.wait(min(seconds, MAX_TIMEOUT))
        return self.batch(limit)

    async def wait(self, seconds: float | None) -> None:
        """Return when an update is pending, the time is over, or the queue is closed."""
        if self._pending or self._closed:
            return
        waiter = self._waiter = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                error = await waiter
        except TimeoutError:
            return
        finally:
            if self._waiter is waiter:
                self._waiter = None
        if error is not None:
            raise error

    def terminate(self, reason: str) -> None:
        """End a waiting poll with 409 Conflict."""
        self._wake(conflict(reason))

    def close(self) -> None:
        """End a waiting poll with what there is, and let no other wait."""
        self._closed = True
        self._wake(None)

    def open(self) -> None:
        """Let polls wait again after `close()`."""
        self._closed = False

    def _wake(self, error: ApiError | None) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(error)
