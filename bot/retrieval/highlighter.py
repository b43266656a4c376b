"""The words of a quote that answer: the best span by learned weights, or the best clause."""

from __future__ import annotations

import base64
import binascii
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.article.model import Span
from bot.errors import IndexFileError
from bot.project import PROJECT_ROOT
from bot.retrieval.analysis import Analyzer
from bot.retrieval.question import Question, Sought
from bot.retrieval.remembered import Remembered
from bot.retrieval.spans import BITS, Matrix, Vector, span_features
from bot.retrieval.units import WORDS, Units, read_units

HIGHLIGHTER_FILE = PROJECT_ROOT / "data" / "highlighter.json"

_MOST = 0.8
"""A highlight of more than this share of the quote tells the eye nothing."""

_LEAST_SHARED = 0.2
"""Below this expected overlap with the answer, a span is a guess: the clause is marked."""

_REMEMBERED = 512


class SpanWeights(BaseModel):
    """The weights of `spans`, one signed byte each, times `scale`; base64 in the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = 1
    scale: Annotated[float, Field(gt=0)]
    weights: str

    def table(self) -> Vector:
        """The weights themselves.

        Raises:
            ValueError: they are not as many as there have to be.
        """
        table = np.frombuffer(base64.b64decode(self.weights, validate=True), dtype=np.int8)
        if len(table) != 2**BITS:
            raise ValueError("the wrong number of weights")
        return table.astype(np.float64) * self.scale

    @classmethod
    def of(cls, table: Vector) -> SpanWeights:
        """`table` in bytes; the outermost thousandth of the weights is cut off."""
        scale = max(float(np.quantile(np.abs(table[table != 0.0]), 0.999)) / 127, 1e-9)
        rounded: npt.NDArray[np.int8] = np.clip(np.rint(table / scale), -127, 127).astype(np.int8)
        return cls(scale=scale, weights=base64.b64encode(rounded.tobytes()).decode("ascii"))


@cache
def load_span_weights(path: Path = HIGHLIGHTER_FILE) -> Vector:
    """Read the weights.

    Raises:
        IndexFileError: the file is missing or damaged.
    """
    try:
        return SpanWeights.model_validate_json(path.read_bytes()).table()
    except OSError as error:
        raise IndexFileError(f"{path}: {error.strerror}") from error
    except (ValidationError, ValueError, binascii.Error) as error:
        raise IndexFileError(f"{path} is damaged or of another version") from error


def save_span_weights(table: Vector, path: Path = HIGHLIGHTER_FILE) -> None:
    """Write the weights, one byte each."""
    path.write_text(SpanWeights.of(table).model_dump_json() + "\n", encoding="utf-8")


class Highlighter:
    """Marks answers; one is enough for a process, from any thread."""

    def __init__(self, analyzer: Analyzer, weights: Vector) -> None:
        self._analyzer = analyzer
        self._weights = weights
        self._units: Remembered[str, Units] = Remembered(_REMEMBERED)

    def highlight(self, question: Question, text: str) -> tuple[Span, ...]:
        """The answering words as a span of `text`; none where nothing stands out."""
        units = self._units.get(text)
        if units is None:
            units = read_units(text, self._analyzer)
            self._units.put(text, units)
        if not question.words or not len(units):
            return ()
        features = span_features(question, units, self._analyzer)
        lengths = units.ends[np.newaxis, :] - units.starts[:, np.newaxis]
        features.allowed[lengths > _MOST * len(text)] = False
        if not features.allowed.any():
            return ()
        scores = features.scores(self._weights)
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        first, last = (int(at) for at in np.unravel_index(int(np.argmax(scores)), scores.shape))
        inside = _insides(shares)
        if _expected_overlap(units, inside, first, last) >= _LEAST_SHARED:
            return (units.span(*_with_whole_figures(units, first, last)),)
        return _best_clause(units, inside)


def _with_whole_figures(units: Units, first: int, last: int) -> tuple[int, int]:
    """The span with all of any date or number that it has a part of."""
    for begin, end, kind in units.entities:
        if kind in (Sought.TIME, Sought.NUMBER) and begin <= last and first <= end:
            first, last = min(first, begin), max(last, end)
    return first, last


def _insides(shares: Matrix) -> Vector:
    """For each unit, the share of all spans that hold it."""
    begun = np.cumsum(shares.sum(axis=1))
    ended = np.concatenate([[0.0], np.cumsum(shares.sum(axis=0))[:-1]])
    inside: Vector = begun - ended
    return inside


def _expected_overlap(units: Units, inside: Vector, first: int, last: int) -> float:
    """F1 of the span's characters with those expected in the answer."""
    lengths = units.ends - units.starts
    expected = lengths * inside
    both = float(expected[first : last + 1].sum())
    return 2 * both / float(lengths[first : last + 1].sum() + expected.sum())


def _best_clause(units: Units, inside: Vector) -> tuple[Span, ...]:
    """The clause that holds most of what the answer may be; none where that is the whole text."""
    lengths = units.ends - units.starts
    held = np.bincount(units.clauses, weights=inside * lengths)
    words = np.flatnonzero((units.clauses == int(np.argmax(held))) & (units.shapes >= WORDS))
    if not len(words):
        return ()
    span = units.span(int(words[0]), int(words[-1]))
    return (span,) if len(span) <= _MOST * len(units.text) else ()
