from __future__ import annotations

import pytest

from bot.retrieval.analysis import Analyzer
from bot.retrieval.highlighter import highlight
from bot.retrieval.question import read_question

AWARD = "2015年，副研究员张震到比利时作访问学者，2024年亦入选“全球前2%顶尖科学家榜单”。"


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("张震哪年去比利时", AWARD, ["2015年"]),
        ("哪年入选榜单", AWARD, ["2024年"]),
        ("去了哪个国家作访问学者", AWARD, ["副研究员张震到比利时作访问学者"]),
        ("长江", "黄河，很长。", []),
        ("黄河很长", "黄河很长。", []),
    ],
)
def test_marks_the_words_that_answer(
    analyzer: Analyzer, question: str, text: str, expected: list[str]
) -> None:
    """The time or number nearest the question's words, else the clause; never the whole."""
    marks = highlight(read_question(question, analyzer), text)

    assert expected == [text[mark.start : mark.end] for mark in marks]
