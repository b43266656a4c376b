from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.article.model import Article
from bot.pictures.typesetting import Line, set_lines, width_of

EM = 10.0
NOT_FIRST = "，。、；：！？）》”’…—"
NOT_LAST = "（《“‘"


def measure(text: str, start: int) -> float:
    """Chinese characters and their marks one em, all others half of one."""
    assert start >= 0
    return sum(EM if ord(character) > 0x2000 else EM / 2 for character in text)


def lines_of(text: str, ems: float, *, justified: bool = True) -> list[Line]:
    """The lines of `text`, `ems` characters wide."""
    return set_lines(text, measure, EM, ems * EM, justified=justified)


def texts_of(lines: list[Line]) -> list[str]:
    """What is on each line."""
    return ["".join(placed.text for placed in line) for line in lines]


@pytest.mark.parametrize(
    ("text", "ems", "expected"),
    [
        ("细胞治疗", 3, ["细胞治", "疗"]),
        ("细胞治疗，好", 5, ["细胞治疗，", "好"]),
        ("细胞治疗，好", 4, ["细胞治", "疗，好"]),
        ("细胞治，疗好", 3, ["细胞", "治，疗", "好"]),
        ("细胞治疗？”好", 4, ["细胞治", "疗？”好"]),
        ("细胞“治疗”", 3, ["细胞", "“治疗”"]),
        ("细胞《治疗》好", 3, ["细胞", "《治疗》", "好"]),
        ("细胞CAR-T治", 4, ["细胞", "CAR-T治"]),
        ("细胞2024年", 3, ["细胞", "2024年"]),
        ("细胞治……疗", 4, ["细胞", "治……疗"]),
        ("细胞治——疗", 4, ["细胞", "治——疗"]),
        ("占全球的54%好", 5, ["占全球的", "54%好"]),
        ("in a word", 3, ["in a", "word"]),
    ],
)
def test_lines_break_where_they_may(text: str, ems: int, expected: list[str]) -> None:
    """Not before a stop, not after an opening mark, not in a word, a number, …… or ——."""
    assert expected == texts_of(lines_of(text, ems))


@given(st.data(), st.integers(6, 30))
def test_the_rules_hold_for_the_article(article: Article, data: st.DataObject, ems: int) -> None:
    """At any width, for any sentence, and nothing is lost or too wide."""
    span = data.draw(st.sampled_from(article.sentences))
    text = article.text[span.start : span.end]
    lines = lines_of(text, ems)
    shown = texts_of(lines)
    assert text == "".join(shown)
    assert [] == [line for line in shown[1:] if line[0] in NOT_FIRST]
    assert [] == [line for line in shown[:-1] if line[-1] in NOT_LAST]
    for left, right in pairwise(shown):
        assert not re.search(r"[0-9A-Za-z]\n[0-9A-Za-z%]", f"{left[-1]}\n{right[0]}")
    # A mark at the end of a line stands with its empty half over the edge.
    assert all(width_of(line) <= ems * EM + EM / 2 + 0.1 for line in lines)


@given(st.text(max_size=60), st.integers(2, 12))
def test_no_text_is_lost_or_clipped(text: str, ems: int) -> None:
    """Not even one that no rule allows to break; only spaces at breaks go."""
    lines = lines_of(text, ems)
    assert "".join(text.split()) == "".join("".join(texts_of(lines)).split())
    assert all(width_of(line) <= ems * EM + EM / 2 + 0.1 for line in lines)


def test_full_lines_are_justified() -> None:
    """What is missing to the width is spread between the characters; the last line is not."""
    lines = lines_of("细胞治疗细胞治疗", 4.5)
    assert [45.0, 40.0] == [width_of(line) for line in lines]
    assert [40.0, 40.0] == [
        width_of(line) for line in lines_of("细胞治疗细胞治疗", 4.5, justified=False)
    ]


def test_two_marks_side_by_side_share_their_space() -> None:
    """。” is one and a half characters wide, and a mark that begins a line half of one."""
    (line,) = lines_of("好。”说", 9)
    assert [0.0, 10.0, 15.0, 25.0] == [placed.x for placed in line]
    (line,) = lines_of("“好", 9)
    assert [-5.0, 5.0] == [placed.x for placed in line]


def test_a_piece_ends_where_the_style_changes() -> None:
    """So that part of a word may be marked; the line still does not break there."""
    lines = set_lines("细胞2024年", measure, EM, 3 * EM, styles={4})
    assert ["细胞", "2024年"] == texts_of(lines)
    assert ["20", "24", "年"] == [placed.text for placed in lines[1]]
