"""Messages to somebody else: the reader is told who the bot is not, and where that one works."""

from __future__ import annotations

import pytest

from bot.chat.render import render_answer
from bot.locales import catalog
from bot.retrieval import Quoter


@pytest.mark.parametrize(
    "message",
    [
        "张毅教授您好，我想咨询我母亲的病情",
        "张主任您好，我爸想做细胞治疗",
        "張醫生您好，我想諮詢一下",
        "医生您好，我想咨询",
        "您好大夫，麻烦您帮我看看报告",
        "尊敬的张毅教授：您好！我是一名患者",
        "Dear Dr. Zhang, could you help my mother?",
        "Hello doctor, I have a question about my results",
        "贵院您好，请问怎么转院",
    ],
)
def test_who_speaks_to_a_doctor_hears_who_the_bot_is_not(quoter: Quoter, message: str) -> None:
    """And which hospital and department the article names, in its own words."""
    answer = quoter.ask(message)
    text = render_answer(answer, quoter.article.metadata, catalog()).text
    assert (True, True) == (answer.care.addressed, "我不是医生" in text)
    if not answer:
        assert answer.care.workplace is not None
        assert "郑州大学第一附属医院" in answer.care.workplace.text


@pytest.mark.parametrize(
    "message",
    [
        "张主任我爸昨天打完细胞烧到39度 您快来看看",
        "你们医院周六上班吗",
        "教授，能不能让我爸插个队 他等不起了",
        "I'd like to schedule an appointment with your clinic",
    ],
)
def test_so_does_who_writes_without_a_salutation(quoter: Quoter, message: str) -> None:
    """By words alone; such a message may be a cry for help too."""
    care = quoter.ask(message).care
    assert care.addressed or care.distress


@pytest.mark.parametrize(
    "question",
    [
        "张毅教授哪年回国的",
        "张医生的座右铭是什么",
        "你好，渐冻症研究开始了吗",
        "医生把什么当成谋生的职业",
    ],
)
def test_who_asks_about_a_doctor_speaks_to_the_bot(quoter: Quoter, question: str) -> None:
    """A name or a title alone is no salutation."""
    assert not quoter.ask(question).care.addressed
