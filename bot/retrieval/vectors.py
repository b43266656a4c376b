"""The index's vectors: encoded once where there is an encoder, and kept in files by text.

A file holds a row a text and the texts' digests, so that what was encoded for an earlier index, or
before a build was cut short, is not encoded again.
"""

from __future__ import annotations

import hashlib
import logging
import zipfile
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

import numpy as np

from bot.retrieval.encoder import Encoder, Vectors

Track = Callable[[Sequence[str]], Iterable[str]]
"""Wraps the texts while they are encoded, to show progress."""

_PATTERN = "vectors-*.npz"
_CHECKPOINT = 500
"""After so many texts what is encoded is written: some seven seconds' work."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class IndexVectors:
    """Unit vectors of an index's passages and of its bank's questions, a row each."""

    passages: Vectors
    questions: Vectors


@dataclass(frozen=True)
class IndexTexts:
    """What of an index is encoded, for one encoder."""

    encoder: str
    passages: Sequence[str]
    questions: Sequence[str]

    @property
    def digests(self) -> list[int]:
        """A number for each passage, then for each question, the same in every process."""
        kinds = (("passage", self.passages), ("question", self.questions))
        return [self._digest(kind, text) for kind, texts in kinds for text in texts]

    def _digest(self, kind: str, text: str) -> int:
        content = f"{self.encoder}\n{kind}\n{text}".encode()
        return int.from_bytes(hashlib.blake2b(content, digest_size=8).digest(), "big")


def load_vectors(path: Path, texts: IndexTexts) -> IndexVectors | None:
    """The vectors of `texts` in `path`; None where not all are there."""
    return _assembled(texts, _read(path))


def build_vectors(
    encoder: Encoder,
    texts: IndexTexts,
    path: Path | None = None,
    track: Track = iter,
    helpers: Sequence[Encoder] = (),
) -> IndexVectors:
    """Encode an index, some 20 ms a text on one core, and keep it in `path`.

    `helpers` are more encoders of the same kind; each takes a core. What the files beside `path`
    have already is taken from them. A file that cannot be written is logged, and costs only time.
    """
    kept = _Kept(texts, path)
    passages = len(texts.passages)
    missing = [at for at, digest in enumerate(kept.digests) if digest not in kept.rows]
    both = [*texts.passages, *texts.questions]
    wanted = [(both[at], at < passages) for at in missing]
    with closing(_encoded([encoder, *helpers], wanted)) as rows:
        for at, row, _ in zip(missing, rows, track([text for text, _ in wanted]), strict=True):
            kept.add(at, row)
    vectors = _assembled(texts, kept.rows, encoder)
    if vectors is None:
        raise RuntimeError("a text was not encoded")
    if path is not None and (missing or not path.exists()):
        kept.finish(path)
    return vectors


def _encoded(
    encoders: Sequence[Encoder], texts: Sequence[tuple[str, bool]]
) -> Generator[Vectors, None, None]:
    """The vector of each text, in order; the second of a pair says that it is a passage."""
    free: SimpleQueue[Encoder] = SimpleQueue()
    for each in encoders:
        free.put(each)

    def encode(text: str, is_passage: bool) -> Vectors:
        encoder = free.get()
        try:
            rows = encoder.encode_passages if is_passage else encoder.encode_questions
            row: Vectors = rows([text])[0]
            return row
        finally:
            free.put(encoder)

    if len(encoders) == 1:
        yield from (encode(*each) for each in texts)
        return
    pool = ThreadPoolExecutor(len(encoders), "encoding")
    try:
        yield from pool.map(encode, *zip(*texts, strict=True)) if texts else ()
    finally:
        pool.shutdown(cancel_futures=True)


class _Kept:
    """The vectors of `texts` so far, by digest."""

    def __init__(self, texts: IndexTexts, path: Path | None) -> None:
        self.digests = texts.digests
        self.rows: dict[int, Vectors] = {}
        self._path = path.with_name(f"{path.stem}.partial.npz") if path else None
        self._unwritten = 0
        wanted = set(self.digests)
        for file in sorted(path.parent.glob(_PATTERN)) if path else ():
            found = _read(file)
            self.rows |= {digest: found[digest] for digest in wanted & found.keys()}

    def add(self, at: int, row: Vectors) -> None:
        self.rows[self.digests[at]] = row
        self._unwritten += 1
        if self._path is not None and self._unwritten == _CHECKPOINT:
            _write(self.rows, self._path)
            self._unwritten = 0

    def finish(self, path: Path) -> None:
        """Write all, and drop the files of other indexes."""
        if not _write(self.rows, path):
            return
        for other in path.parent.glob(_PATTERN):
            if other != path:
                other.unlink(missing_ok=True)


def _assembled(
    texts: IndexTexts, rows: dict[int, Vectors], encoder: Encoder | None = None
) -> IndexVectors | None:
    digests = texts.digests
    if not all(digest in rows for digest in digests):
        return None
    nothing = encoder.encode_questions([]) if encoder else np.zeros((0, 0), dtype=np.float32)
    split = len(texts.passages)
    return IndexVectors(
        _stacked([rows[digest] for digest in digests[:split]], nothing),
        _stacked([rows[digest] for digest in digests[split:]], nothing),
    )


def _stacked(rows: list[Vectors], nothing: Vectors) -> Vectors:
    return np.stack(rows) if rows else nothing


def _read(path: Path) -> dict[int, Vectors]:
    """The rows in a file by digest; none where it is missing, damaged or of another version."""
    try:
        with path.open("rb") as content, np.load(content, allow_pickle=False) as file:
            digests, vectors = file["digests"], file["vectors"]
            return dict(zip(digests.tolist(), vectors, strict=True))
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile):
        return {}


def _write(rows: dict[int, Vectors], path: Path) -> bool:
    partial = path.with_name(f".{path.name}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as content:
            np.savez(
                content,
                digests=np.array(list(rows), dtype=np.uint64),
                vectors=np.array(list(rows.values()), dtype=np.float32),
            )
        partial.replace(path)
    except OSError as error:
        _log.warning("the vectors are not kept: %s", error.strerror)
        return False
    return True
