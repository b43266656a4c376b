from __future__ import annotations

import dataclasses
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.article.model import Lines
from bot.errors import ArticleError
from bot.retrieval import Answer, Quoter, Reason

NASTY = (
    "",
    " \n\t",
    "\u200b\u200c\u202e\u2066",
    "😀🎉👨‍👩‍👧",
    "渐冻症" * 1365 + "x",
    "\x00\x01\x02渐冻症",
    "مرحبا كيف حالك",
    "'; DROP TABLE quotes; --",
    "<script>alert('张毅')</script>",
    "SELECT * FROM 细胞治疗 WHERE 1=1",
    "\ud800渐冻症",
    "？？？？",
    "的的的的的",
    "a" * 400,
)

question_text = st.one_of(
    st.text(max_size=120),
    st.text(
        st.sampled_from("张毅细胞治疗渐冻症红斑狼疮什么时候多少谁？CAR-T2024年的吗 "), max_size=40
    ),
)


def assert_promise(quoter: Quoter, answer: Answer) -> None:
    """Every piece of text in the answer is the article's own, in its place, and of fair length."""
    text = quoter.article.text
    for quote in (*answer.quotes, *answer.candidates, *answer.related):
        assert text[quote.span.start : quote.span.end] == quote.text
        assert 0 < len(quote.text) <= 200
        assert quoter.article.locate(quote.span) == quote.locator
        assert all(0 <= mark.start < mark.end <= len(quote.text) for mark in quote.highlights)
        assert all(one.end < other.start for one, other in pairwise(quote.highlights))
    assert bool(answer) == bool(answer.quotes) == (answer.reason is None)
    assert not (answer.quotes and answer.related)
    assert 0.0 <= answer.confidence <= 1.0


@given(question_text)
@example("")
def test_the_promise_holds_for_any_question(quoter: Quoter, question: str) -> None:
    """Whatever is asked, nothing but verbatim text of the article comes back, and no error."""
    assert_promise(quoter, quoter.ask(question))


@pytest.mark.parametrize("question", NASTY)
def test_the_promise_holds_for_nasty_questions(quoter: Quoter, question: str) -> None:
    """The known tricks get an answer or a reason like any other message."""
    assert_promise(quoter, quoter.ask(question))
    assert_promise(quoter, quoter.ask("那是什么时候？", previous=[question]))


@settings(max_examples=40)
@given(st.data())
def test_every_sentence_is_found_by_its_own_words(quoter: Quoter, data: st.DataObject) -> None:
    """A reader who asks in the article's own words gets that sentence."""
    long = [span for span in quoter.article.sentences if 12 < len(span) <= 120]
    span = data.draw(st.sampled_from(long))
    answer = quoter.ask(quoter.article.text[span.start : span.end])

    assert any(span in quote.span for quote in answer.quotes)


def test_finds_the_start_of_the_trial(quoter: Quoter) -> None:
    """The date is quoted, marked, and placed."""
    answer = quoter.ask("渐冻症的临床研究是什么时候开始的")
    first = answer.quotes[0]

    assert first.text.startswith("2024年10月，张毅团队和郑州大学第一附属医院神经内科许予明团队")
    assert ["2024年10月"] == [first.text[m.start : m.end] for m in first.highlights]
    assert ("站在前沿", 17, Lines(21, 24)) == (
        first.locator.section, first.locator.paragraph, first.locator.lines
    )  # fmt: skip
    assert "als" == answer.topics[0].id
    assert 3 <= len(answer.candidates)


@pytest.mark.parametrize(
    ("question", "note"),
    [
        ("艾米迈托赛注射液哪天获批上市", "文中“今年”指2025年，见报日期2025-04-10"),
        ("靶向CD19的体内自装备CAR-T研究是哪年发起的", "文中“去年”指2024年，见报日期2025-04-10"),
        ("张毅团队承担多少项国家自然科学基金", "文中“截至目前”指见报时，见报日期2025-04-10"),
    ],
)
def test_says_what_time_words_mean(quoter: Quoter, question: str, note: str) -> None:
    """今年, 去年 and 截至目前 are explained outside the quote."""
    answer = quoter.ask(question)

    assert note == answer.note
    assert all("见报日期" not in quote.text for quote in answer.quotes)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("", Reason.EMPTY),
        ("🎉🎉", Reason.EMPTY),
        ("？！", Reason.EMPTY),
        ("渐冻症" * 200, Reason.TOO_LONG),
        ("你好呀！", Reason.GREETING),
        ("Hello", Reason.GREETING),
        ("谢谢你的回答", Reason.THANKS),
        ("thank you!", Reason.THANKS),
        ("你是谁？", Reason.ABOUT_BOT),
        ("你能做什么", Reason.ABOUT_BOT),
        ("What can you do?", Reason.ABOUT_BOT),
        ("今天天气怎么样", Reason.NOT_IN_ARTICLE),
        ("帮我写一首关于春天的诗", Reason.NOT_IN_ARTICLE),
        ("how to cook spaghetti carbonara", Reason.NOT_IN_ARTICLE),
    ],
)
def test_says_why_it_gives_no_quote(quoter: Quoter, question: str, reason: Reason) -> None:
    """Small talk, nothing, too much and other subjects each have their reason, and topics."""
    answer = quoter.ask(question)

    assert (reason, (), ()) == (answer.reason, answer.quotes, answer.related)
    assert 2 <= len(answer.topics) <= 3


def test_traditional_characters_find_the_same(quoter: Quoter) -> None:
    """繁體 and 简体 are one question, with one answer id."""
    one, other = quoter.ask("漸凍症的臨床研究是什麼時候開始的"), quoter.ask(
        "渐冻症的临床研究是什么时候开始的"
    )  # fmt: skip
    assert other == one


def test_a_follow_up_leans_on_the_question_before(quoter: Quoter) -> None:
    """那 takes its meaning from what was asked; without it nothing is assumed."""
    answer = quoter.ask("那是哪一年去的？", previous=["张震去哪个国家作访问学者？"])

    assert any("2015年，副研究员张震到比利时" in quote.text for quote in answer.quotes)
    assert answer.id != quoter.ask("那是哪一年去的？").id


def test_a_follow_up_to_nothing_is_asked_back(quoter: Quoter) -> None:
    """那 without anything before it is no reason to guess: whole questions are offered."""
    answer = quoter.ask("那是什么时候的事？")

    assert (Reason.UNRESOLVED, (), 3) == (answer.reason, answer.quotes, len(answer.choices))
    assert all(quoter.ask(choice) for choice in answer.choices)


def test_the_same_question_has_the_same_id(quoter: Quoter) -> None:
    """The id tells apart questions, not spacing and width."""
    assert quoter.ask("CAR-T是什么").id == quoter.ask("  ＣＡＲ-T是什么 ").id
    assert quoter.ask("CAR-T是什么").id != quoter.ask("CAR-T是哪年").id


def test_names_of_topics(quoter: Quoter) -> None:
    """A topic is known by its names and aliases, in any width or character set."""
    for text in ("渐冻症与Treg", "漸凍症", "ALS", " ｔｒｅｇ "):
        topic = quoter.topic_named(text)
        assert topic is not None
        assert "als" == topic.id
    assert quoter.topic_named("渐冻症是什么时候") is None


def test_answers_over_any_plain_text(cache_dir: Path) -> None:
    """from_text reads wrapped paragraphs and quotes them; there are no topics or notes."""
    quoter = Quoter.from_text(
        "长江是中国第一大河，全长约6300公里。\n它发源于青海省唐古拉山，\n注入东海。\n\n黄河全长约5464公里。",
        cache_dir=cache_dir,
    )
    answer = quoter.ask("长江有多长？")

    assert_promise(quoter, answer)
    assert answer.quotes[0].text.startswith("长江是中国第一大河")
    assert (None, 1, "text") == (
        answer.quotes[0].locator.section,
        answer.quotes[0].locator.paragraph,
        answer.quotes[0].locator.source,
    )
    assert (None, ()) == (answer.note, answer.topics)


@pytest.mark.parametrize("text", ["", " \n", "。。。"])
def test_refuses_a_text_without_words(text: str) -> None:
    """There is nothing to quote."""
    with pytest.raises(ArticleError):
        Quoter.from_text(text)


@settings(max_examples=60)
@given(
    st.text(st.sampled_from("长江黄河是中国，。！？；“”\n 0123年ab"), min_size=1, max_size=200),
    question_text,
)
def test_the_promise_holds_over_any_text(cache_dir: Path, text: str, question: str) -> None:
    """Over any text, too, only its own words are quoted."""
    try:
        quoter = Quoter.from_text(text, cache_dir=cache_dir)
    except ArticleError:
        return
    assert_promise(quoter, quoter.ask(question))


def test_an_answer_cannot_be_changed(quoter: Quoter) -> None:
    """What was checked cannot be altered on its way out."""
    answer = quoter.ask("渐冻症")
    with pytest.raises(dataclasses.FrozenInstanceError):
        answer.quotes[0].text = "假"  # type: ignore[misc]  # the point of the test
