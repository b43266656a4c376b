"""What was asked and answered, in memory; bounded, and gone with the process."""

from __future__ import annotations

import datetime
from collections import Counter, OrderedDict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.storage.records import (
    AnswerSent,
    ChatForgotten,
    Day,
    Entry,
    Exchange,
    ExchangeDropped,
    ExchangeMade,
    Fault,
    Forgotten,
    Horizon,
    KeptExchange,
    MessageKey,
    Outcome,
    QuestionAsked,
    Statistics,
    Vote,
    VoteCast,
)

_MOST_RECENT = 50
_MOST_LISTED = 50

KeyT = TypeVar("KeyT")
ValueT = TypeVar("ValueT")


class MemoryRecords:
    """`Records` in memory: the last `limit` of each kind."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._exchanges: OrderedDict[MessageKey, KeptExchange] = OrderedDict()
        self._answers: OrderedDict[MessageKey, AnswerSent] = OrderedDict()
        self._questions: OrderedDict[str, QuestionAsked] = OrderedDict()
        self._votes: OrderedDict[tuple[str, int], VoteCast] = OrderedDict()

    async def write(self, entries: Sequence[Entry], handled: Collection[int] = ()) -> None:
        """See `Records`."""
        for entry in entries:
            match entry:
                case ExchangeMade(kept):
                    self._put(self._exchanges, kept.key, kept)
                case ExchangeDropped(key):
                    self._exchanges.pop(key, None)
                case ChatForgotten(chat_id, asker):
                    for key, kept in tuple(self._exchanges.items()):
                        if key[0] == chat_id and asker in (None, kept.exchange.asker):
                            del self._exchanges[key]
                case AnswerSent(key):
                    self._put(self._answers, key, entry)
                case QuestionAsked():
                    self._put(self._questions, entry.id, entry)
                case VoteCast(vote):
                    self._put(self._votes, (vote.answer_id, vote.user_id), entry)

    async def recent(
        self, chat_id: int, since: float, also: Collection[int] = ()
    ) -> list[KeptExchange]:
        """See `Records`."""
        kept = sorted(
            (
                each
                for each in self._exchanges.values()
                if each.key[0] == chat_id and each.at >= since
            ),
            key=lambda each: (each.at, each.key),
        )
        return [each for each in kept[:-_MOST_RECENT] if each.key[1] in also] + kept[-_MOST_RECENT:]

    async def lately(self, since: float, limit: int) -> list[KeptExchange]:
        """See `Records`."""
        kept = [each for each in self._exchanges.values() if each.at >= since]
        return sorted(kept, key=lambda each: (each.at, each.key))[-limit:] if limit else []

    async def answered(self, answer_id: str, since: float) -> Exchange | None:
        """See `Records`."""
        found = [
            kept
            for kept in self._exchanges.values()
            if kept.exchange.answer_id == answer_id and kept.at >= since
        ]
        return max(found, key=lambda kept: kept.at).exchange if found else None

    async def answer_to(self, key: MessageKey) -> int | None:
        """See `Records`."""
        answer = self._answers.get(key)
        return None if answer is None else answer.message_id

    async def vote_of(self, answer_id: str, user_id: int) -> Vote | None:
        """See `Records`."""
        cast = self._votes.get((answer_id, user_id))
        return None if cast is None else cast.vote

    async def forget(self, user_id: int) -> Forgotten:
        """See `Records`."""
        _drop(self._answers, (key for key in self._answers if key[0] == user_id))
        return Forgotten(
            questions=_drop(
                self._questions,
                (key for key, asked in self._questions.items() if asked.user_id == user_id),
            ),
            exchanges=_drop(
                self._exchanges,
                (
                    key
                    for key, kept in self._exchanges.items()
                    if user_id in (kept.exchange.asker, key[0])
                ),
            ),
            votes=_drop(self._votes, (key for key in self._votes if key[1] == user_id)),
        )

    async def statistics(self, since: float) -> Statistics:
        """See `Records`."""
        asked = [each for each in self._questions.values() if each.at >= since]
        outcomes: dict[str, Counter[Outcome]] = {}
        readers: dict[str, set[int]] = {}
        for each in asked:
            date = datetime.datetime.fromtimestamp(each.at, datetime.UTC).date().isoformat()
            outcomes.setdefault(date, Counter())[each.outcome] += 1
            readers.setdefault(date, set())
            if each.outcome is not Outcome.DISTRESS:
                readers[date].add(each.user_id)
        missed = (Outcome.ABSENT, Outcome.RELATED)
        texts = [each.text for each in asked[::-1] if each.text and each.outcome in missed]
        votes = [cast.vote for cast in self._votes.values() if cast.at >= since]
        faults: Counter[Fault] = Counter(vote.fault for vote in votes if vote.fault)
        return Statistics(
            tuple(
                Day(date, len(readers[date]), dict(outcomes[date]))
                for date in sorted(outcomes, reverse=True)
            ),
            _ranked(Counter(topic for each in asked for topic in each.topics)),
            tuple(Counter(texts).most_common(_MOST_LISTED)),
            sum(vote.good for vote in votes),
            sum(not vote.good for vote in votes),
            tuple(sorted(faults.items(), key=lambda each: (-each[1], each[0]))),
        )

    async def purge(self, horizon: Horizon) -> None:
        """See `Records`."""
        old = (key for key, kept in self._exchanges.items() if kept.at < horizon.exchanges)
        _drop(self._exchanges, old)
        _drop(self._answers, (k for k, sent in self._answers.items() if sent.at < horizon.answers))
        gone = (key for key, asked in self._questions.items() if asked.at < horizon.questions)
        _drop(self._questions, gone)
        _drop(self._votes, (k for k, cast in self._votes.items() if cast.at < horizon.questions))
        for key, asked in self._questions.items():
            if asked.at < horizon.texts and asked.text is not None:
                self._questions[key] = replace(asked, text=None)

    def _put(self, kept: OrderedDict[KeyT, ValueT], key: KeyT, value: ValueT) -> None:
        kept[key] = value
        kept.move_to_end(key)
        while len(kept) > self._limit:
            kept.popitem(last=False)


def _drop(kept: OrderedDict[KeyT, ValueT], keys: Iterable[KeyT]) -> int:
    dropped = tuple(keys)
    for key in dropped:
        del kept[key]
    return len(dropped)


def _ranked(counted: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counted.items(), key=lambda each: (-each[1], each[0])))
