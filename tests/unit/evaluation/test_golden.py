"""The golden questions: nothing that was reached is lost again unnoticed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.evaluation.dataset import read_examples
from bot.evaluation.figures import Outcome
from bot.evaluation.run import ask_all
from bot.project import PROJECT_ROOT
from bot.retrieval import Quoter


def no_other(_: str) -> Quoter:
    """Golden questions are all about the project's own article."""
    raise AssertionError


def first_answers(outcome: Outcome) -> bool:
    """The first candidate answers, abstention aside."""
    return outcome.rank == 1


def right(outcome: Outcome) -> bool:
    """Answered with a quote that answers, or rightly not answered."""
    return not outcome.went_wrong


@pytest.mark.parametrize(
    ("name", "reached", "least", "total"),
    [
        ("answerable", first_answers, 210, 225),
        ("answerable", right, 195, 225),
        ("answerable_2", first_answers, 219, 240),
        ("answerable_2", right, 208, 240),
        ("answerable_3", first_answers, 188, 200),
        ("answerable_3", right, 169, 200),
        ("unanswerable", right, 86, 91),
        ("unanswerable_2", right, 118, 130),
        ("unanswerable_3", right, 100, 110),
        ("followups", right, 24, 29),
        ("followups_2", right, 48, 60),
        ("followups_3", right, 42, 50),
    ],
)
def test_answers_are_as_good_as_they_were(
    quoter: Quoter, name: str, reached: Callable[[Outcome], bool], least: int, total: int
) -> None:
    """By words alone, for that is the same on every machine: at least as many as when this was
    last written.
    """
    examples = read_examples(PROJECT_ROOT / f"tests/golden/{name}.jsonl")
    outcomes = list(ask_all(examples, own=lambda: quoter, over=no_other))

    assert total == len(outcomes)
    assert least <= sum(map(reached, outcomes))
