"""How much the confidence is worth: does it tell right from wrong, and is it a probability?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.evaluation.figures import Outcome
from bot.evaluation.foreign import auroc

COVERAGE = 0.8
_BINS = 10


@dataclass(frozen=True, slots=True)
class Confidence:
    """`auroc`: the chance that a question the text answers has more confidence than one it does
    not. `risk`: of the `COVERAGE` of answerable questions with most confidence, the share whose
    first excerpt does not answer. `calibration`: the mean distance, in bins of equal width, of
    the confidence from the share of first excerpts that answer (Guo et al. 2017).
    """

    auroc: float
    risk: float
    calibration: float


def judge_confidence(outcomes: Sequence[Outcome]) -> Confidence:
    """The worth of the confidence over these outcomes; NaN where there are none of a kind."""
    rated = [
        (outcome.answer.confidence, outcome.rank == 1 and bool(outcome.example.answers))
        for outcome in outcomes
    ]
    good = [outcome.answer.confidence for outcome in outcomes if outcome.example.answers]
    wrong = [outcome.answer.confidence for outcome in outcomes if not outcome.example.answers]
    return Confidence(auroc(good, wrong), _risk(outcomes), _calibration(rated))


def _risk(outcomes: Sequence[Outcome]) -> float:
    answerable = sorted(
        (outcome for outcome in outcomes if outcome.example.answers),
        key=lambda outcome: -outcome.answer.confidence,
    )
    covered = answerable[: math.ceil(COVERAGE * len(answerable))]
    if not covered:
        return math.nan
    return sum(outcome.rank != 1 for outcome in covered) / len(covered)


def _calibration(rated: Sequence[tuple[float, bool]]) -> float:
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for confidence, right in rated:
        bins[min(int(confidence * _BINS), _BINS - 1)].append((confidence, right))
    return sum(
        abs(sum(confidence - right for confidence, right in each)) / len(rated) for each in bins
    )
