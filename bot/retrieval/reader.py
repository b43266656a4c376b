"""The reader: a question and the passage table to ranked excerpts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bot.article.model import Span
from bot.retrieval.analysis import Analyzer
from bot.retrieval.features import lexical_features, semantic_features
from bot.retrieval.question import Question
from bot.retrieval.table import Indices, PassageTable, Vector
from bot.retrieval.weights import Matrix, Model, Weights

_NEEDED = 0.25
"""A neighbour with this part of the likeliest passage's chance is quoted with it."""

EXCERPT_LENGTH = 120
"""Two adjacent passages are quoted together while both have at most so many characters."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A candidate to be quoted: one passage, or two adjacent ones of a paragraph.

    `first` and `last` are its rows in the passage table, `probability` the share that the reader
    gives it among all passages.
    """

    span: Span
    first: int
    last: int
    probability: float


@dataclass(frozen=True)
class Reading:
    """What the reader made of one question: features and scores, a row a passage."""

    question: Question
    model: Model
    features: Matrix
    scores: Vector
    cosines: Vector | None

    @property
    def probabilities(self) -> Vector:
        """The scores as shares of one."""
        shares = np.exp(self.scores - self.scores.max(initial=-np.inf))
        probabilities: Vector = shares / shares.sum()
        return probabilities


class Reader:
    """Reads questions against one article."""

    def __init__(self, table: PassageTable, analyzer: Analyzer, weights: Weights) -> None:
        self._table = table
        self._analyzer = analyzer
        self._weights = weights

    def read(self, question: Question, cosines: Vector | None = None) -> Reading:
        """Score every passage; `cosines` are those of the question's vector with theirs, where
        there is an encoder.
        """
        features = lexical_features(question, self._table, self._analyzer)
        model = self._weights.lexical
        if cosines is not None:
            features = np.column_stack([features, semantic_features(cosines, self._table)])
            model = self._weights.semantic
        return Reading(question, model, features, model.score(features), cosines)

    def excerpts(self, probabilities: Vector, limit: int) -> list[Excerpt]:
        """At most `limit` excerpts, none overlapping another, the likeliest first.

        The likeliest excerpt is the one whose passages together have the greatest share: as only
        one of them need answer, two adjacent ones are better than either.
        """
        firsts, lasts = self._options
        shares = probabilities[firsts] + np.where(lasts > firsts, probabilities[lasts], 0.0)
        excerpts: list[Excerpt] = []
        while len(excerpts) < min(limit, len(probabilities)):
            best = int(np.argmax(shares))
            if shares[best] < 0:
                break
            first, last = int(firsts[best]), int(lasts[best])
            excerpts.append(Excerpt(self._span(first, last), first, last, float(shares[best])))
            # What overlaps it is no option any more.
            shares = np.where((firsts <= last) & (lasts >= first), -1.0, shares)
        return excerpts

    def short_excerpts(self, chances: Vector, limit: int) -> list[Excerpt]:
        """At most `limit` excerpts, none overlapping another, the likeliest first.

        One passage each, or two adjacent ones where the second is likely enough to be needed.
        """
        firsts, lasts = self._options
        pairs = {(int(a), int(b)) for a, b in zip(firsts, lasts, strict=True) if b > a}
        left = chances.copy()
        excerpts: list[Excerpt] = []
        while len(excerpts) < min(limit, len(chances)):
            best = int(np.argmax(left))
            if left[best] < 0:
                break
            beside = [
                other
                for other in (best - 1, best + 1)
                if (min(best, other), max(best, other)) in pairs
                and left[other] >= _NEEDED * left[best]
            ]
            other = max(beside, key=lambda row: left[row], default=best)
            first, last = min(best, other), max(best, other)
            share = float(left[first : last + 1].sum())
            excerpts.append(Excerpt(self._span(first, last), first, last, share))
            left[first : last + 1] = -1.0
        return excerpts

    @cached_property
    def _options(self) -> tuple[Indices, Indices]:
        """The first and the last row of everything that may be an excerpt."""
        count = self._table.count
        alone = [(row, row) for row in range(count)]
        pairs = [
            (row, row + 1)
            for row in range(count - 1)
            if self._table.same_as_next[row] and len(self._span(row, row + 1)) <= EXCERPT_LENGTH
        ]
        first, last = zip(*(alone + pairs), strict=True)
        return np.array(first, dtype=np.int64), np.array(last, dtype=np.int64)

    def _span(self, first: int, last: int) -> Span:
        passages = self._table.passages
        return Span(passages[first].span.start, passages[last].span.end)
