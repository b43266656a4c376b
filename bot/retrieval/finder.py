"""The finder: a clean question to ranked excerpts and a confidence."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from bot.article.model import Span
from bot.reader.model import ReaderModel
from bot.retrieval.abstention import CAUTION, RELATED_THRESHOLD, THRESHOLD, Judge, sigmoid
from bot.retrieval.analysis import Analyzer, Token, clean, pack
from bot.retrieval.answer import Correction
from bot.retrieval.bank_features import bank_confidence_features, bank_features
from bot.retrieval.corrections import Corrected, Corrector, index_corrector
from bot.retrieval.encoder import Encoder, helpers_of
from bot.retrieval.followups import (
    NEXT,
    SAME,
    Continuing,
    context_of,
    in_full,
    is_unresolved,
    leaning,
)
from bot.retrieval.index import Index
from bot.retrieval.numerals import with_arabic_numerals
from bot.retrieval.passage_reader import ANSWERED, RELATED, PassageReader
from bot.retrieval.question import Question, content_words, read_question
from bot.retrieval.question_bank import (
    BankMatch,
    QuestionBank,
    bank_questions,
)
from bot.retrieval.reader import Excerpt, Reader, Reading
from bot.retrieval.remembered import Remembered
from bot.retrieval.table import PassageTable, Vector
from bot.retrieval.vectors import (
    IndexTexts,
    IndexVectors,
    Track,
    build_vectors,
    load_vectors,
)
from bot.retrieval.weights import Weights

_MISSPELT = "渐动症"
_ALONE = 0.75
_LEAST_SAID = 8
"""A message of so many letters that stands in the article is no accident."""


@dataclass(frozen=True)
class Finding:
    """What was found for a question.

    `excerpts` are ranked; `confidence`, between 0 and 1, is that the first one answers. Where
    a list is asked for, `listed` are all spans of it. `words` are those of the first excerpt that
    answer, where the reader is sure of them.
    """

    question: Question
    excerpts: tuple[Excerpt, ...]
    confidence: float
    corrections: tuple[Correction, ...]
    listed: tuple[Span, ...] = ()
    words: Span | None = None


_REMEMBERED = 2_048
_REMEMBERED_VECTORS = 512


@dataclass(frozen=True)
class _Considered:
    """A question read, and each passage's share with the bank taken into account."""

    reading: Reading
    probabilities: Vector
    match: BankMatch | None
    corrections: tuple[Correction, ...]


class Finder:
    """Finds excerpts of one index.

    `encoder` is None where there is none. With `vectors_file`, the index's vectors are kept
    there, and answers are lexical until `prepare_vectors` has run; without it they are encoded
    when first needed.
    """

    def __init__(
        self,
        index: Index,
        analyzer: Analyzer,
        weights: Weights,
        encoder: Encoder | None = None,
        vectors_file: Path | None = None,
        model: ReaderModel | None = None,
    ) -> None:
        self._index = index
        self._model = model
        self._analyzer = analyzer
        self._weights = weights
        self._encoder = encoder
        self._vectors_file = vectors_file
        self._lock = threading.Lock()
        self._warm = False
        self._vectors: IndexVectors | None = None
        self._bank: QuestionBank | None = None
        # By a question and those before it: where it was answered.
        self._places: Remembered[tuple[str, ...], Excerpt] = Remembered(_REMEMBERED)
        self._asked: Remembered[str, Vector] = Remembered(_REMEMBERED_VECTORS)

    def warm_up(self) -> None:
        """Load all but the vectors: about a second, once, from any thread."""
        with self._lock:
            self._analyzer.warm_up()
            _ = self._reader, self._judge, self._corrector
            file = self._vectors_file
            if self._vectors is None and self._encoder is not None and file is not None:
                kept = load_vectors(file, self._to_encode(self._encoder))
                if kept is not None:
                    self._use(kept)
            if self._bank is None and self._index.sources.facts:
                self._bank = self._new_bank(None)
            if not self._warm:
                # What else is made when first needed: no reader shall wait for it.
                self._corrector.correct(_MISSPELT)
                self._warm = True

    def prepare_vectors(self, track: Track = iter, *, on_all_cores: bool = False) -> None:
        """Encode the index where that was not done before; from any thread, some 20 ms a text."""
        self.warm_up()
        if self._encoder is None or not self.awaits_vectors:
            return
        texts = self._to_encode(self._encoder)
        helpers = helpers_of(self._encoder) if on_all_cores else ()
        self._use(build_vectors(self._encoder, texts, self._vectors_file, track, helpers))

    def find(
        self, text: str, previous: Sequence[str] = (), limit: int = 5, *, literal: bool = False
    ) -> Finding:
        """Find at most `limit` excerpts for a clean question; `literal` corrects nothing.

        A question that follows others is read by itself, with the last of them, and in full as it
        may be meant, each time with an eye on where the last was answered; of these readings the
        one with most confidence counts. Where it is doubtful whether it follows, it is read so
        only if it finds nothing by itself.
        """
        if self.reads_together:
            return self._read_together(text, previous, limit, literal=literal)
        doubt = self.leaning(text) if previous else None
        considered = self._consider(text, (), literal=literal)
        found = self._finding(considered, text, limit)
        if doubt == 0.0 or (doubt is not None and found.confidence < THRESHOLD):
            following = self._following(considered, text, previous, limit, doubt, literal=literal)
            if doubt == 0.0 or following.confidence > found.confidence:
                found = following
        self._places.put((text, *previous), found.excerpts[0])
        return found

    @property
    def reads_together(self) -> bool:
        """Whether the reader decides: where there is no question bank, which knows more."""
        return self._model is not None and not self._index.sources.facts

    @property
    def thresholds(self) -> tuple[float, float]:
        """The least confidence of an answer, and of what is shown as related."""
        if self.reads_together:
            return ANSWERED, RELATED
        return THRESHOLD, RELATED_THRESHOLD

    def _read_together(
        self, text: str, previous: Sequence[str], limit: int, *, literal: bool
    ) -> Finding:
        earlier = tuple(clean(each) for each in previous)
        corrected = Corrected(text, text) if literal else self._corrector.correct(text)
        asked = text
        chances = self._passage_reader.read([*earlier, text])
        corrections: tuple[Correction, ...] = ()
        if corrected.text != text:
            # A correction is kept only where the question reads better with it.
            instead = self._passage_reader.read([*earlier, corrected.text])
            if instead.none < chances.none:
                asked, chances, corrections = corrected.text, instead, corrected.corrections
        question = read_question(with_arabic_numerals(asked), self._analyzer)
        excerpts = tuple(self._reader.short_excerpts(chances.passages, limit))
        first = excerpts[0]
        likeliest = max(range(first.first, first.last + 1), key=lambda i: chances.passages[i])
        words = chances.words.get(likeliest)
        if words is not None:
            words = words.shift(self._index.passages[likeliest].span.start)
        if self._said(text).any():
            # The asker has the text's own words, and wants their place.
            said = self._said(text) * (chances.passages + 1e-6)
            excerpts = tuple(self._reader.short_excerpts(said / said.sum(), limit))
            return Finding(question, excerpts, 1.0, corrections)
        return Finding(question, excerpts, chances.confidence, corrections, words=words)

    def _following(
        self,
        alone: _Considered,
        text: str,
        previous: Sequence[str],
        limit: int,
        doubt: float,
        *,
        literal: bool,
    ) -> Finding:
        """The best reading of a question as one that follows others; `alone` is it by itself."""
        place = self._place_of(previous)
        after = self._consider(text, previous, literal=literal)
        readings = [
            (alone, text, Continuing(place, SAME, NEXT)),
            (after, text, Continuing(place, 0.0, NEXT, trust=0.0)),
        ]
        for full in in_full(text, previous, self._index.sources.glossary):
            considered = self._consider(full, (), literal=literal)
            readings.append((considered, full, Continuing(place, SAME / 2, NEXT / 2)))
        return max(
            (
                self._finding(considered, asked, limit, continuing, doubt)
                for considered, asked, continuing in readings
            ),
            key=lambda finding: finding.confidence,
        )

    def _place_of(self, previous: Sequence[str]) -> Excerpt:
        """Where the last of the earlier questions was answered."""
        *before, last = (clean(earlier) for earlier in previous)
        if self.leaning(last) is None:
            before = []
        place = self._places.get((last, *before))
        return place or self.find(last, before, 1).excerpts[0]

    def _finding(
        self,
        considered: _Considered,
        text: str,
        limit: int,
        continuing: Continuing | None = None,
        doubt: float = 0.0,
    ) -> Finding:
        if continuing is not None:
            shares = continuing.shares(considered.probabilities)
            considered = replace(considered, probabilities=shares)
        said = self._said(text)
        if said.any():
            # The reader has the article's own words, and wants their place.
            shares = said * (considered.probabilities + 1e-6)
            considered = replace(considered, probabilities=shares / shares.sum())
        excerpts = tuple(self._reader.excerpts(considered.probabilities, limit))
        match = considered.match
        if said.any():
            confidence = 1.0
        else:
            if match is None:
                logit = self._logit(considered.reading, excerpts[0])
            else:
                evidence = self._evidence(considered, excerpts[0])
                logit = considered.reading.model.bank_confidence.logit(evidence) - CAUTION
            if continuing is not None:
                logit += continuing.trusted(excerpts[0])
            confidence = sigmoid(logit - doubt)
        # One excerpt that answers by itself is better than a list that it belongs to.
        listed = match is not None and excerpts[0].probability < _ALONE
        return Finding(
            considered.reading.question,
            excerpts,
            confidence,
            considered.corrections,
            match.listed if match and listed else (),
        )

    @property
    def is_semantic(self) -> bool:
        """Whether answers are by vectors too, now."""
        return self._vectors is not None

    @property
    def awaits_vectors(self) -> bool:
        """Whether there is an encoder whose vectors are needed and not made."""
        return self._encoder is not None and self._vectors is None and not self.reads_together

    def leaning(self, text: str) -> float | None:
        """How doubtful it is that a clean question is to be read with the one before it, in
        log-odds; None where it certainly is not.
        """
        return leaning(text, self._analyzer, self._index.sources.glossary)

    def choices(self, text: str, most: int) -> tuple[str, ...]:
        """Whole questions to ask instead of a clean one that points to nothing; else none."""
        if not is_unresolved(text, self._analyzer):
            return ()
        self.warm_up()
        return self._bank.like(text, most) if self._bank else ()

    def words(self, text: str) -> tuple[Token, ...]:
        """The words of a clean question that are looked up, corrections made."""
        return content_words(self._corrector.correct(text).text, self._analyzer)

    def is_word(self, text: str) -> bool:
        """Whether the language has `text` as a word."""
        return self._analyzer.is_word(text)

    def evidence(self, text: str) -> list[float]:
        """What the bank's confidence in the best excerpt is made of, for training."""
        considered = self._consider(text, (), literal=False)
        (first,) = self._reader.excerpts(considered.probabilities, 1)
        return self._evidence(considered, first)

    @cached_property
    def table(self) -> PassageTable:
        """The index's passages as columns."""
        return PassageTable(self._index.article, self._index.passages)

    def _consider(self, text: str, previous: Sequence[str], *, literal: bool) -> _Considered:
        if self._bank is None and self._index.sources.facts:
            self.warm_up()
        if self._vectors_file is None:
            self.prepare_vectors()
        corrected = Corrected(text, text) if literal else self._corrector.correct(text)
        context, wording = context_of(previous, self._analyzer)
        question = read_question(with_arabic_numerals(corrected.text), self._analyzer, context)
        asked = f"{wording} {corrected.spelt}".strip()
        # Read once: another thread may bring the vectors in between.
        vectors, bank = self._vectors, self._bank
        vector = cosines = None
        if self._encoder is not None and vectors is not None:
            vector = self._vector_of(asked, self._encoder)
            cosines = vectors.passages @ vector
        reading = self._reader.read(question, cosines)
        probabilities = reading.probabilities
        match = None
        if bank is not None:
            match = bank.match(
                dict.fromkeys([asked, f"{wording} {corrected.text}".strip()]), question, vector
            )
            scores = reading.model.bank(bank_features(np.log(probabilities + 1e-12), match))
            shares = np.exp(scores - scores.max())
            probabilities = shares / shares.sum()
        return _Considered(reading, probabilities, match, corrected.corrections)

    def _vector_of(self, asked: str, encoder: Encoder) -> Vector:
        """Remembered for a while: a question is read alone and after others."""
        vector = self._asked.get(asked)
        if vector is None:
            vector = encoder.encode_questions([asked])[0].astype(np.float64)
            self._asked.put(asked, vector)
        return vector

    def _evidence(self, considered: _Considered, first: Excerpt) -> list[float]:
        if considered.match is None:
            raise ValueError("there is no question bank")
        return bank_confidence_features(
            self._logit(considered.reading, first),
            first.probability,
            slice(first.first, first.last + 1),
            considered.match,
        )

    def _said(self, text: str) -> Vector:
        """1 for each passage that has the whole message in it, punctuation aside."""
        packed = pack(text)
        if len(packed) < _LEAST_SAID:
            return np.zeros(self.table.count)
        return np.array([float(packed in each) for each in self._packed])

    @cached_property
    def _packed(self) -> list[str]:
        return [pack(text) for text in self.table.texts]

    def _logit(self, reading: Reading, excerpt: Excerpt) -> float:
        if not reading.question.words and reading.cosines is None:
            return -60.0
        return reading.model.confidence.logit(self._judge.features(reading, excerpt))

    def _to_encode(self, encoder: Encoder) -> IndexTexts:
        return IndexTexts(encoder.name, self.table.texts, self._bank_questions)

    def _use(self, vectors: IndexVectors) -> None:
        bank = None
        if self._index.sources.facts:
            bank = self._new_bank(vectors)
        self._bank, self._vectors = bank, vectors

    def _new_bank(self, vectors: IndexVectors | None) -> QuestionBank:
        sources = self._index.sources
        return QuestionBank(
            sources.facts,
            sources.gaps,
            self.table,
            self._analyzer,
            None if vectors is None else vectors.questions,
            [term for term in sources.glossary if term.person],
            (self._weights.lexical if vectors is None else self._weights.semantic).answerability,
        )

    @cached_property
    def _bank_questions(self) -> list[str]:
        return bank_questions(self._index.sources.facts, self._index.sources.gaps)

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self.table, self._analyzer, self._weights)

    @cached_property
    def _passage_reader(self) -> PassageReader:
        if self._model is None:
            raise ValueError("there is no reader")
        return PassageReader(self._model, self.table, self._analyzer)

    @cached_property
    def _judge(self) -> Judge:
        return Judge(self.table, self._analyzer)

    @cached_property
    def _corrector(self) -> Corrector:
        return index_corrector(self._index, self._analyzer)
