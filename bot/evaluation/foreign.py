"""Questions asked of the wrong article: how well the confidence tells them from good ones."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.evaluation.dataset import Example
from bot.evaluation.figures import Share
from bot.retrieval import Quoter
from bot.retrieval.analysis import grams


@dataclass(frozen=True, slots=True)
class Refusals:
    """Questions of one kind of wrong article, beside good ones.

    `auroc`: the chance that a good question has more confidence than a wrong one. `refused`: of
    the wrong ones. `lost`: of the good ones, those refused too. `accuracy`: of both, those that
    were rightly answered or refused.
    """

    auroc: float
    refused: Share
    lost: Share

    @property
    def accuracy(self) -> Share:
        """Good ones that were answered, and wrong ones refused."""
        hits = self.refused.hits + self.lost.total - self.lost.hits
        return Share(hits, self.refused.total + self.lost.total)


def random_and_nearest(
    texts: Sequence[str], generator: random.Random
) -> Iterator[tuple[int, int, int]]:
    """Each text's number with that of a random other one, and of the one most like it."""
    pairs = [frozenset(term for term in grams(text) if len(term) == 2) for text in texts]
    for own in range(len(texts)):
        others = [other for other in range(len(texts)) if other != own]
        like = max(others, key=lambda other: _jaccard(pairs[own], pairs[other]))
        yield own, generator.choice(others), like


def ask_wrong_articles(
    examples: Iterable[Example], over: Callable[[str], Quoter], each: int
) -> tuple[Refusals, Refusals] | None:
    """Ask at most `each` questions of every article of their own one, of a random other one and
    of the nearest other one: the refusals of the random, then of the nearest. None where there
    are not three articles.
    """
    articles = [
        (text, list(group)[:each])
        for text, group in groupby(examples, key=lambda example: example.article)
        if text
    ]
    if len(articles) < 3:
        return None
    quoters = [over(text) for text, _ in articles]
    good: list[tuple[float, bool]] = []
    wrong: tuple[list[tuple[float, bool]], list[tuple[float, bool]]] = ([], [])
    generator = random.Random(0)  # noqa: S311 - repeatable, not secret
    for own, other, like in random_and_nearest([text for text, _ in articles], generator):
        for example in articles[own][1]:
            good.append(_asked(quoters[own], example))
            for kind, target in zip(wrong, (other, like), strict=True):
                kind.append(_asked(quoters[target], example))
    return _refusals(good, wrong[0]), _refusals(good, wrong[1])


def auroc(good: Sequence[float], wrong: Sequence[float]) -> float:
    """Area under the ROC curve, ties counted half (Mann and Whitney 1947)."""
    ranked = sorted([(value, 1) for value in good] + [(value, 0) for value in wrong])
    total, below, at = 0.0, 0, 0
    while at < len(ranked):
        tied = at
        while tied < len(ranked) and ranked[tied][0] == ranked[at][0]:
            tied += 1
        positive = sum(label for _, label in ranked[at:tied])
        negative = tied - at - positive
        total += positive * (below + negative / 2)
        below += negative
        at = tied
    return total / (len(good) * len(wrong)) if good and wrong else float("nan")


def _asked(quoter: Quoter, example: Example) -> tuple[float, bool]:
    answer = quoter.ask(example.question, example.previous)
    return answer.confidence, bool(answer)


def _refusals(good: Sequence[tuple[float, bool]], wrong: Sequence[tuple[float, bool]]) -> Refusals:
    return Refusals(
        auroc=auroc([value for value, _ in good], [value for value, _ in wrong]),
        refused=Share(sum(not answered for _, answered in wrong), len(wrong)),
        lost=Share(sum(not answered for _, answered in good), len(good)),
    )


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / (len(one | other) or 1)
