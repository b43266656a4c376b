from __future__ import annotations

import pytest

from bot.retrieval.analysis import Analyzer
from bot.retrieval.followups import context_of


@pytest.mark.parametrize(
    ("question", "previous", "expected"),
    [
        ("那是什么时候？", ["李峰"], ["李峰"]),
        ("哪年", ["红斑狼疮", "李峰"], ["李峰"]),
        ("他还获得了河南省什么称号", ["李峰"], ["李峰"]),
        ("渐冻症临床研究开始时间", ["李峰"], []),
        ("那是什么时候？", [], []),
    ],
)
def test_takes_over_the_last_questions_words(
    analyzer: Analyzer, question: str, previous: list[str], expected: list[str]
) -> None:
    """Only where the question points back or says too little by itself."""
    assert expected == [word.term for word in context_of(question, previous, analyzer)[0]]
