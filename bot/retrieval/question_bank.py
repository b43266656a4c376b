"""The question bank at work: which of the questions written for the article a reader's is like."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.article.bank import Fact, Gap
from bot.retrieval.analysis import HAN, Analyzer
from bot.retrieval.encoder import Vectors
from bot.retrieval.table import Indices, PassageTable, Vector
from bot.retrieval.weights import Matrix


@dataclass(frozen=True)
class BankMatch:
    """How near a question is to the bank.

    `lexical` and `semantic` hold, a row a passage, the likeness of the nearest question that the
    passage answers; `gap_lexical` and `gap_semantic` that of the nearest question the article
    does not answer. The semantic ones are None without an encoder.
    """

    lexical: Vector
    gap_lexical: float
    semantic: Vector | None
    gap_semantic: float


class QuestionBank:
    """The bank of one article.

    `vectors` are the encoded questions in the order of `bank_questions`; None without an encoder.
    """

    def __init__(
        self,
        facts: Sequence[Fact],
        gaps: Sequence[Gap],
        table: PassageTable,
        analyzer: Analyzer,
        vectors: Vectors | None = None,
    ) -> None:
        self._analyzer = analyzer
        self._count = table.count
        self._vectors = vectors
        questions = bank_questions(facts, gaps)
        self._questions = questions
        self._facts = [number for number, fact in enumerate(facts) for _ in fact.questions]
        rows = [_rows_of(fact, table) for fact in facts for _ in fact.questions]
        self._answered = len(rows)
        self._owners = np.concatenate(
            [np.full(len(each), index) for index, each in enumerate(rows)]
        ).astype(np.int64)
        self._passages = np.concatenate(rows).astype(np.int64)
        terms = [set(analyzer.terms(question)) for question in questions]
        frequency = Counter(term for each in terms for term in each)
        self._idf = {
            term: math.log((len(questions) + 1) / (count + 0.5))
            for term, count in frequency.items()
        }
        self._unknown = math.log(2 * (len(questions) + 1))
        postings: dict[str, list[int]] = {}
        for index, each in enumerate(terms):
            for term in each:
                postings.setdefault(term, []).append(index)
        self._postings = {term: np.array(having) for term, having in postings.items()}
        self._norms = np.array(
            [math.sqrt(sum(self._idf[term] ** 2 for term in each)) or 1.0 for each in terms]
        )

    def match(
        self,
        texts: Iterable[str],
        vector: Vector | None = None,
        left_out: Indices | None = None,
    ) -> BankMatch:
        """Match a question, given in one or more wordings, and its vector.

        `left_out` are questions of the bank to pass over, by their place in `bank_questions`:
        training asks the bank its own questions.
        """
        likeness = np.max([self._likeness(text) for text in texts], axis=0)
        cosines = None if vector is None or self._vectors is None else self._vectors @ vector
        if left_out is not None:
            likeness[left_out] = 0.0
            if cosines is not None:
                cosines = cosines.copy()
                cosines[left_out] = 0.0
        return BankMatch(
            lexical=self._by_passage(likeness),
            gap_lexical=float(likeness[self._answered :].max(initial=0.0)),
            semantic=None if cosines is None else self._by_passage(cosines),
            gap_semantic=0.0
            if cosines is None
            else float(cosines[self._answered :].max(initial=0.0)),
        )

    def like(self, text: str, most: int) -> tuple[str, ...]:
        """The Chinese questions most like `text`, each about another part of the article."""
        likeness = self._likeness(text)[: self._answered]
        found: dict[int, str] = {}
        for at in np.argsort(-likeness, kind="stable"):
            question = self._questions[at]
            if HAN.search(question):
                found.setdefault(self._facts[at], question)
            if len(found) == most:
                break
        return tuple(found.values())

    def _likeness(self, text: str) -> Vector:
        """Cosine of the idf-weighted terms with those of every question of the bank."""
        terms = set(self._analyzer.terms(text))
        scores = np.zeros(len(self._norms))
        norm = 0.0
        for term in terms:
            idf = self._idf.get(term)
            norm += (idf or self._unknown) ** 2
            if idf is not None:
                scores[self._postings[term]] += idf * idf
        likeness: Vector = scores / (self._norms * (math.sqrt(norm) or 1.0))
        return likeness

    def _by_passage(self, values: Vector) -> Vector:
        best = np.zeros(self._count)
        np.maximum.at(best, self._passages, values[: self._answered][self._owners])
        return best


def bank_questions(facts: Iterable[Fact], gaps: Iterable[Gap]) -> list[str]:
    """All questions in the order the bank keeps them: the answered ones first."""
    return [
        *(question for fact in facts for question in fact.questions),
        *(question for gap in gaps for question in gap.questions),
    ]


def bank_features(log_probabilities: Vector, match: BankMatch) -> Matrix:
    """What the bank's network scores, a row a passage: what the reader thinks beside the bank."""
    likeness = match.lexical
    columns = [
        np.maximum(log_probabilities, -8.0) / 4,
        np.exp(log_probabilities),
        likeness,
        likeness - likeness.max(initial=0.0),
        likeness**2,
    ]
    if match.semantic is not None:
        semantic = match.semantic
        columns += [
            semantic,
            10 * (semantic - semantic.max(initial=0.0)),
            np.exp(20 * (semantic - semantic.max(initial=0.0))),
        ]
    return np.column_stack(columns)


def bank_confidence_features(
    logit: float, probability: float, rows: slice, match: BankMatch
) -> list[float]:
    """What the bank's confidence is made of.

    `logit` is the reader's own confidence in the excerpt at `rows`, `probability` the share that
    the bank's network gives it.
    """
    likeness = float(match.lexical[rows].max())
    features = [
        max(-8.0, min(8.0, logit)) / 4,
        probability,
        likeness,
        match.gap_lexical,
        likeness - match.gap_lexical,
    ]
    if match.semantic is not None:
        semantic = float(match.semantic[rows].max())
        features += [semantic, match.gap_semantic, 10 * (semantic - match.gap_semantic)]
    return features


def _rows_of(fact: Fact, table: PassageTable) -> Indices:
    return np.array(
        [
            row
            for row, passage in enumerate(table.passages)
            if passage.span.start < fact.span.end and fact.span.start < passage.span.end
        ],
        dtype=np.int64,
    )
