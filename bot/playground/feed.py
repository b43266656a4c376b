"""What the chat page is told: a bounded list of numbered events."""

from __future__ import annotations

import json
import secrets
from collections import deque

from bot.playground.changes import Changes
from bot.playground.model import Json, Message


class Feed:
    """The newest events; a page that missed older ones is told to load everything again.

    A cursor is `EPOCH-NUMBER`: the epoch is new in each process, so that a page that outlives
    the server does not take another world's numbers for its own.
    """

    def __init__(self, limit: int) -> None:
        self._events: deque[tuple[int, str, Message | Json]] = deque(maxlen=limit)
        self._epoch = secrets.token_hex(4)
        self._last = 0
        self.changes = Changes()
        self.closed = False

    @property
    def cursor(self) -> str:
        """Return the cursor after the newest event."""
        return f"{self._epoch}-{self._last}"

    def add(self, kind: str, content: Message | Json) -> None:
        """Append an event; a message is written out only when somebody reads it."""
        self._last += 1
        self._events.append((self._last, kind, content))
        self.changes.notify()

    def since(self, cursor: str) -> list[tuple[str, str]]:
        """Return (cursor, JSON) of the events after `cursor`, or one `reset` event."""
        epoch, _, digits = cursor.partition("-")
        seen = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 16 else -1
        oldest = self._last - len(self._events)
        if epoch != self._epoch or not oldest <= seen <= self._last:
            return [(self.cursor, json.dumps({"type": "reset"}))]
        missed: list[tuple[str, str]] = []
        for number, kind, content in reversed(self._events):
            if number <= seen:
                break
            body = {"message": page_message(content)} if isinstance(content, Message) else content
            event = json.dumps({"type": kind, **body}, ensure_ascii=False)
            missed.append((f"{self._epoch}-{number}", event))
        return missed[::-1]

    def close(self) -> None:
        """End the streams that wait for events."""
        self.closed = True
        self.changes.notify()

    def open(self) -> None:
        """Let streams wait again after `close()`."""
        self.closed = False


def page_message(message: Message) -> Json:
    """Return a message as the page draws it: the Bot API object, with the reactions to it."""
    body = message.payload()
    if message.reactions:
        body["reactions"] = message.reactions
    return body
