"""How sure the core is that an excerpt answers, and when it says nothing instead.

The confidence is a logistic regression over how much of the question stands in the excerpt and in
the article, how clearly the reader prefers the excerpt, and how near the vectors are. It is fitted
on questions asked of their own, of a random and of the most similar other article (docs/model.md);
its features do not grow with an article's length, so confidences compare across articles.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from bot.retrieval.analysis import HAN, Analyzer
from bot.retrieval.features import LEXICAL
from bot.retrieval.question import Question
from bot.retrieval.reader import Excerpt, Reading
from bot.retrieval.table import PassageTable, Vector

THRESHOLD = 0.38
"""At least this confidence, and an excerpt is quoted as an answer."""

CAUTION = 0.35
"""Log-odds taken off where a question bank judges: a wrong answer costs more than a refusal."""

RELATED_THRESHOLD = 0.28
"""At least this confidence, and it is shown as related."""

_TELLING = tuple(
    LEXICAL.index(name)
    for name in (
        "words both", "pairs idf", "characters idf", "triples", "bm25 of ideal", "question latin",
    )
)  # fmt: skip


class Judge:
    """Weighs an excerpt against a question."""

    def __init__(self, table: PassageTable, analyzer: Analyzer) -> None:
        self._table = table
        self._analyzer = analyzer
        self._article = "\n".join(table.folded)

    def features(self, reading: Reading, excerpt: Excerpt) -> list[float]:
        """What the confidence is made of; six more where there is an encoder."""
        text = "\n".join(self._table.folded[excerpt.first : excerpt.last + 1])
        rows = slice(excerpt.first, excerpt.last + 1)
        probabilities = reading.probabilities
        entropy = -float((probabilities * _log(probabilities)).sum())
        features = [
            *self._shares(reading.question, text),
            excerpt.probability,
            entropy,
            len(reading.question.words) / 10,
        ]
        for column in _TELLING:
            values = reading.features[:, column]
            features += [float(values[rows].max()), float(values.max())]
        if reading.cosines is not None:
            cosines = reading.cosines
            features += [
                float(cosines[rows].max()),
                float(cosines.max()),
                float(cosines.mean()),
                float(cosines.std()),
                float(cosines.max() - cosines.mean()),
            ]
        return features

    def _shares(self, question: Question, excerpt: str) -> tuple[float, ...]:
        """The question's words in the excerpt and in the article, then its pairs in both."""
        weighted = [
            (word.term, self._analyzer.rarity(word.term) * self._tellingness(word.term))
            for word in question.words
        ]
        pairs = _pairs("".join(word.term for word in question.words))
        return (
            _weighted_presence(weighted, excerpt),
            _weighted_presence(weighted, self._article),
            _share(pairs, excerpt),
            _share(pairs, self._article),
        )

    def _tellingness(self, term: str) -> float:
        """Inverse document frequency, 0 to 1: the article's own subject tells nothing apart."""
        count = self._table.count
        having = float(self._table.having(term).sum())
        return min(1.0, math.log((count + 1) / (having + 0.5)) / math.log(count + 1))


def _log(probabilities: Vector) -> Vector:
    logarithms: Vector = np.log(probabilities + 1e-12)
    return logarithms


def sigmoid(logit: float) -> float:
    """The probability with these log-odds."""
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))


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
