"""How sure the core is that an excerpt answers, and the decision to say nothing instead.

The confidence is a logistic regression over four shares: how much of the question's words (each
weighted by how rare it is in Chinese at large and in the article) and of its character pairs
stands in the excerpt and in the article. Fitted on CMRC 2018 and DRCD development questions asked
of their own, of a random and of the most similar other article (docs/evaluation.md); the shares
do not depend on an article's length, so confidences compare across articles.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from bot.retrieval.analysis import HAN, Analyzer, fold
from bot.retrieval.question import Question

THRESHOLD = 0.3
"""At least this confidence, and an excerpt is quoted as an answer."""

RELATED_THRESHOLD = 0.2
"""At least this confidence, and it is shown as related."""

_WEIGHTS = (2.40, 2.92, 2.67, 2.27)
_INTERCEPT = -4.15


class Judge:
    """Weighs an excerpt against a question.

    `passages` are the texts of the article's passages.
    """

    def __init__(self, analyzer: Analyzer, passages: Sequence[str]) -> None:
        self._analyzer = analyzer
        self._passages = [fold(passage) for passage in passages]
        self._article = "\n".join(self._passages)

    def confidence(self, question: Question, excerpt: str) -> float:
        """Between 0 and 1: how likely it is that the excerpt answers the question."""
        if not question.words:
            return 0.0
        logit = _INTERCEPT + sum(
            weight * share
            for weight, share in zip(_WEIGHTS, self.shares(question, excerpt), strict=True)
        )
        return 1 / (1 + math.exp(-logit))

    def shares(self, question: Question, excerpt: str) -> tuple[float, float, float, float]:
        """The question's words in the excerpt and in the article, then its pairs in both."""
        folded = fold(excerpt)
        weighted = [
            (word.term, self._analyzer.rarity(word.term) * self._tellingness(word.term))
            for word in question.words
        ]
        pairs = _pairs("".join(word.term for word in question.words))
        return (
            _weighted_presence(weighted, folded),
            _weighted_presence(weighted, self._article),
            _share(pairs, folded),
            _share(pairs, self._article),
        )

    def _tellingness(self, term: str) -> float:
        """Inverse document frequency, 0 to 1: the article's own subject tells nothing apart."""
        count = len(self._passages)
        having = sum(term in passage for passage in self._passages)
        return min(1.0, math.log((count + 1) / (having + 0.5)) / math.log(count + 1))


def _weighted_presence(weighted: Sequence[tuple[str, float]], text: str) -> float:
    total = sum(weight for _, weight in weighted)
    met = sum(weight * _presence(term, text) for term, weight in weighted)
    return met / total if total else 0.0


def _presence(term: str, text: str) -> float:
    """1 where the term occurs; less where only parts of it do (实体瘤 in 实体肿瘤)."""
    if term in text:
        return 1.0
    if len(term) == 1 or not HAN.match(term):
        return 0.0
    pairs = _share(_pairs(term), text) if len(term) > 2 else 0.0
    return max(0.8 * pairs, 0.3 * _share(tuple(term), text))


def _pairs(run: str) -> tuple[str, ...]:
    if len(run) < 2:
        return (run,)
    return tuple(run[index : index + 2] for index in range(len(run) - 1))


def _share(parts: Sequence[str], text: str) -> float:
    return sum(part in text for part in parts) / len(parts) if parts else 0.0
