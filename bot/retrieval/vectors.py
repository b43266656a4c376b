"""The index's vectors: encoded once where there is an encoder, and kept in a file."""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.retrieval.encoder import Encoder, Vectors

Track = Callable[[Sequence[str]], Iterable[str]]
"""Wraps the texts while they are encoded, to show progress."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class IndexVectors:
    """Unit vectors of an index's passages and of its bank's questions, a row each."""

    passages: Vectors
    questions: Vectors


def load_vectors(path: Path, passages: int, questions: int) -> IndexVectors | None:
    """The vectors in `path`; None where there are none, or not those of such an index."""
    try:
        with path.open("rb") as content, np.load(content, allow_pickle=False) as file:
            vectors = IndexVectors(file["passages"], file["questions"])
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    if (len(vectors.passages), len(vectors.questions)) != (passages, questions):
        return None
    return vectors


def build_vectors(
    encoder: Encoder, passages: Sequence[str], questions: Sequence[str], track: Track = iter
) -> IndexVectors:
    """Encode an index: some 20 ms a text on one core."""
    rows = [encoder.encode_passages([text]) for text in track(passages)]
    others = [encoder.encode_questions([text]) for text in track(questions)]
    return IndexVectors(_stack(rows, encoder), _stack(others, encoder))


def save_vectors(vectors: IndexVectors, path: Path) -> None:
    """Keep the vectors for the next start; a failure is logged, and costs only time."""
    partial = path.with_name(f"{path.stem}.partial.npz")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(partial, passages=vectors.passages, questions=vectors.questions)
        partial.replace(path)
    except OSError as error:
        _log.warning("the vectors are not kept: %s", error.strerror)


def _stack(rows: list[Vectors], encoder: Encoder) -> Vectors:
    return np.concatenate(rows) if rows else encoder.encode_questions([])
