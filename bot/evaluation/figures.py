"""The figures of one run, from what was asked and what came back."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from bot.evaluation.dataset import Example
from bot.evaluation.marks import is_exact, overlap
from bot.retrieval import Answer

_DEPTH = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question's answer, the seconds it took, and what the baseline found, if it was asked."""

    example: Example
    answer: Answer
    seconds: float
    baseline: str | None = None

    @property
    def rank(self) -> int | None:
        """The rank, from 1, of the first candidate that answers; None where none does."""
        for rank, quote in enumerate(self.answer.candidates[:_DEPTH], start=1):
            if self.example.answered_by(quote.text):
                return rank
        return None

    @property
    def answered_rightly(self) -> bool:
        """The first quote sent answers."""
        return bool(self.answer) and self.example.answered_by(self.answer.quotes[0].text)

    @property
    def marked(self) -> str:
        """What is marked in the first quote sent; nothing where none was."""
        if not self.answer:
            return ""
        first = self.answer.quotes[0]
        return "".join(first.text[mark.start : mark.end] for mark in first.highlights)

    @property
    def went_wrong(self) -> bool:
        """Answered wrongly, or not, or answered where the article does not say."""
        return not self.answered_rightly if self.example.answers else bool(self.answer)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with a 95 % Wilson score interval (Wilson 1927)."""

    hits: int
    total: int

    @property
    def value(self) -> float:
        """Between 0 and 1; NaN of nothing."""
        return self.hits / self.total if self.total else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper bound of `value`."""
        if not self.total:
            return math.nan, math.nan
        z, n, p = 1.96, self.total, self.value
        centre = p + z * z / (2 * n)
        margin = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        scale = 1 + z * z / n
        return (centre - margin) / scale, (centre + margin) / scale

    def __str__(self) -> str:
        low, high = self.interval
        return f"{100 * self.value:.1f} % ({100 * low:.1f}-{100 * high:.1f})" if self.total else "-"


@dataclass(frozen=True, slots=True)
class Figures:
    """What is reported of a set.

    `hit_1` and `hit_3`: an answering candidate among the first one or three, abstention aside.
    `mrr`: mean reciprocal rank to depth 5. `right`: answered, and the first quote answers.
    `refused`: of the questions without an answer, those given none. `mark_f1` and `mark_exact`:
    how what is marked agrees with the answers, from end to end. `length`: mean characters of the
    first candidate. `milliseconds`: median time of a question. `baseline`: the share of first
    sentences of the plain baseline that answer, where it was asked too.
    """

    hit_1: Share
    hit_3: Share
    mrr: float
    right: Share
    refused: Share
    mark_f1: float
    mark_exact: Share
    length: float
    milliseconds: float
    baseline: Share


def summarise(outcomes: Sequence[Outcome]) -> Figures:
    """The figures of these outcomes; at least one is needed."""
    with_answer = [outcome for outcome in outcomes if outcome.example.answers]
    without = [outcome for outcome in outcomes if not outcome.example.answers]
    ranks = [outcome.rank for outcome in with_answer]
    lengths = [
        len(outcome.answer.candidates[0].text)
        for outcome in with_answer
        if outcome.answer.candidates
    ]
    return Figures(
        hit_1=Share(sum(rank == 1 for rank in ranks), len(ranks)),
        hit_3=Share(sum(rank is not None and rank <= 3 for rank in ranks), len(ranks)),
        mrr=statistics.fmean([1 / rank if rank else 0.0 for rank in ranks]) if ranks else math.nan,
        right=Share(sum(outcome.answered_rightly for outcome in with_answer), len(with_answer)),
        refused=Share(sum(not outcome.answer for outcome in without), len(without)),
        mark_f1=statistics.fmean(
            [overlap(each.marked, each.example.answers) for each in with_answer]
        )
        if with_answer
        else math.nan,
        mark_exact=Share(
            sum(is_exact(each.marked, each.example.answers) for each in with_answer),
            len(with_answer),
        ),
        length=statistics.fmean(lengths) if lengths else math.nan,
        milliseconds=1000 * statistics.median(outcome.seconds for outcome in outcomes),
        baseline=Share(
            sum(each.example.answered_by(each.baseline or "") for each in with_answer),
            sum(each.baseline is not None for each in with_answer),
        ),
    )
