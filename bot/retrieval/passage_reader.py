"""The reader over one index: a conversation to each passage's chance that it answers."""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.article.model import Span
from bot.reader.model import ReaderModel
from bot.reader.reader import Reader
from bot.reader.states import PassageStates, read_passages
from bot.retrieval.abstention import sigmoid
from bot.retrieval.analysis import Analyzer
from bot.retrieval.table import PassageTable, Vector

ANSWERED = 2 / 3
"""At least this confidence, and the first excerpt is quoted as an answer: a wrong answer costs
three refusals, so one is risked where it is right two times of three.
"""

RELATED = 0.4
"""At least this confidence, and it is shown as related."""

# Platt scaling of "some passage answers" to "the first excerpt answers", fitted on questions of
# articles that the reader was not trained on (docs/model.md).
_SLOPE = 0.762
_BIAS = 0.402

_SURE_OF_WORDS = 1.0
# A mark of more than this share of a passage tells the eye nothing.
_MOST_MARKED = 0.8


@dataclass(frozen=True)
class Chances:
    """`passages`: the chance of each that it answers; with `none` they sum to 1. `confidence`: the
    calibrated probability that the first excerpt answers. `words`: for passages that were read
    closely, the characters of the passage that answer, where sure.
    """

    passages: Vector
    none: float
    confidence: float
    words: dict[int, Span]


class PassageReader:
    """Reads questions against one index's passages; from any thread."""

    def __init__(
        self, model: ReaderModel, table: PassageTable, analyzer: Analyzer, file: Path | None = None
    ) -> None:
        self._model = model
        self._reader = Reader(model)
        self._table = table
        self._analyzer = analyzer
        self._file = file
        self._lock = threading.Lock()
        self._states: PassageStates | None = None

    def warm_up(self) -> PassageStates:
        """Compute the passages' states, or load them from `file`."""
        with self._lock:
            if self._states is None:
                self._states = read_passages(self._model, self._table.texts, self._file)
            return self._states

    def read(self, turns: Sequence[str]) -> Chances:
        """Read the last of the clean `turns`, after the others."""
        states = self._states or self.warm_up()
        terms = dict.fromkeys(self._analyzer.terms(" ".join(turns)))
        reading = self._reader.read(turns, states, self._table.ranker.scores(terms))
        shares = reading.probabilities()
        none = float(np.clip(shares[-1], 1e-9, 1 - 1e-9))
        confidence = sigmoid(_SLOPE * math.log((1 - none) / none) + _BIAS)
        words = {
            passage: Span(start, end)
            for passage, (start, end, lead) in reading.words.items()
            if lead >= _SURE_OF_WORDS
            and end - start <= _MOST_MARKED * len(self._table.texts[passage])
        }
        return Chances(shares[:-1], none, confidence, words)
