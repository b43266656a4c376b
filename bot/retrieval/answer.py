"""What the core gives back: an `Answer`, with quotes or with the reason there are none."""

from __future__ import annotations

import datetime
import enum
from dataclasses import dataclass, field

from bot.article.quote import Quote
from bot.article.topics import Topic
from bot.care.care import Care


class Reason(enum.StrEnum):
    """Why an answer carries no quote."""

    EMPTY = "empty"
    """The question has no words: nothing, white space, emoji, control characters."""
    TOO_LONG = "too_long"
    """The question is a text, not a question."""
    GREETING = "greeting"
    """你好, hello."""
    THANKS = "thanks"
    """谢谢, thank you."""
    ABOUT_BOT = "about_bot"
    """你是谁, what can you do."""
    ABOUT_ARTICLE = "about_article"
    """Which newspaper, which day: what stands around the article, not in it."""
    NOT_IN_ARTICLE = "not_in_article"
    """The article has nothing on it."""
    UNSURE = "unsure"
    """Something comes near (`Answer.related`), and does not answer."""
    DISTRESS = "distress"
    """The message is a cry for help (`Answer.care`), and asks nothing that the article answers."""
    UNSTATED = "unstated"
    """The article does not state the outcome (`Answer.care`) that is asked for; `Answer.related` is
    what it does say, `Answer.choices` ask for other diseases' outcomes."""
    UNSAID = "unsaid"
    """The article has no words of the person (`Answer.care`) whose words are asked for."""
    ADDRESSED = "addressed"
    """The message speaks to somebody of the article, and asks nothing that it answers."""
    UNRESOLVED = "unresolved"
    """The question points back, and nothing says to what; `Answer.choices` are offered."""


@dataclass(frozen=True, slots=True)
class TimeWord:
    """A word of a quote that means the time of printing, and what it meant then.

    `year` is set for words such as 今年 and 去年; None stands for the day of publication.
    """

    word: str
    published: datetime.date
    year: int | None


@dataclass(frozen=True, slots=True)
class Correction:
    """A word of the question that was read as another: a typo, pinyin, or another name."""

    written: str
    read_as: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of one question; true where it was answered.

    `quotes` are ranked, empty when it abstains. `candidates` are the ranked quotes before the
    decision to abstain, nothing in them marked. `related` holds the nearest quotes when `reason`
    is `UNSURE`.
    `confidence` is between 0 and 1, comparable across articles. `note` says, outside the quotes,
    what their time words mean (Chinese; None without any).

    `corrections` are the words that were read as others. `missing` are the question's words that
    the article never uses, when `reason` is `NOT_IN_ARTICLE`. `choices` are complete questions
    to choose from, when it is `UNRESOLVED`. `selection` says that the quotes are a choice from a
    whole, not all there is. `care` is what is said to the reader for their own sake. Of a cry for
    help `question` is empty: its words go nowhere.
    """

    id: str
    question: str
    quotes: tuple[Quote, ...]
    candidates: tuple[Quote, ...]
    related: tuple[Quote, ...]
    topics: tuple[Topic, ...]
    confidence: float
    reason: Reason | None
    time_words: tuple[TimeWord, ...]
    note: str | None
    corrections: tuple[Correction, ...] = ()
    missing: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    selection: bool = False
    care: Care = field(default_factory=Care)

    def __bool__(self) -> bool:
        return bool(self.quotes)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an answer is as it is.

    `matched` are the question's words that the article uses, `missing` those it never does;
    `scores` are those of the ranked candidates.
    """

    matched: tuple[str, ...]
    missing: tuple[str, ...]
    scores: tuple[float, ...]
    confidence: float
    index_id: str
