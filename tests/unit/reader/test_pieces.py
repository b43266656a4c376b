"""Pieces: what the reader's embeddings are looked up by."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reader.pieces import UNKNOWN, PieceTokenizer

VOCABULARY = [
    ("<s>", 0.0),
    ("<pad>", 0.0),
    ("</s>", 0.0),
    ("<unk>", 0.0),
    ("\u2581", -3.0),
    ("张", -6.0),
    ("毅", -8.0),
    ("教", -7.0),
    ("授", -7.0),
    ("教授", -8.0),
    ("\u2581hello", -7.0),
    (",", -4.0),
]


@pytest.fixture(scope="module")
def tokenizer() -> PieceTokenizer:
    """A tokenizer over a dozen pieces."""
    return PieceTokenizer(VOCABULARY, {"，": ",", "\n": " "})


def test_the_most_probable_cut_wins(tokenizer: PieceTokenizer) -> None:
    """教授 is one piece where that is likelier than two, and every piece knows its place."""
    cut = tokenizer.cut("张毅教授")

    assert [VOCABULARY[i][0] for i in cut.ids] == ["张", "毅", "教授"]
    assert cut.spans == ((0, 1), (1, 2), (2, 4))


def test_traditional_characters_are_read_as_simplified(tokenizer: PieceTokenizer) -> None:
    """張 is looked up as 张, and its place is that of the character that was written."""
    assert tokenizer.cut("張毅").ids == tokenizer.cut("张毅").ids
    assert tokenizer.cut("張毅").spans == ((0, 1), (1, 2))


def test_characters_are_normalised(tokenizer: PieceTokenizer) -> None:
    """A full-width comma is read as the plain one, a line break as a space."""
    assert tokenizer.cut("张，毅").ids == tokenizer.cut("张,毅").ids
    assert tokenizer.cut("张\n毅").ids == tokenizer.cut("张 毅").ids


def test_what_is_not_in_the_vocabulary_is_unknown(tokenizer: PieceTokenizer) -> None:
    """A character without a piece is the unknown piece, at its place."""
    cut = tokenizer.cut("张龘毅")

    assert cut.ids[1] == UNKNOWN
    assert cut.spans[1] == (1, 2)


def test_a_word_start_is_a_space_before_it(tokenizer: PieceTokenizer) -> None:
    """Latin words are pieces with the space before them, also at the start of a text."""
    cut = tokenizer.cut("hello", word_start=True)

    assert [VOCABULARY[i][0] for i in cut.ids] == ["\u2581hello"]
    assert cut.spans == ((0, 5),)


def test_a_saved_vocabulary_cuts_the_same(tokenizer: PieceTokenizer, tmp_path: Path) -> None:
    """`load` gives back what `save` wrote."""
    file = tmp_path / "pieces.json"
    tokenizer.save(file)
    again = PieceTokenizer.load(file)

    assert again.vocabulary == tokenizer.vocabulary
    assert again.cut("张毅教授，hello") == tokenizer.cut("张毅教授，hello")


@given(st.text(max_size=60))
def test_pieces_stand_in_order_inside_the_text(text: str) -> None:
    """Whatever a text holds, its pieces go forward through it and none leaves it."""
    tokenizer = PieceTokenizer(VOCABULARY, {})
    spans = tokenizer.cut(text).spans

    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert list(spans) == sorted(spans)
