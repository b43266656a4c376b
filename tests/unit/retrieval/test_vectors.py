from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.retrieval.analysis import Analyzer
from bot.retrieval.encoder import Vectors, load_encoder
from bot.retrieval.finder import Finder
from bot.retrieval.index import index_text
from bot.retrieval.vectors import IndexVectors, load_vectors, save_vectors
from bot.retrieval.weights import load_weights

TEXT = "长江全长约6300公里。\n\n黄河在山东入海。\n\n珠江在广东入海。"


class Counting:
    """An encoder that counts what it encodes: one axis a character of the alphabet."""

    name = "counting"

    def __init__(self) -> None:
        self.encoded = 0

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        self.encoded += len(texts)
        return np.full((len(texts), 4), 0.5, dtype=np.float32)

    encode_passages = encode_questions


def test_vectors_are_kept_and_found_again(tmp_path: Path) -> None:
    """What was saved is loaded, and only for an index of the same size."""
    path = tmp_path / "cache/vectors.npz"
    vectors = IndexVectors(np.eye(3, dtype=np.float32), np.eye(2, dtype=np.float32))
    save_vectors(vectors, path)

    loaded = load_vectors(path, 3, 2)
    assert loaded is not None
    assert vectors.passages.tolist() == loaded.passages.tolist()
    assert load_vectors(path, 4, 2) is None


@pytest.mark.parametrize("content", [b"", b"nonsense", b"PK\x03\x04half"])
def test_a_damaged_file_is_no_file(tmp_path: Path, content: bytes) -> None:
    """The vectors are then encoded again."""
    (tmp_path / "v.npz").write_bytes(content)

    assert load_vectors(tmp_path / "v.npz", 1, 1) is None
    assert load_vectors(tmp_path / "nowhere.npz", 1, 1) is None


def test_a_folder_that_cannot_be_written_costs_a_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The bot goes on without keeping them."""
    (tmp_path / "file").write_text("")
    with caplog.at_level(logging.WARNING):
        save_vectors(
            IndexVectors(np.eye(1, dtype=np.float32), np.eye(1, dtype=np.float32)),
            tmp_path / "file/vectors.npz",
        )
    assert 1 == len(caplog.records)


def test_answers_are_lexical_until_the_vectors_are_there(
    analyzer: Analyzer, tmp_path: Path
) -> None:
    """Encoding happens once, in its own time, and a later start finds the file."""
    encoder, path = Counting(), tmp_path / "vectors.npz"
    index = index_text(TEXT, analyzer)
    finder = Finder(index, analyzer, load_weights(), encoder, path)
    finder.warm_up()
    finder.find("长江有多长")
    assert (False, 0) == (finder.is_semantic, encoder.encoded)

    finder.prepare_vectors()
    finder.find("长江有多长")
    assert (True, 4) == (finder.is_semantic, encoder.encoded)

    later = Finder(index, analyzer, load_weights(), Counting(), path)
    later.warm_up()
    assert later.is_semantic


def test_the_real_encoder_knows_a_paraphrase(analyzer: Analyzer) -> None:
    """Where it is installed, an English question finds the Chinese sentence."""
    encoder = load_encoder()
    if encoder is None:
        pytest.skip("no sentence encoder for this machine: it comes for Linux on x86-64")
    finder = Finder(index_text(TEXT, analyzer), analyzer, load_weights(), encoder)

    first = finder.find("How long is the Yangtze River?").excerpts[0]

    assert 0 == first.first
