"""Linear models: read and written without loss, and mixed with what a sentence vector says."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.care.linear import LinearModel, Teller, features, normalised
from bot.errors import IndexFileError

MODEL = LinearModel(
    bias=(-2.0,),
    threshold=0.6,
    doubt=0.1,
    mix=0.5,
    mixed_threshold=0.6,
    center=(0.0, 0.0),
    vector=((8.0, 0.0),),
    vector_bias=(0.0,),
    weights={"疼": (2_000,)},
)


def test_a_model_is_read_as_it_was_written(tmp_path: Path) -> None:
    """With a feature a line."""
    path = tmp_path / "model.json"
    MODEL.save(path)
    assert MODEL == LinearModel.load(path)


@pytest.mark.parametrize("content", [None, "{}", "no JSON"])
def test_a_missing_or_damaged_file_says_how_to_mend_it(tmp_path: Path, content: str | None) -> None:
    """By the command that writes it."""
    path = tmp_path / "model.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(IndexFileError, match="train-care"):
        LinearModel.load(path)


def test_words_decide_where_there_is_no_encoder() -> None:
    """And nothing is recognised in a message without words."""
    teller = Teller(MODEL)
    assert [True, False, False] == [teller.recognises(text) for text in ("疼", "不", "？？")]


def test_a_vector_is_asked_for_only_in_doubt() -> None:
    """Below `doubt`, words have decided."""
    asked = []

    def encode(text: str) -> tuple[float, float]:
        asked.append(text)
        return 1.0, 0.0

    teller = Teller(MODEL.model_copy(update={"doubt": 0.5}), encode)
    assert (True, False) == (teller.recognises("疼"), teller.recognises("不"))
    assert ["疼"] == asked


def test_a_vector_may_outweigh_words() -> None:
    """Log-odds are mixed."""
    assert not Teller(MODEL).recognises("不")
    assert Teller(MODEL, lambda _: (1.0, 0.0)).recognises("不")


def test_features_are_taken_of_one_way_of_writing() -> None:
    """Half-width, simplified, without spaces between Chinese characters."""
    assert normalised("我不想活了!!") == normalised("我 不 想 活 了！！！！")
    assert {"^", "a", "^a", "a$", "^a$", "$", "w a"} == features("a")
