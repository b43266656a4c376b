"""The reader's weights and what they compute: embeddings, lower layers, joint layers.

The layers are ONNX graphs of one sequence at a time, weights of 7 bits in bytes; the embeddings
are the pretrained model's own blocks of 32 weights of 4 bits with a half-precision scale.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as failures

from bot.errors import BotError
from bot.reader.pieces import PieceTokenizer

Array = npt.NDArray[np.float32]

WIDTH = 384
_UNREADABLE = (
    OSError,
    KeyError,
    ValueError,
    TypeError,
    EOFError,
    zipfile.BadZipFile,
    # ONNX Runtime's own have no family.
    failures.Fail,
    failures.InvalidArgument,
    failures.InvalidGraph,
    failures.InvalidProtobuf,
    failures.NoSuchFile,
    failures.RuntimeException,
)
FILES = ("pieces.json", "lower.onnx", "joint.onnx", "parameters.npz")


@dataclass(frozen=True)
class Parameters:
    """The small weights; `segment` is of question, earlier question, passage; `same` and `alike`
    of question and passage.
    """

    segment: Array
    same: Array
    alike: Array
    weigh: Array
    weigh_bias: float
    none_features: Array
    none_bias: float
    idf_weight: float
    history_weight: float
    interaction_scale: float
    bm25_scale: float


class ReaderModel:
    """Loads in some 0.1 s; may be used from any thread."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """Read the model in `folder`.

        Raises:
            BotError: a file of it is missing or is not the model's.
        """
        try:
            self.tokenizer = PieceTokenizer.load(folder / "pieces.json")
            self.id = _hash(folder)
            """Changes when anything of the model does."""
            self._lower = _session(folder / "lower.onnx", threads)
            self._joint = _session(folder / "joint.onnx", threads)
            with (
                (folder / "parameters.npz").open("rb") as opened,
                np.load(opened, allow_pickle=False) as data,
            ):
                self._words = data["words"]
                self._positions = data["positions"].astype(np.float32)
                self._project = data["project"].astype(np.float32)
                self._project_bias = data["project_bias"]
                self.parameters = _parameters(data)
        except _UNREADABLE as error:
            raise BotError(f"the reader in {folder} cannot be loaded: {error}") from error

    def lower(self, ids: Sequence[int]) -> Array:
        """The lower layers' states of one sequence: (its length, width)."""
        return _run(self._lower, self._embedded(ids))

    def joint(self, states: Array) -> Array:
        """The joint layers' outputs (pieces, 5): none, attention, score, start, end."""
        return _run(self._joint, states)

    def projected(self, states: Array) -> Array:
        """States (n, width) as unit vectors that the late interaction compares."""
        projected = states @ self._project.T + self._project_bias
        unit: Array = projected / np.linalg.norm(projected, axis=1, keepdims=True)
        return unit

    def _embedded(self, ids: Sequence[int]) -> Array:
        blocks = self._words[np.asarray(ids)]
        scales = blocks[:, :, :2].copy().view("<f2").astype(np.float32)
        nibbles = blocks[:, :, 2:]
        low = (nibbles & 15).astype(np.float32) - 8
        high = (nibbles >> 4).astype(np.float32) - 8
        words = (np.concatenate([low, high], axis=2) * scales).reshape(len(ids), WIDTH)
        embedded: Array = words + self._positions[: len(ids)]
        return embedded


def _hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in FILES:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:16]


def _session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # What a session of changing lengths allocates is given back, not kept for the longest.
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def _run(session: onnxruntime.InferenceSession, states: Array) -> Array:
    (read,) = session.run(None, {"states": np.ascontiguousarray(states, dtype=np.float32)})
    outputs: Array = read
    return outputs


def _parameters(data: np.lib.npyio.NpzFile) -> Parameters:
    weigh, none = data["weigh"], data["none_features"]
    idf_weight, history_weight, interaction_scale, bm25_scale = map(float, data["scalars"])
    return Parameters(
        segment=data["segment"],
        same=data["same"],
        alike=data["alike"],
        weigh=weigh[:-1],
        weigh_bias=float(weigh[-1]),
        none_features=none[:-1],
        none_bias=float(none[-1]),
        idf_weight=idf_weight,
        history_weight=history_weight,
        interaction_scale=interaction_scale,
        bm25_scale=bm25_scale,
    )
