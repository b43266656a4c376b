"""What was asked lately: by which message each answer stands, bounded in number and time."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable

from bot.storage.journal import Journal
from bot.storage.records import (
    MOST_PREVIOUS,
    ChatForgotten,
    Exchange,
    ExchangeDropped,
    ExchangeMade,
    KeptExchange,
    MessageKey,
)

__all__ = ["MOST_PREVIOUS", "SECONDS", "Conversations", "Exchange"]

SECONDS = 30 * 60.0
"""How long a question is remembered."""


class Conversations:
    """The last `limit` exchanges by the message of their answer, none older than `seconds`.

    What happens to them is also written to the `journal`, if there is one.
    """

    def __init__(
        self,
        limit: int,
        clock: Callable[[], float],
        seconds: float = SECONDS,
        journal: Journal | None = None,
    ) -> None:
        self.limit = limit
        self._clock = clock
        self._seconds = seconds
        self._journal = journal
        # Oldest first; each with the time it was put.
        self._kept: OrderedDict[MessageKey, tuple[float, Exchange]] = OrderedDict()
        self._of_chat: dict[int, OrderedDict[MessageKey, None]] = {}
        self._of_answer: dict[str, MessageKey] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def put(self, key: MessageKey, exchange: Exchange) -> None:
        """Remember `exchange` as what the message `key` answers."""
        self._keep(key, self._clock(), exchange)
        if self._journal is not None:
            self._journal.put(ExchangeMade(KeptExchange(key, time.time(), exchange)))

    def replace_chat(self, chat_id: int, kept: Iterable[KeptExchange]) -> None:
        """Put what is kept elsewhere in the place of all that is remembered of a chat."""
        for key in tuple(self._of_chat.get(chat_id, ())):
            self._drop(key)
        self.recall(kept)

    def recall(self, kept: Iterable[KeptExchange]) -> None:
        """Remember what is kept elsewhere, the oldest first."""
        now, wall = self._clock(), time.time()
        for each in kept:
            # The clock on the wall may have been set back since.
            age = max(0.0, wall - each.at)
            if age <= self._seconds:
                self._keep(each.key, now - age, each.exchange)

    def get(self, key: MessageKey) -> Exchange | None:
        """What the message `key` answers, or None when that is forgotten."""
        self._expire()
        kept = self._kept.get(key)
        # One that was recalled is older than its place among the others says.
        if kept is None or kept[0] < self._clock() - self._seconds:
            return None
        return kept[1]

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
        if self._journal is not None:
            self._journal.put(ChatForgotten(chat_id, asker))

    def forget_asker(self, asker: int) -> None:
        """Forget what somebody asked, wherever it was; a private chat has its user's id."""
        for key, (_, exchange) in tuple(self._kept.items()):
            if asker in (exchange.asker, key[0]):
                self._drop(key)

    def forget_message(self, key: MessageKey) -> None:
        """Forget what one message answered: it shows something else now."""
        self._drop(key)
        if self._journal is not None:
            self._journal.put(ExchangeDropped(key))

    def _keep(self, key: MessageKey, at: float, exchange: Exchange) -> None:
        self._drop(key)
        self._kept[key] = (at, exchange)
        self._of_chat.setdefault(key[0], OrderedDict())[key] = None
        if exchange.answer_id:
            self._of_answer[exchange.answer_id] = key
        self._expire()

    def _expire(self) -> None:
        oldest = self._clock() - self._seconds
        while self._kept:
            key, (at, _) = next(iter(self._kept.items()))
            if at >= oldest and len(self._kept) <= self.limit:
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
