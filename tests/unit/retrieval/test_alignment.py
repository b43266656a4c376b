"""A question beside a text."""

from __future__ import annotations

from bot.retrieval.alignment import Alignment
from bot.retrieval.analysis import Analyzer
from bot.retrieval.question import read_question
from bot.retrieval.units import Units, read_units

TEXT = "张震到比利时作访问学者，李峰到美国的匹兹堡大学学习。"


def align(question: str, analyzer: Analyzer) -> tuple[Units, Alignment]:
    """The units of TEXT, and the question along them."""
    units = read_units(TEXT, analyzer)
    return units, Alignment(read_question(question, analyzer), units, analyzer)


def test_the_words_of_the_question_are_met(analyzer: Analyzer) -> None:
    """And no others."""
    units, along = align("谁作访问学者", analyzer)

    met = {term for term, flag in zip(units.terms, along.met, strict=True) if flag}
    assert {"作", "访问学者"} == met


def test_the_clause_with_most_of_the_question_is_the_best(analyzer: Analyzer) -> None:
    """Its units have the highest grade, those of the other clause a lower one."""
    units, along = align("李峰到美国哪所大学学习", analyzer)
    here = int(along.relative[units.terms.index("李峰")])

    assert 4 == here
    assert here > int(along.relative[units.terms.index("比利时")])


def test_what_stands_before_the_asking_word_is_found_before_the_answer(
    analyzer: Analyzer,
) -> None:
    """By characters: 李峰到美国 before 哪 as before 匹兹堡大学."""
    units, along = align("李峰到美国哪所大学学习", analyzer)
    at = next(i for i, start in enumerate(units.starts) if TEXT[start:].startswith("匹"))

    assert 5 == int(along.same_before[at])
    assert 0 == int(along.same_before[0])


def test_an_empty_text_has_nothing_to_align(analyzer: Analyzer) -> None:
    """No units, no columns."""
    units = read_units("", analyzer)
    along = Alignment(read_question("谁", analyzer), units, analyzer)

    assert 0 == len(along.met) == len(along.since_met) == len(along.coverage)
