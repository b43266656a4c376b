"""No implied cure: only a sentence that states an outcome answers who asks for one."""

from __future__ import annotations

import pytest

from bot.chat.render import render_answer
from bot.locales import catalog
from bot.retrieval import Quoter, Reason

ALS = "渐冻症"
ONE_PATIENT = ("一例", "首例")


@pytest.mark.parametrize(
    "question",
    [
        "渐冻症治好了几个人",
        "渐冻症能治愈吗",
        "漸凍症治療有效嗎",
        "渐冻症患者能活几年",
        "渐冻症的治疗安全吗",
        "渐冻症注射有没有副作用",
        "Can ALS be cured?",
        "Is the ALS treatment effective?",
        "How long do people with ALS live?",
        "Does the ALS injection have side effects?",
    ],
)
def test_no_outcome_is_claimed_for_a_disease_of_which_none_is_stated(
    quoter: Quoter, question: str
) -> None:
    """It is refused in words; what is shown is about that disease, and marked as related."""
    answer = quoter.ask(question)
    assert (Reason.UNSTATED, ()) == (answer.reason, answer.quotes)
    assert all(ALS in quote.text for quote in answer.related)
    text = render_answer(answer, quoter.article.metadata, catalog()).text
    assert text.startswith("文中没有说") or "文中没有说" in text


def test_a_follow_up_is_refused_for_the_disease_of_the_question_before(quoter: Quoter) -> None:
    """Other diseases' results are buttons that name them."""
    answer = quoter.ask("效果呢", ["渐冻症的研究开始了吗"])
    text = render_answer(answer, quoter.article.metadata, catalog()).text
    assert (Reason.UNSTATED, True) == (answer.reason, "文中没有说渐冻症患者的治疗效果" in text)
    assert any("系统性红斑狼疮" in choice for choice in answer.choices)
    assert not any("狼疮" in quote.text and ALS not in quote.text for quote in answer.related)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("红斑狼疮的治疗效果怎么样", "症状得到缓解"),
        ("弥漫大B细胞淋巴瘤效果怎么样", "完全缓解"),
        ("血液肿瘤治疗效果怎么样", "显著成效"),
    ],
)
def test_a_stated_outcome_answers(quoter: Quoter, question: str, words: str) -> None:
    """By the sentence that states it of that disease."""
    answer = quoter.ask(question)
    assert words in answer.quotes[0].text


@pytest.mark.parametrize(
    "question",
    ["红斑狼疮的治疗效果怎么样", "谁获得了完全缓解", "狼疮患者随访了多久", "体内CAR-T疗法治什么"],
)
def test_one_patients_result_says_that_it_is_one_patients(quoter: Quoter, question: str) -> None:
    """The words are never cut off a quote that has the result."""
    answer = quoter.ask(question)
    for quote in (*answer.quotes, *answer.related):
        if "缓解" in quote.text:
            assert any(words in quote.text for words in ONE_PATIENT)


def test_a_disease_of_which_nothing_is_said_is_refused(quoter: Quoter) -> None:
    """Whatever the article tells of others."""
    answer = quoter.ask("糖尿病的治疗效果怎么样")
    assert (Reason.UNSTATED, ()) == (answer.reason, answer.quotes)
