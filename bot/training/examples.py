"""Evaluation sets as training material: passage tables, and questions read against them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bot.evaluation.dataset import Example
from bot.evaluation.foreign import random_and_nearest
from bot.retrieval.abstention import Judge
from bot.retrieval.analysis import Analyzer, clean
from bot.retrieval.encoder import Encoder, Vectors
from bot.retrieval.features import lexical_features, semantic_features
from bot.retrieval.index import index_text
from bot.retrieval.question import Question, read_question
from bot.retrieval.reader import Reader
from bot.retrieval.table import PassageTable, Vector
from bot.retrieval.weights import Matrix, Weights


class Material:
    """One article of a set, and the questions asked of it."""

    def __init__(
        self, examples: Sequence[Example], analyzer: Analyzer, encoder: Encoder | None
    ) -> None:
        self.examples = examples
        self._analyzer = analyzer
        self._encoder = encoder
        article = examples[0].article
        if article is None:
            raise ValueError(examples[0].id)
        index = index_text(article, analyzer)
        self.text = index.article.text
        self.table = PassageTable(index.article, index.passages)
        self.judge = Judge(self.table, analyzer)

    @cached_property
    def _vectors(self) -> Vectors | None:
        if self._encoder is None:
            return None
        return self._encoder.encode_passages(self.table.texts)

    def read(self, asked: Asked) -> tuple[Matrix, Vector | None]:
        """The features of a question, this article's own or another's, and its cosines."""
        features = lexical_features(asked.question, self.table, self._analyzer)
        if self._vectors is None or asked.vector is None:
            return features, None
        cosines: Vector = self._vectors.astype(np.float64) @ asked.vector
        return np.column_stack([features, semantic_features(cosines, self.table)]), cosines

    def prepare(self) -> None:
        """Encode the article and its questions now rather than when first needed."""
        _ = self._vectors, self.asked

    def reader(self, weights: Weights) -> Reader:
        """A reader of this article."""
        return Reader(self.table, self._analyzer, weights)

    @cached_property
    def asked(self) -> list[Asked]:
        """The questions of this article."""
        texts = [clean(example.question) for example in self.examples]
        vectors = self._encoder.encode_questions(texts) if self._encoder else None
        return [
            Asked(
                example,
                read_question(text, self._analyzer),
                None if vectors is None else vectors[row].astype(np.float64),
            )
            for row, (example, text) in enumerate(zip(self.examples, texts, strict=True))
        ]


@dataclass(frozen=True)
class Asked:
    """A question as it is read, with its vector where there is an encoder."""

    example: Example
    question: Question
    vector: Vector | None


def materials(
    examples: Iterable[Example], analyzer: Analyzer, encoder: Encoder | None
) -> Iterator[Material]:
    """The articles of a set, each with its questions; articles whose questions stand side by
    side are one.
    """
    current: list[Example] = []
    for example in examples:
        if current and example.article != current[0].article:
            yield Material(current, analyzer, encoder)
            current = []
        current.append(example)
    if current:
        yield Material(current, analyzer, encoder)


def foreigners(
    every: Sequence[Material], generator: random.Random
) -> Iterator[tuple[Material, Material, Material]]:
    """Each article with a random other one, and with the one most like it."""
    texts = [material.text for material in every]
    for own, other, like in random_and_nearest(texts, generator):
        yield every[own], every[other], every[like]
