"""The lower layers' states of a text's passages: computed once a text, kept as bytes."""

from __future__ import annotations

import hashlib
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.reader.model import WIDTH, Array, ReaderModel
from bot.reader.pieces import Pieces
from bot.reader.windows import MOST_PASSAGE, passage_prefix, windows


@dataclass(frozen=True)
class PassageStates:
    """A text's passages as the reader sees them.

    `pieces` are one a passage, at most `MOST_PASSAGE` of them read. `quantised` (all pieces,
    width) are states in signed bytes, `scales` one a piece; `projected` (all pieces, width) are
    their unit vectors; `starts` (passages + 1) is where each passage's pieces begin.
    """

    pieces: tuple[Pieces, ...]
    quantised: npt.NDArray[np.int8]
    scales: Array
    projected: Array
    starts: npt.NDArray[np.int64]

    def of(self, passage: int) -> Array:
        """The states of one passage: (its pieces, width)."""
        rows = slice(self.starts[passage], self.starts[passage + 1])
        states: Array = self.quantised[rows].astype(np.float32) * self.scales[rows, None]
        return states

    @cached_property
    def lengths(self) -> list[int]:
        """The number of pieces of each passage."""
        return [len(each.ids) for each in self.pieces]

    @cached_property
    def frequency(self) -> Counter[int]:
        """In how many passages each piece occurs."""
        return Counter(piece for each in self.pieces for piece in set(each.ids))


def read_passages(
    model: ReaderModel, texts: Sequence[str], file: Path | None = None
) -> PassageStates:
    """The states of the passages of one text, in order; some 25 ms for 350 characters.

    What `file` holds is used where it is of the same model and texts, else written anew.
    """
    pieces = tuple(_cut(model, text) for text in texts)
    starts = np.cumsum([0, *(len(each.ids) for each in pieces)])
    kept = _load(file, _key(model, texts), int(starts[-1]))
    if kept is None:
        states = np.zeros((int(starts[-1]), WIDTH), dtype=np.float32)
        prefix = passage_prefix(model.tokenizer)
        for ids, places in windows([each.ids for each in pieces], prefix):
            read = model.lower(ids)
            for passage, start, end in places:
                states[starts[passage] : starts[passage + 1]] = read[start:end]
        scales = np.maximum(np.abs(states).max(axis=1, initial=0.0), 1e-8) / 127
        kept = np.rint(states / scales[:, None]).astype(np.int8), scales.astype(np.float32)
        _save(file, _key(model, texts), kept)
    quantised, scales = kept
    projected = model.projected(quantised.astype(np.float32) * scales[:, None])
    return PassageStates(pieces, quantised, scales, projected, starts)


def _cut(model: ReaderModel, text: str) -> Pieces:
    cut = model.tokenizer.cut(text)
    if not cut.ids:
        return Pieces((3,), ((0, len(text)),))
    return Pieces(cut.ids[:MOST_PASSAGE], cut.spans[:MOST_PASSAGE])


_Kept = tuple[npt.NDArray[np.int8], Array]


def _key(model: ReaderModel, texts: Sequence[str]) -> str:
    digest = hashlib.sha256(model.id.encode())
    for text in texts:
        digest.update(b"\0" + text.encode())
    return digest.hexdigest()


def _load(file: Path | None, key: str, count: int) -> _Kept | None:
    if file is None:
        return None
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as data:
            quantised, scales = data["states"], data["scales"]
            fits = (
                str(data["key"]) == key
                and quantised.dtype == np.int8
                and quantised.shape == (count, WIDTH)
                and scales.dtype == np.float32
                and scales.shape == (count,)
                and bool(np.isfinite(scales).all())
            )
    except (OSError, EOFError, KeyError, ValueError, TypeError, zipfile.BadZipFile):
        return None
    return (quantised, scales) if fits else None


def _save(file: Path | None, key: str, kept: _Kept) -> None:
    if file is None:
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        written = file.with_suffix(".new.npz")
        np.savez(written, states=kept[0], scales=kept[1], key=np.array(key))
        written.replace(file)
    except OSError:
        # Computed again at the next start: that costs half a second.
        return
