from __future__ import annotations

import pytest

from bot.retrieval.analysis import Analyzer
from bot.retrieval.followups import context_of, leans_on_previous


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("那是什么时候？", True),
        ("哪年", True),
        ("他还获得了河南省什么称号", True),
        ("渐冻症临床研究开始时间", False),
    ],
)
def test_knows_a_question_that_leans(analyzer: Analyzer, question: str, expected: bool) -> None:
    """It points back, or says too little by itself."""
    assert expected is leans_on_previous(question, analyzer)


def test_takes_over_the_last_questions_words(analyzer: Analyzer) -> None:
    """Only the question just before counts; without one there is nothing."""
    words, wording = context_of(["红斑狼疮", " 李峰 "], analyzer)

    assert (["李峰"], "李峰") == ([word.term for word in words], wording)
    assert ((), "") == context_of([], analyzer)
