"""Names by their form and place: what may be a person's, and what is a word."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from bot.care.names import chinese, is_pinyin_name, pinyin_names
from bot.retrieval.analysis import Analyzer, fold
from bot.retrieval.pinyin import typed_syllables


def spells(letters: str) -> bool:
    """Whether letters are pinyin."""
    return typed_syllables(letters) is not None


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("邓宏魁哪年回国", ["邓宏魁"]),
        ("请问颜宁在文中说了什么", ["颜宁"]),
        ("文中提到赖清德了吗", ["赖清德"]),
        ("介绍一下黄荷凤", ["黄荷凤"]),
        ("方法是什么", []),
        ("张大夫，您好", []),
        ("我叫刘建国", []),
        ("谢谢", []),
        ("高血压怎么办", []),
    ],
)
def test_a_surname_with_characters_that_form_no_word_is_a_name(
    analyzer: Analyzer, question: str, found: list[str]
) -> None:
    """Where something is asked of a person."""

    def words(text: str) -> Iterable[tuple[str, int]]:
        return ((token.term, token.start) for token in analyzer.tokens(text))

    text = fold(question)
    assert found == list(chinese(text, words(text), analyzer.is_word))[:1]


@pytest.mark.parametrize(
    ("words", "expected"),
    [("zhang feng", True), ("feng zhang", True), ("cell therapy", False), ("zhang give", False)],
)
def test_two_words_in_pinyin_are_a_name(words: str, *, expected: bool) -> None:
    """In either order."""
    assert expected is is_pinyin_name(words.split(), spells)


def test_names_in_lower_case_are_found_where_a_person_is_asked_for() -> None:
    """English words that are spelt so are none."""
    assert ["zhang feng"] == list(pinyin_names("who is zhang feng?", spells))
    assert [] == list(pinyin_names("did he fan the flames", spells))
