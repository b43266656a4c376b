"""The learned weights: small networks and logistic regressions, read from a JSON file.

`python -m bot train` writes it (bot/training); only NumPy is needed to use it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import IndexFileError
from bot.project import PROJECT_ROOT
from bot.retrieval.answerability import Answerability, digest_of

Matrix = npt.NDArray[np.float64]
Vector = npt.NDArray[np.float64]

WEIGHTS_FILE = PROJECT_ROOT / "data" / "reader.json"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Network(_Frozen):
    """Scores rows of standardised features: a linear part and one hidden layer of tanh units.

    `mean` and `scale` standardise; `hidden` is a row a unit; `output` weighs the units.
    """

    mean: tuple[float, ...]
    scale: tuple[float, ...]
    linear: tuple[float, ...]
    hidden: tuple[tuple[float, ...], ...]
    bias: tuple[float, ...]
    output: tuple[float, ...]

    @cached_property
    def _arrays(self) -> tuple[Vector, Vector, Vector, Matrix, Vector, Vector]:
        return (
            np.array(self.mean),
            np.array(self.scale),
            np.array(self.linear),
            np.array(self.hidden).reshape(len(self.bias), len(self.mean)),
            np.array(self.bias),
            np.array(self.output),
        )

    def __call__(self, features: Matrix) -> Vector:
        """One score a row."""
        mean, scale, linear, hidden, bias, output = self._arrays
        standard = (features - mean) / scale
        scores: Vector = standard @ linear + np.tanh(standard @ hidden.T + bias) @ output
        return scores


class Regression(_Frozen):
    """A logistic regression over standardised features (Platt 1999)."""

    mean: tuple[float, ...]
    scale: tuple[float, ...]
    coefficients: tuple[float, ...]
    intercept: float

    def logit(self, features: Sequence[float]) -> float:
        """The log-odds."""
        standard = (np.asarray(features) - np.asarray(self.mean)) / np.asarray(self.scale)
        return float(standard @ np.asarray(self.coefficients) + self.intercept)


class Model(_Frozen):
    """What reads with or without an encoder.

    `reader` scores passages (the mean of its networks), `confidence` judges the best excerpt;
    `bank` and `bank_confidence` do the same where there is a question bank beside the text;
    `answerability` weighs that bank's questions.
    """

    features: tuple[str, ...]
    reader: Annotated[tuple[Network, ...], Field(min_length=1)]
    confidence: Regression
    bank: Network
    bank_confidence: Regression
    answerability: Answerability | None = None

    def score(self, features: Matrix) -> Vector:
        """One score a passage."""
        scores: Vector = np.mean([network(features) for network in self.reader], axis=0)
        return scores


class Weights(_Frozen):
    """The whole file."""

    format: Literal[1] = 1
    lexical: Model
    semantic: Model

    def know(self, questions: Sequence[str]) -> bool:
        """Whether both models were fitted on this bank."""
        digest = digest_of(questions)
        learned = (self.lexical.answerability, self.semantic.answerability)
        return all(each is not None and each.bank == digest for each in learned)


@cache
def load_weights(path: Path = WEIGHTS_FILE) -> Weights:
    """Read the weights.

    Raises:
        IndexFileError: the file is missing or damaged.
    """
    try:
        return Weights.model_validate_json(path.read_bytes())
    except OSError as error:
        raise IndexFileError(f"{path}: {error.strerror}") from error
    except ValidationError as error:
        raise IndexFileError(f"{path} is damaged or of another version") from error


def save_weights(weights: Weights, path: Path = WEIGHTS_FILE) -> None:
    """Write the weights, five significant digits each."""
    content = json.loads(
        weights.model_dump_json(), parse_float=lambda text: float(f"{float(text):.5g}")
    )
    path.write_text(json.dumps(content, separators=(",", ":")) + "\n", encoding="utf-8")
