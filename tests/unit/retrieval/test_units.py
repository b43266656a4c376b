"""A text cut into units."""

from __future__ import annotations

from bot.retrieval.analysis import Analyzer
from bot.retrieval.question import Sought
from bot.retrieval.units import hash_all, plain, read_units

TEXT = "2024年10月，张毅说：“很好。”"


def test_words_and_marks_in_order_with_their_offsets(analyzer: Analyzer) -> None:
    """Nothing but white space is left out, and every unit is the text between its offsets."""
    units = read_units(" 细胞 治疗，好！", analyzer)

    assert "细胞治疗,好!" == "".join(units.terms)
    cut = [units.text[a:b] for a, b in zip(units.starts, units.ends, strict=True)]
    assert "细胞治疗，好！" == "".join(cut)


def test_clauses_are_counted_at_each_pause(analyzer: Analyzer) -> None:
    """A unit's clause has the number of the pauses up to it."""
    units = read_units(TEXT, analyzer)

    assert [0, 1, 2, 3] == sorted({int(clause) for clause in units.clauses})


def test_what_stands_beside_a_unit_is_read_outwards_without_little_words(
    analyzer: Analyzer,
) -> None:
    """So that it compares with what stands beside a question's asking word."""
    units = read_units("张毅的团队", analyzer)
    at = units.terms.index("团队")

    assert "毅张" == units.before[at]
    assert "张毅" == plain("张毅的")


def test_dates_are_known_by_their_units(analyzer: Analyzer) -> None:
    """A date of several units is one entity from the first to the last."""
    units = read_units(TEXT, analyzer)
    dates = [(first, last) for first, last, kind in units.entities if kind is Sought.TIME]

    first, last = dates[0]
    span = units.span(first, last)
    assert "2024年10月" == TEXT[span.start : span.end]


def test_hashes_are_the_same_everywhere() -> None:
    """The weights were learned by them in another process."""
    assert [907060870, 0] == [int(each) for each in hash_all(["hello", ""])]
