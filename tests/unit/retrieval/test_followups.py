from __future__ import annotations

import numpy as np
import pytest

from bot.article.glossary import Term
from bot.article.model import Span
from bot.retrieval.analysis import Analyzer
from bot.retrieval.followups import Continuing, context_of, in_full, leaning, leans_on_previous
from bot.retrieval.reader import Excerpt


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


TERMS = (
    Term("李峰", ("Li Feng",), person=True),
    Term("杨黎", ("Yang Li",), person=True),
    Term("细胞", ("cell",)),
    Term("干细胞", ("stem cell",)),
    Term("国家自然科学基金项目", ("基金",)),
)


@pytest.mark.parametrize(
    ("previous", "question", "expected"),
    [
        ("李峰去了哪里", "杨黎呢？", ("杨黎去了哪里",)),
        ("李峰承担了多少国家自然科学基金项目", "那重点专项呢", ("李峰承担了多少重点专项",)),
        ("杨黎是谁", "他几岁", ("杨黎几岁",)),
        ("李峰做干细胞吗", "哪年开始的", ("干细胞哪年开始的", "李峰哪年开始的")),
        ("李峰是谁", "杨黎去了哪里", ()),
        ("天气怎么样", "那明天呢", ()),
    ],
)
def test_says_in_full_what_is_meant(
    previous: str, question: str, expected: tuple[str, ...]
) -> None:
    """What the earlier question named takes the place of what this one leaves out."""
    assert expected == in_full(question, [previous], TERMS)


def test_there_is_nothing_to_say_in_full_without_an_earlier_question() -> None:
    """A first question stands by itself."""
    assert () == in_full("他几岁", [], TERMS)


@pytest.mark.parametrize(
    ("question", "doubtful"),
    [
        ("那是什么时候？", False),
        ("多久搞一次", True),
        ("李峰去了哪里", None),
        ("郑州大学第一附属医院研究出了哪些新型药物", None),
    ],
)
def test_knows_how_doubtful_it_is_that_a_question_leans(
    analyzer: Analyzer, question: str, doubtful: bool | None
) -> None:
    """Not at all where it points back; a short one without a name may; others do not."""
    found = leaning(question, analyzer, TERMS)

    assert doubtful == (None if found is None else found > 0)


def test_asks_on_from_where_the_last_answer_stood() -> None:
    """The next passages are likelier than those further away; shares stay shares."""
    place = Excerpt(Span(0, 1), 2, 3, 0.9)
    shares = Continuing(place, same=1.0, near=4.0).shares(np.full(10, 0.1))

    assert 1.0 == pytest.approx(float(shares.sum()))
    assert shares[4] == shares[1] > shares[5] > shares[9]
    assert shares[2] == shares[3] < shares[4]


def test_trusts_what_stands_near() -> None:
    """An excerpt beside the last answer, or at it; not one far away."""
    continuing = Continuing(Excerpt(Span(0, 1), 2, 3, 0.9), 1.0, 1.0, trust=0.5)

    assert [0.5, 0.5, 0.0] == [
        continuing.trusted(Excerpt(Span(0, 1), at, at, 0.5)) for at in (3, 4, 20)
    ]
