from __future__ import annotations

import pytest

from bot.chat.keyboards import columns
from bot.chat.statistics import WIDTH, table
from bot.locales import LANGUAGES, catalog
from bot.storage.records import Day, Fault, Outcome, Statistics

LONG = "这个问题特别特别长，长得一行里无论如何也放不下它的全部文字，so it is cut somewhere"
DAYS = tuple(
    Day(f"2026-11-{day:02}", 12_345, {Outcome.ANSWERED: 10_000, Outcome.ABSENT: 2_345})
    for day in range(30, 0, -1)
)
FULL = Statistics(
    DAYS,
    tuple((f"topic-{number}", 1_000 * (20 - number)) for number in range(20)),
    tuple((f"{number}{LONG}", 100_000) for number in range(50)),
    123_456,
    7,
    tuple((fault, 3) for fault in Fault),
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("statistics", [FULL, Statistics()])
def test_no_line_is_wider_than_a_phone(language: str, statistics: Statistics) -> None:
    """Chinese characters count twice; names and questions are cut, figures never."""
    names = {"topic-0": LONG}
    lines = list(table(statistics, names, catalog(language), 30))
    assert [] == [line for line in lines if columns(line) > WIDTH]
    assert 4096 > len("\n".join(lines))


def test_the_figures_are_those_of_the_days() -> None:
    """A row a day, the newest first, then all; shares in percent."""
    days = (
        Day("2026-11-22", 3, {Outcome.ANSWERED: 3, Outcome.RELATED: 1}),
        Day("2026-11-21", 1, {Outcome.ABSENT: 1}),
    )
    found = Statistics(days, (("als", 3),), (("天气", 1),), 2, 1, ((Fault.OFF_POINT, 1),))
    assert [
        "Last 7 days (UTC)",
        "day   asked  found  share people",
        "11-22     4      3    75%      3",
        "11-21     1      0     0%      1",
        "all       5      3    60%",
        "",
        "Topics of the answers",
        "渐冻症                         3",
        "",
        "Asked and not answered",
        "天气                           1",
        "",
        "Good answers                   2",
        "Bad answers                    1",
        " Off topic                     1",
    ] == list(table(found, {"als": "渐冻症"}, catalog("en"), 7))
