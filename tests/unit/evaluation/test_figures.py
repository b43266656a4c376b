from __future__ import annotations

import math

import pytest

from bot.evaluation.dataset import Example
from bot.evaluation.figures import Outcome, Share, summarise
from bot.evaluation.run import ask_all
from bot.retrieval import Quoter


def ask(quoter: Quoter, *examples: Example) -> list[Outcome]:
    """Ask these of the project's article."""

    def other(_: str) -> Quoter:
        raise AssertionError

    return list(ask_all(examples, own=lambda: quoter, over=other))


FOUND = Example(
    id="1", question="渐冻症的临床研究是什么时候开始的", answers=("2024年10月，张毅团队",)
)
MISSED = Example(id="2", question="渐冻症的临床研究是什么时候开始的", answers=("没有这句话",))
OFF_TOPIC = Example(id="3", question="今天天气怎么样")
ANSWERED_WRONGLY = Example(id="4", question="渐冻症的临床研究是什么时候开始的")


def test_counts_what_came_back(quoter: Quoter) -> None:
    """Hits count among the questions with an answer, refusals among those without."""
    outcomes = ask(quoter, FOUND, MISSED, OFF_TOPIC, ANSWERED_WRONGLY)
    figures = summarise(outcomes)

    assert (Share(1, 2), Share(1, 2), 0.5) == (figures.hit_1, figures.right, figures.mrr)
    assert Share(1, 2) == figures.refused
    assert [False, True, False, True] == [outcome.went_wrong for outcome in outcomes]
    assert 0 < figures.length <= 200


def test_figures_of_nothing_are_no_numbers(quoter: Quoter) -> None:
    """A set without answers has no hit rate, rather than one of zero."""
    figures = summarise(ask(quoter, OFF_TOPIC))

    assert math.isnan(figures.hit_1.value)
    assert math.isnan(figures.mrr)
    assert "-" == str(figures.hit_1)


def test_wilson_interval() -> None:
    """Against the values of a published table: 81 of 263 gives 0.255 to 0.366."""
    low, high = Share(81, 263).interval

    assert pytest.approx(0.2553, abs=5e-4) == low
    assert pytest.approx(0.3662, abs=5e-4) == high
