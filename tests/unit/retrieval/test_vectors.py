from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import numpy as np
import pytest

from bot.retrieval.analysis import Analyzer
from bot.retrieval.encoder import Vectors, load_encoder
from bot.retrieval.finder import Finder
from bot.retrieval.index import index_text
from bot.retrieval.vectors import IndexTexts, build_vectors, load_vectors
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


TEXTS = IndexTexts("counting", ("长江", "黄河"), ("长江有多长",))


def test_vectors_are_kept_and_found_again(tmp_path: Path) -> None:
    """What was built is loaded, and only for the same texts and encoder."""
    path = tmp_path / "cache/vectors-1.npz"
    vectors = build_vectors(Counting(), TEXTS, path)

    loaded = load_vectors(path, TEXTS)
    assert loaded is not None
    assert vectors.passages.tolist() == loaded.passages.tolist()
    assert (2, 1) == (len(loaded.passages), len(loaded.questions))
    assert load_vectors(path, replace(TEXTS, questions=("黄河有多长",))) is None
    assert load_vectors(path, replace(TEXTS, encoder="other")) is None


def test_only_what_is_new_is_encoded(tmp_path: Path) -> None:
    """An editor who adds a question waits for that one; the old index's file goes."""
    build_vectors(Counting(), TEXTS, tmp_path / "vectors-1.npz")
    encoder = Counting()
    more = replace(TEXTS, questions=("黄河有多长", "长江有多长"))
    vectors = build_vectors(encoder, more, tmp_path / "vectors-2.npz")

    assert (1, 2) == (encoder.encoded, len(vectors.questions))
    assert ["vectors-2.npz"] == [file.name for file in tmp_path.iterdir()]


class Lengths(Counting):
    """An encoder whose vectors tell the length of the text, once its helper is at work too."""

    def __init__(self, together: Barrier) -> None:
        super().__init__()
        self._together = together

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder`."""
        if texts:
            self._together.wait(10)
        self.encoded += len(texts)
        return np.array([[len(text)] for text in texts], dtype=np.float32)

    encode_passages = encode_questions


def test_helpers_encode_at_the_same_time() -> None:
    """Each takes its part, and the rows keep their order."""
    together = Barrier(2)
    encoder, helper = Lengths(together), Lengths(together)
    texts = IndexTexts("counting", ("一", "二二"), ("三三三", "四四四四"))
    vectors = build_vectors(encoder, texts, helpers=[helper])

    assert [[1.0], [2.0]] == vectors.passages.tolist()
    assert [[3.0], [4.0]] == vectors.questions.tolist()
    assert (2, 2) == (encoder.encoded, helper.encoded)


def test_a_build_that_was_cut_short_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was encoded up to the last checkpoint is not encoded again."""
    monkeypatch.setattr("bot.retrieval.vectors._CHECKPOINT", 2)

    def cut(texts: Sequence[str]) -> Iterator[str]:
        yield from texts[:2]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_vectors(Counting(), TEXTS, tmp_path / "vectors-1.npz", cut)
    encoder = Counting()
    build_vectors(encoder, TEXTS, tmp_path / "vectors-1.npz")

    assert 1 == encoder.encoded
    assert ["vectors-1.npz"] == [file.name for file in tmp_path.iterdir()]


@pytest.mark.parametrize("content", [b"", b"nonsense", b"PK\x03\x04half"])
def test_a_damaged_file_is_no_file(tmp_path: Path, content: bytes) -> None:
    """The vectors are then encoded again."""
    (tmp_path / "v.npz").write_bytes(content)

    assert load_vectors(tmp_path / "v.npz", TEXTS) is None
    assert load_vectors(tmp_path / "nowhere.npz", TEXTS) is None


def test_a_folder_that_cannot_be_written_costs_a_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The bot goes on without keeping them."""
    (tmp_path / "file").write_text("")
    with caplog.at_level(logging.WARNING):
        build_vectors(Counting(), TEXTS, tmp_path / "file/vectors-1.npz")
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
