"""Fits the whole model: reader, confidence, and both again over the question bank."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from bot.evaluation.dataset import Example
from bot.retrieval.analysis import Analyzer, clean
from bot.retrieval.answerability import Answerability
from bot.retrieval.bank_features import bank_features
from bot.retrieval.corrections import index_corrector
from bot.retrieval.encoder import Encoder
from bot.retrieval.features import LEXICAL, SEMANTIC
from bot.retrieval.finder import Finder
from bot.retrieval.index import Index
from bot.retrieval.question import read_question
from bot.retrieval.question_bank import (
    BankMatch,
    QuestionBank,
    bank_questions,
)
from bot.retrieval.reader import Reader, Reading
from bot.retrieval.table import Indices, PassageTable
from bot.retrieval.vectors import IndexTexts, IndexVectors, build_vectors
from bot.retrieval.weights import Matrix, Model, Network, Regression, Weights
from bot.training.examples import Asked, Material, foreigners
from bot.training.listwise import RankedList, fit_network
from bot.training.ridge import answering_weights

_SEEDS = 3
_UNITS = 16
_EPOCHS = 60
_DECAY = 3e-3
_FOLDS = 3
# Every so many articles one question of it is off the project's subject.
_FOREIGN = 10
_NOTHING = Regression(mean=(0.0,), scale=(1.0,), coefficients=(0.0,), intercept=0.0)
_EMPTY = Network(mean=(), scale=(), linear=(), hidden=(), bias=(), output=())


class Fit:
    """Fits with the open sets' `every` article and the project's own `index`.

    `golden` are questions about the project's article, answerable ones and others, on which the
    confidence of the question bank is set.
    """

    def __init__(
        self,
        every: Sequence[Material],
        index: Index,
        golden: Sequence[Example],
        analyzer: Analyzer,
        encoder: Encoder | None,
    ) -> None:
        self._golden = golden
        self._every = every
        self._index = index
        self._analyzer = analyzer
        self._encoder = encoder
        self._table = PassageTable(index.article, index.passages)

    def weights(self) -> Weights:
        """All weights; without an encoder, the semantic model is a copy of the lexical one."""
        lexical = self._model(semantic=False)
        return Weights(
            lexical=lexical, semantic=self._model(semantic=True) if self._encoder else lexical
        )

    def _model(self, *, semantic: bool) -> Model:
        lists = [
            self._ranked(material, asked, semantic=semantic)
            for material in self._every
            for asked in material.asked
        ]
        reader = _networks(lists, _SEEDS)
        draft = Model(
            features=(*LEXICAL, *(SEMANTIC if semantic else ())),
            reader=reader,
            confidence=_NOTHING,
            bank=_EMPTY,
            bank_confidence=_NOTHING,
        )
        confidence = self._confidence(semantic=semantic)
        draft = draft.model_copy(update={"confidence": confidence})
        return self._with_bank(draft, semantic=semantic)

    def _ranked(self, material: Material, asked: Asked, *, semantic: bool) -> RankedList:
        features, _ = material.read(asked)
        width = len(LEXICAL) + (len(SEMANTIC) if semantic else 0)
        right = np.array([asked.example.answered_by(text) for text in material.table.texts])
        return RankedList(features[:, :width], right)

    def _confidence(self, *, semantic: bool) -> Regression:
        """Questions of their own article against those of a random and of the nearest other.

        The reader that judges an article has not been taught with it.
        """
        generator = random.Random(0)  # noqa: S311 - repeatable, not secret
        rows: list[list[float]] = []
        labels: list[int] = []
        pairs = list(foreigners(self._every, generator))
        for fold in range(_FOLDS):
            taught = [m for at, m in enumerate(self._every) if at % _FOLDS != fold]
            lists = [self._ranked(m, a, semantic=semantic) for m in taught for a in m.asked]
            (network,) = _networks(lists, 1)
            for material, other, like in pairs[fold::_FOLDS]:
                for asked in material.asked[:3]:
                    for target in (material, other, like):
                        rows.append(self._judged(target, asked, network, semantic=semantic))
                        labels.append(int(target is material))
        return _regression(rows, labels)

    def _judged(
        self, material: Material, asked: Asked, network: Network, *, semantic: bool
    ) -> list[float]:
        features, cosines = material.read(asked)
        width = len(LEXICAL) + (len(SEMANTIC) if semantic else 0)
        features = features[:, :width]
        model = Model(
            features=(), reader=(network,), confidence=_NOTHING, bank=_EMPTY,
            bank_confidence=_NOTHING,
        )  # fmt: skip
        reading = Reading(
            asked.question, model, features, network(features), cosines if semantic else None
        )
        weights = Weights(lexical=model, semantic=model)
        (excerpt,) = material.reader(weights).excerpts(reading.probabilities, 1)
        return material.judge.features(reading, excerpt)

    def _with_bank(self, model: Model, *, semantic: bool) -> Model:
        """The bank is asked its own questions, each time with a part of them left out."""
        bank = self._bank(semantic=semantic)
        weights = answering_weights(bank, semantic=semantic)
        answerability = Answerability.of(self._bank_questions, weights)
        model = model.model_copy(update={"answerability": answerability})
        asked = list(self._bank_asked(bank, model, semantic=semantic))
        network = fit_network(
            [RankedList(each.features, each.right) for each in asked],
            units=6,
            epochs=80,
            decay=1e-2,
            seed=0,
        )
        return self._with_bank_confidence(
            model.model_copy(update={"bank": network}), semantic=semantic
        )

    def _with_bank_confidence(self, model: Model, *, semantic: bool) -> Model:
        """Golden questions, and questions of other articles as ones that are off the subject.

        The bank's own questions would not do: with a part of it left out, an answer's evidence
        is weaker than a reader's question finds it.
        """
        encoder = self._encoder if semantic else None
        weights = Weights(lexical=model, semantic=model)
        finder = Finder(self._index, self._analyzer, weights, encoder)
        foreign = [material.examples[0] for material in self._every[::_FOREIGN]]
        asked = [(each.question, bool(each.answers)) for each in self._golden]
        asked += [(each.question, False) for each in foreign]
        rows = [finder.evidence(clean(question)) for question, _ in asked]
        labels = [int(answerable) for _, answerable in asked]
        return model.model_copy(update={"bank_confidence": _regression(rows, labels)})

    @cached_property
    def _bank_questions(self) -> list[str]:
        return bank_questions(self._index.sources.facts, self._index.sources.gaps)

    def _bank(self, *, semantic: bool) -> QuestionBank:
        sources = self._index.sources
        vectors = self._vectors if semantic else None
        return QuestionBank(
            sources.facts,
            sources.gaps,
            self._table,
            self._analyzer,
            vectors.questions if vectors else None,
            [term for term in sources.glossary if term.person],
        )

    def _bank_asked(
        self, bank: QuestionBank, model: Model, *, semantic: bool
    ) -> Iterator[_BankAsked]:
        vectors = self._vectors if semantic else None
        corrector = index_corrector(self._index, self._analyzer)
        reader = Reader(self._table, self._analyzer, Weights(lexical=model, semantic=model))
        for row, (question, right, left_out) in enumerate(
            zip(self._bank_questions, self._right(), self._left_out(), strict=True)
        ):
            vector = cosines = None
            if vectors is not None:
                vector = vectors.questions[row].astype(np.float64)
                cosines = vectors.passages.astype(np.float64) @ vector
            corrected = corrector.correct(clean(question))
            read = read_question(corrected.text, self._analyzer)
            reading = reader.read(read, cosines)
            match = bank.match([corrected.spelt, corrected.text], read, vector, left_out)
            features = bank_features(np.log(reading.probabilities + 1e-12), match)
            yield _BankAsked(reading, features, right, match)

    @cached_property
    def _vectors(self) -> IndexVectors | None:
        if self._encoder is None:
            return None
        texts = IndexTexts(self._encoder.name, self._table.texts, self._bank_questions)
        return build_vectors(self._encoder, texts)

    def _right(self) -> Iterator[npt.NDArray[np.bool_]]:
        """For each question of the bank, the passages that answer it; none for a gap's."""
        passages = self._index.passages
        for fact in self._index.sources.facts:
            right = np.array(
                [
                    any(
                        each.span.start < span.end and span.start < each.span.end
                        for span in fact.spans
                    )
                    for each in passages
                ]
            )
            for _ in fact.questions:
                yield right
        for gap in self._index.sources.gaps:
            for _ in gap.questions:
                yield np.zeros(len(passages), dtype=bool)

    def _left_out(self) -> Iterator[Indices]:
        """For each question of the bank, those that stay away while it is asked: itself."""
        for row in range(len(self._bank_questions)):
            yield np.array([row], dtype=np.int64)


@dataclass(frozen=True)
class _BankAsked:
    reading: Reading
    features: Matrix
    right: npt.NDArray[np.bool_]
    match: BankMatch


def _networks(lists: Sequence[RankedList], count: int) -> tuple[Network, ...]:
    return tuple(
        fit_network(lists, units=_UNITS, epochs=_EPOCHS, decay=_DECAY, seed=seed)
        for seed in range(count)
    )


def _regression(rows: Sequence[Sequence[float]], labels: Sequence[int]) -> Regression:
    features = np.array(rows)
    mean, scale = features.mean(axis=0), features.std(axis=0) + 1e-9
    fitted = LogisticRegression(C=0.3, max_iter=5000, class_weight="balanced").fit(
        (features - mean) / scale, labels
    )
    return Regression(
        mean=tuple(mean.tolist()),
        scale=tuple(scale.tolist()),
        coefficients=tuple(fitted.coef_[0].tolist()),
        intercept=float(fitted.intercept_[0]),
    )
