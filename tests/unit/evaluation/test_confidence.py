"""The worth of the confidence."""

import math
from dataclasses import replace

import pytest

from bot.evaluation.confidence import judge_confidence
from bot.evaluation.dataset import Example
from bot.evaluation.figures import Outcome
from bot.retrieval import Quoter


@pytest.fixture(scope="module")
def answered(quoter: Quoter) -> Outcome:
    """A question that the article answers with its first quote."""
    answer = quoter.ask("渐冻症的临床研究是什么时候开始的")
    return Outcome(Example(question=answer.question, answers=(answer.quotes[0].text,)), answer, 0.0)


def with_confidence(outcome: Outcome, confidence: float, *answers: str) -> Outcome:
    """The outcome as if it were so sure, of a question with these answers."""
    return replace(
        outcome,
        example=outcome.example.model_copy(update={"answers": answers}),
        answer=replace(outcome.answer, confidence=confidence),
    )


def test_a_confidence_that_tells_them_apart(answered: Outcome) -> None:
    """Every answerable question is surer than every other: nothing is wrong about it."""
    right = answered.example.answers
    outcomes = [with_confidence(answered, 1.0, *right), with_confidence(answered, 0.0)]
    worth = judge_confidence(outcomes)

    assert (worth.auroc, worth.risk, worth.calibration) == (1.0, 0.0, 0.0)


def test_a_confidence_that_is_too_high(answered: Outcome) -> None:
    """Sure of four that do not answer and of one that does: risk and distance say so."""
    right = answered.example.answers
    outcomes = [
        with_confidence(answered, 0.9, *right),
        *[with_confidence(answered, 0.9, "steht nicht da")] * 4,
    ]
    worth = judge_confidence(outcomes)

    assert worth.risk == pytest.approx(3 / 4)
    assert worth.calibration == pytest.approx(0.9 - 1 / 5)
    assert math.isnan(worth.auroc)
