"""Whether the article answers a question, judged by all questions of the bank at once.

The nearest questions mislead where many ask about one name: whichever is nearest in words wins. A
kernel ridge regression weighs each question of the bank by what it adds to the others: 1 where the
article answers, -1 where it does not. `python -m bot train` solves it (bot/training/ridge.py).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from pydantic import BaseModel, ConfigDict

from bot.retrieval.table import Vector

_LEXICAL_SHARPNESS = 2.0
_SEMANTIC_SHARPNESS = 4.0
_LEXICAL_SHARE = 0.3
_STEPS = 127
# Without weights: how much nearer the nearest question decides it.
_DECISIVE = 4.0


class Answerability(BaseModel):
    """A weight for each question of one bank, `digest_of` which is `bank`.

    `weights` are signed bytes in base64, in units of `step`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    bank: str
    step: float
    weights: str

    @classmethod
    def of(cls, questions: Sequence[str], weights: Vector) -> Answerability:
        """Keep `weights`, one for each of a bank's `questions`, as bytes."""
        step = float(np.abs(weights).max(initial=0.0)) / _STEPS or 1.0
        rounded = np.round(weights / step).astype(np.int8)
        return cls(
            bank=digest_of(questions),
            step=step,
            weights=base64.b64encode(rounded.tobytes()).decode("ascii"),
        )

    @cached_property
    def values(self) -> Vector:
        """The weights, in the order of the bank's questions."""
        steps = np.frombuffer(base64.b64decode(self.weights), dtype=np.int8)
        return steps.astype(np.float64) * self.step


def kernel(likeness: Vector, cosines: Vector | None) -> Vector:
    """How near a question is to each of the bank's: by words, and by projected vectors too where
    there are any.
    """
    if cosines is None:
        near: Vector = np.exp(_LEXICAL_SHARPNESS * (likeness - 1.0))
    else:
        near = np.exp(_SEMANTIC_SHARPNESS * (cosines - 1.0)) + _LEXICAL_SHARE * likeness
    return near


def nearest_decides(likeness: Vector, answered: int) -> float:
    """What stands for the regression where a bank has none: -1 to 1, by the nearest of the first
    `answered` questions and the nearest of the others.
    """
    best = likeness[:answered].max(initial=0.0)
    other = likeness[answered:].max(initial=0.0)
    return float(np.tanh(_DECISIVE * (best - other)))


def digest_of(questions: Sequence[str]) -> str:
    """Changes when a bank's questions, or their order, do."""
    return hashlib.sha256("\n".join(questions).encode()).hexdigest()[:16]
