"""What is kept, as values; and the entries by which it is written in the background."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import Any

MessageKey = tuple[int, int]
"""A message: chat id and message id."""

RawUpdate = dict[str, Any]
"""An update as the Bot API sends it: the object that JSON makes."""

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


@dataclass(frozen=True, slots=True)
class KeptExchange:
    """An exchange, the message of its answer, and when that was, in Unix seconds."""

    key: MessageKey
    at: float
    exchange: Exchange


class Fault(enum.StrEnum):
    """What was wrong with an answer, in the order of the buttons."""

    OFF_POINT = "off-point"
    INCOMPLETE = "incomplete"
    IN_ARTICLE = "in-article"


@dataclass(frozen=True, slots=True)
class Vote:
    """One reader's judgement of one answer."""

    answer_id: str
    user_id: int
    good: bool
    fault: Fault | None = None


class Outcome(enum.StrEnum):
    """What came of a question."""

    ANSWERED = "answered"
    RELATED = "related"
    """Only something near it was found."""
    ABSENT = "absent"
    """The article has nothing on it."""
    ASKED_BACK = "asked-back"
    DISTRESS = "distress"
    """No question, but a cry for help: counted by the day, and nothing else is kept of it."""


NOBODY = 0
"""The user id of what belongs to no reader."""


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """A line of the question log.

    `id` is random, so that a line written twice is one. `user_id` is never kept, only its salted
    hash. `topics` and `sections` are those of the quotes; `language` is that of the bot's words.
    `text` is None where no text is to be kept.
    """

    id: str
    at: float
    user_id: int
    outcome: Outcome
    topics: tuple[str, ...]
    sections: tuple[int, ...]
    language: str
    text: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class ExchangeMade:
    """An exchange to keep in the place of what its message answered before."""

    kept: KeptExchange


@dataclass(frozen=True, slots=True)
class ExchangeDropped:
    """A message that answers nothing any more."""

    key: MessageKey


@dataclass(frozen=True, slots=True)
class ChatForgotten:
    """A chat whose exchanges are to be dropped; only those of `asker` where one is given."""

    chat_id: int
    asker: int | None


@dataclass(frozen=True, slots=True)
class AnswerSent:
    """The message of an answer, by the message of its question."""

    key: MessageKey
    message_id: int
    at: float


@dataclass(frozen=True, slots=True)
class VoteCast:
    """A vote, in the place of the same reader's earlier one on the same answer."""

    vote: Vote
    at: float


Entry = ExchangeMade | ExchangeDropped | ChatForgotten | AnswerSent | QuestionAsked | VoteCast
"""What is written in the background."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much of one user was erased."""

    questions: int = 0
    exchanges: int = 0
    votes: int = 0
    languages: int = 0

    @property
    def total(self) -> int:
        """All of it."""
        return self.questions + self.exchanges + self.votes + self.languages


@dataclass(frozen=True, slots=True)
class Day:
    """The questions of one day (UTC, an ISO date), by what came of them."""

    date: str
    readers: int
    outcomes: dict[Outcome, int]

    @property
    def asked(self) -> int:
        """All of them; a cry for help is none."""
        return sum(self.outcomes.values()) - self.distress

    @property
    def distress(self) -> int:
        """Cries for help."""
        return self.outcomes.get(Outcome.DISTRESS, 0)

    @property
    def answered(self) -> int:
        """Those answered with a quote."""
        return self.outcomes.get(Outcome.ANSWERED, 0)


@dataclass(frozen=True, slots=True)
class Statistics:
    """What readers asked, over some days; the newest, or the most frequent, first.

    `topics` are topic ids with how many questions touched them. `unanswered` are the texts of
    questions that were not answered, as far as texts are kept, with how often they were asked.
    """

    days: tuple[Day, ...] = ()
    topics: tuple[tuple[str, int], ...] = ()
    unanswered: tuple[tuple[str, int], ...] = ()
    good: int = 0
    bad: int = 0
    faults: tuple[tuple[Fault, int], ...] = ()

    @property
    def asked(self) -> int:
        """All questions."""
        return sum(day.asked for day in self.days)

    @property
    def distress(self) -> int:
        """Cries for help."""
        return sum(day.distress for day in self.days)

    @property
    def answered(self) -> int:
        """Those answered with a quote."""
        return sum(day.answered for day in self.days)


@dataclass(frozen=True, slots=True)
class Horizon:
    """What is older than these times, in Unix seconds, is dropped."""

    exchanges: float
    answers: float
    updates: float
    texts: float
    questions: float
