"""What was asked lately: by which message each answer stands, bounded in number and time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from bot.chat.memory import MessageKey

SECONDS = 30 * 60.0
"""How long a question is remembered."""

MOST_PREVIOUS = 4
"""How many earlier questions a follow-up is read with."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question as it was asked of the core, and the id of its answer.

    `previous` are the questions it was read with, oldest first. `literal` says that no word was
    to be corrected. `settled` is false where it was asked back. `asker` is a user id, or
    `callback_data.ANYONE`. A topic that was opened counts as a question, its name, without an
    answer id.
    """

    question: str
    previous: tuple[str, ...]
    answer_id: str
    asker: int
    literal: bool = False
    settled: bool = True

    @property
    def history(self) -> tuple[str, ...]:
        """What a question that follows this one is read with."""
        asked = (*self.previous, self.question) if self.settled else self.previous
        return asked[-MOST_PREVIOUS:]


class Conversations:
    """The last `limit` exchanges by the message of their answer, none older than `seconds`."""

    def __init__(self, limit: int, clock: Callable[[], float], seconds: float = SECONDS) -> None:
        self._limit = limit
        self._clock = clock
        self._seconds = seconds
        # Oldest first; each with the time it was put.
        self._kept: OrderedDict[MessageKey, tuple[float, Exchange]] = OrderedDict()
        self._of_chat: dict[int, OrderedDict[MessageKey, None]] = {}
        self._of_answer: dict[str, MessageKey] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def put(self, key: MessageKey, exchange: Exchange) -> None:
        """Remember `exchange` as what the message `key` answers."""
        self._drop(key)
        self._kept[key] = (self._clock(), exchange)
        self._of_chat.setdefault(key[0], OrderedDict())[key] = None
        if exchange.answer_id:
            self._of_answer[exchange.answer_id] = key
        self._expire()

    def get(self, key: MessageKey) -> Exchange | None:
        """What the message `key` answers, or None when that is forgotten."""
        self._expire()
        kept = self._kept.get(key)
        return None if kept is None else kept[1]

    def latest(self, chat_id: int) -> Exchange | None:
        """The last exchange in a chat."""
        self._expire()
        keys = self._of_chat.get(chat_id)
        return self.get(next(reversed(keys))) if keys else None

    def answered(self, answer_id: str) -> Exchange | None:
        """The exchange whose answer has this id."""
        self._expire()
        key = self._of_answer.get(answer_id)
        return None if key is None else self.get(key)

    def forget(self, chat_id: int, asker: int | None = None) -> None:
        """Forget a chat's exchanges; only those of `asker` where one is given."""
        for key in tuple(self._of_chat.get(chat_id, ())):
            if asker is None or self._kept[key][1].asker == asker:
                self._drop(key)

    def forget_message(self, key: MessageKey) -> None:
        """Forget what one message answered: it shows something else now."""
        self._drop(key)

    def _expire(self) -> None:
        oldest = self._clock() - self._seconds
        while self._kept:
            key, (at, _) = next(iter(self._kept.items()))
            if at >= oldest and len(self._kept) <= self._limit:
                return
            self._drop(key)

    def _drop(self, key: MessageKey) -> None:
        kept = self._kept.pop(key, None)
        if kept is None:
            return
        keys = self._of_chat[key[0]]
        del keys[key]
        if not keys:
            del self._of_chat[key[0]]
        if self._of_answer.get(kept[1].answer_id) == key:
            del self._of_answer[kept[1].answer_id]
