"""Statistics out of a database."""

from __future__ import annotations

import datetime
from collections import Counter

from sqlalchemy import Connection, Integer, cast, func, select

from bot.storage.records import Day, Fault, Outcome, Statistics
from bot.storage.tables import QUESTIONS, VOTES

MOST_LISTED = 50
"""How many unanswered questions are listed at most."""

_DAY_SECONDS = 86_400


def read_statistics(connection: Connection, since: float) -> Statistics:
    """What was asked since then, and what readers thought of the answers."""
    good, bad, faults = _votes(connection, since)
    return Statistics(
        _days(connection, since),
        _topics(connection, since),
        _unanswered(connection, since),
        good,
        bad,
        faults,
    )


def _days(connection: Connection, since: float) -> tuple[Day, ...]:
    number = cast(func.floor(QUESTIONS.c.at / _DAY_SECONDS), Integer)
    if connection.dialect.name == "sqlite":
        # Not every SQLite has floor(); its integers are cut, which is the same after 1970.
        number = cast(QUESTIONS.c.at / _DAY_SECONDS, Integer)
    # Written out once each: PostgreSQL does not see that two equal parameters are one.
    asked = (
        select(number.label("number"), QUESTIONS.c.outcome, QUESTIONS.c.reader)
        .where(QUESTIONS.c.at >= since)
        .subquery()
    )
    outcomes = select(asked.c.number, asked.c.outcome, func.count()).group_by(
        asked.c.number, asked.c.outcome
    )
    # A cry for help is nobody's.
    readers = (
        select(asked.c.number, func.count(asked.c.reader.distinct()))
        .where(asked.c.outcome != Outcome.DISTRESS.value)
        .group_by(asked.c.number)
    )
    counts: dict[int, dict[Outcome, int]] = {}
    for day, outcome, count in connection.execute(outcomes):
        counts.setdefault(day, {})[Outcome(outcome)] = count
    of_day = {row[0]: row[1] for row in connection.execute(readers)}
    return tuple(Day(_date(day), of_day.get(day, 0), counts[day]) for day in sorted(counts)[::-1])


def _topics(connection: Connection, since: float) -> tuple[tuple[str, int], ...]:
    listed = (
        select(QUESTIONS.c.topics, func.count())
        .where(QUESTIONS.c.at >= since, QUESTIONS.c.topics != "")
        .group_by(QUESTIONS.c.topics)
    )
    counted: Counter[str] = Counter()
    for topics, count in connection.execute(listed):
        for topic in topics.split():
            counted[topic] += count
    return tuple(sorted(counted.items(), key=lambda each: (-each[1], each[0])))


def _unanswered(connection: Connection, since: float) -> tuple[tuple[str, int], ...]:
    count = func.count()
    listed = (
        select(QUESTIONS.c.text, count)
        .where(
            QUESTIONS.c.at >= since,
            QUESTIONS.c.text.is_not(None),
            QUESTIONS.c.outcome.in_([Outcome.ABSENT.value, Outcome.RELATED.value]),
        )
        .group_by(QUESTIONS.c.text)
        .order_by(count.desc(), func.max(QUESTIONS.c.at).desc())
        .limit(MOST_LISTED)
    )
    return tuple((text, times) for text, times in connection.execute(listed))


def _votes(connection: Connection, since: float) -> tuple[int, int, tuple[tuple[Fault, int], ...]]:
    listed = (
        select(VOTES.c.good, VOTES.c.fault, func.count())
        .where(VOTES.c.at >= since)
        .group_by(VOTES.c.good, VOTES.c.fault)
    )
    good = bad = 0
    faults: Counter[Fault] = Counter()
    for was_good, fault, count in connection.execute(listed):
        if was_good:
            good += count
        else:
            bad += count
        if fault:
            faults[Fault(fault)] += count
    return good, bad, tuple(sorted(faults.items(), key=lambda each: (-each[1], each[0])))


def _date(day: int) -> str:
    return datetime.datetime.fromtimestamp(day * _DAY_SECONDS, datetime.UTC).date().isoformat()
