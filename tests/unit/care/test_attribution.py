"""Attribution: words are given to whoever said them, and to nobody else."""

from __future__ import annotations

import pytest

from bot.article.model import Article
from bot.chat.render import render_answer
from bot.locales import LANGUAGES, catalog
from bot.retrieval import Quoter, Reason


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("是带领团队开展创新基础研究", "张毅"),
        ("自己最欣慰的事情有两件", "张毅"),
        ("我们走到了前排", "张毅"),
        ("我们还为3例渐冻症患者", "张毅"),
        ("基本上相当于二次创业了", "张毅"),
        ("我们的学生很抢手", "张毅"),
        ("一个人的一生应该是这样度过的", "尼古拉·奥斯特洛夫斯基"),
        ("穿透我科研迷雾的灯塔", "张超奇"),
        ("严师亦是慈父", "李苗苗"),
        ("您追逐的光", None),
        ("2010年，几经波折", None),
    ],
)
def test_speech_has_its_speaker(article: Article, words: str, speaker: str | None) -> None:
    """By 张毅说 and its kin, quotation marks, and the signature of a testimony."""
    start = article.text.index(words)
    sentence = next(each for each in article.sentences if each.start <= start < each.end)
    assert speaker == article.speaker_of(sentence)


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("张毅说过什么", "张毅"),
        ("张毅教授说了什么", "张毅"),
        ("张超奇说过什么", "张超奇"),
        ("李苗苗说了什么", "李苗苗"),
        ("奥斯特洛夫斯基说过什么", "尼古拉·奥斯特洛夫斯基"),
    ],
)
def test_what_somebody_said_is_answered_with_their_words(
    quoter: Quoter, question: str, speaker: str
) -> None:
    """And with nobody else's."""
    answer = quoter.ask(question)
    assert answer
    assert {speaker} == {quote.locator.speaker for quote in answer.quotes}


@pytest.mark.parametrize("name", ["李峰", "杨黎", "张震", "王宇", "陈慰峰"])
def test_who_says_nothing_in_the_article_is_said_to_say_nothing(quoter: Quoter, name: str) -> None:
    """What the article tells of the person is shown as that."""
    answer = quoter.ask(f"{name}说过什么")
    assert (Reason.UNSAID, name) == (answer.reason, answer.care.unsaid)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_speaker_stands_in_the_source_line(quoter: Quoter, language: str) -> None:
    """In each language, before the place."""
    answer = quoter.ask("严师亦是慈父是说谁")
    text = render_answer(answer, quoter.article.metadata, catalog(language)).text
    assert "李苗苗" in text.splitlines()[-1] or "李苗苗" in text
