"""What is written down of a question: never who asked, and its words for a while only."""

from __future__ import annotations

import itertools
import secrets
import time

from bot.chat.context import Services
from bot.chat.keeping import DAY_SECONDS
from bot.chat.richtext import clip
from bot.retrieval.answer import Answer, Reason
from bot.storage.records import NOBODY, Outcome, QuestionAsked

_LONGEST = 200

_OUTCOMES = {
    None: Outcome.ANSWERED,
    Reason.UNSURE: Outcome.RELATED,
    Reason.NOT_IN_ARTICLE: Outcome.ABSENT,
    Reason.UNSTATED: Outcome.RELATED,
    Reason.UNSAID: Outcome.RELATED,
    Reason.ADDRESSED: Outcome.ABSENT,
    Reason.UNRESOLVED: Outcome.ASKED_BACK,
}


_process = secrets.token_hex(6)
_count = itertools.count()


def _next_id() -> str:
    """An id that no other question has. The time comes first: what an index gets in order, it
    writes side by side.
    """
    return f"{time.time_ns():016x}{_process}{next(_count) % 65_536:04x}"


def _counted_cry() -> QuestionAsked:
    """A cry for help, counted: its day, and neither who it was nor what they wrote."""
    day = time.time() // DAY_SECONDS * DAY_SECONDS
    return QuestionAsked(
        id=secrets.token_hex(16),
        at=day,
        user_id=NOBODY,
        outcome=Outcome.DISTRESS,
        topics=(),
        sections=(),
        language="",
        text=None,
    )


def log_question(services: Services, answer: Answer, asker: int, language: str) -> None:
    """Write down what came of a question; greetings and the like are none, and a cry for help is
    only counted.
    """
    if answer.care.distress is not None:
        services.keeping.journal.put(_counted_cry())
        return
    outcome = _OUTCOMES.get(answer.reason)
    if outcome is None:
        return
    quoter, kept = services.quoter, services.keeping.retention_days > 0
    paragraphs = sorted({quote.locator.paragraph for quote in answer.quotes})
    services.keeping.journal.put(
        QuestionAsked(
            id=_next_id(),
            at=time.time(),
            user_id=asker,
            outcome=outcome,
            topics=tuple(topic.id for topic in quoter.topics.of_paragraphs(paragraphs)),
            sections=quoter.article.section_numbers(paragraphs),
            language=language,
            text=clip(" ".join(answer.question.split()), _LONGEST) if kept else None,
        )
    )
