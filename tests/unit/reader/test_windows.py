"""How texts and questions are laid out for the reader."""

import pytest

from bot.reader.pieces import END, START, PieceTokenizer
from bot.reader.windows import MOST_QUESTION, WINDOW, question_pieces, select, windows


@pytest.fixture(scope="module")
def tokenizer() -> PieceTokenizer:
    """A tokenizer over single letters and three characters."""
    letters = [(chr(code), -5.0) for code in range(ord("a"), ord("z") + 1)]
    marks = [("\u2581", -3.0), (":", -3.0), ("多", -5.0), ("大", -5.0), ("谁", -5.0)]
    return PieceTokenizer(
        [("<s>", 0.0), ("<p>", 0.0), ("</s>", 0.0), ("<u>", 0.0), *letters, *marks], {}
    )


def test_a_question_stands_between_marks(tokenizer: PieceTokenizer) -> None:
    """The question's own pieces are told from the marks around them."""
    asked = question_pieces(["多大"], tokenizer)

    assert asked.ids[0] == START
    assert asked.ids[-1] == END
    assert asked.content[-3:] == (1, 1, 0)
    assert len(asked.ids) == len(asked.content)


def test_earlier_questions_are_told_from_the_last(tokenizer: PieceTokenizer) -> None:
    """What was asked before is marked 2, the question itself 1."""
    asked = question_pieces(["谁", "多大"], tokenizer)

    assert asked.content[-6:] == (2, 2, 0, 1, 1, 0)


def test_the_earliest_pieces_of_a_long_conversation_are_cut(tokenizer: PieceTokenizer) -> None:
    """The last question is read whole; what does not fit of the earlier ones is left out."""
    asked = question_pieces(["大" * 300, "多多"], tokenizer)

    assert len(asked.ids) == MOST_QUESTION
    assert [mark for mark in asked.content if mark == 1] == [1, 1]


def test_windows_hold_every_passage_once() -> None:
    """Long texts are read in windows; each passage's place in one of them is known."""
    passages = [[10 + n] * 100 for n in range(9)]
    made = windows(passages, [7, 8])
    places = {passage: ids[start:end] for ids, found in made for passage, start, end in found}

    assert places == dict(enumerate(passages))
    assert all(len(ids) <= WINDOW for ids, _ in made)
    assert all(ids[:3] == [START, 7, 8] and ids[-1] == END for ids, _ in made)


def test_a_later_window_begins_with_the_passage_before() -> None:
    """What was said last is context for what follows."""
    passages = [[10 + n] * 100 for n in range(5)]
    second, places = windows(passages, [7])[1]

    assert second[2:102] == passages[places[0][0] - 1]


def test_passages_can_be_left_out() -> None:
    """A passage that is left out is in no window."""
    made = windows([[10], [11], [12]], [7], {1})

    assert [passage for _, found in made for passage, _, _ in found] == [0, 2]


def test_the_best_passages_are_selected_in_the_texts_order() -> None:
    """As many of the best as the budget holds, a smaller one after one that did not fit."""
    selected = select([50, 60, 40, 10], {0: 1.0, 1: 9.0, 2: 8.0, 3: 0.5}, 110)

    assert selected == (1, 2, 3)


def test_one_passage_is_selected_however_long() -> None:
    """There is always something to read."""
    assert select([500], {0: 1.0}, 240) == (0,)


def test_passages_to_keep_come_first() -> None:
    """In training the answering passage is read, whatever its first score."""
    assert select([100, 100], {0: 9.0, 1: 1.0}, 150, {1}) == (1,)
