from __future__ import annotations

import pytest

from bot.retrieval.analysis import Analyzer
from bot.retrieval.question import Sought, content_words, read_question


@pytest.mark.parametrize(
    ("text", "sought"),
    [
        ("什么时候开始的", (Sought.TIME,)),
        ("哪年回国", (Sought.TIME,)),
        ("几月几号上市", (Sought.TIME,)),
        ("多少名学生", (Sought.NUMBER,)),
        ("How many students", (Sought.NUMBER,)),
        ("谁拍的照片", (Sought.PERSON,)),
        ("在哪里学习", (Sought.PLACE,)),
        ("为什么回国", (Sought.CAUSE,)),
        ("渐冻症", ()),
    ],
)
def test_knows_what_is_sought(analyzer: Analyzer, text: str, sought: tuple[Sought, ...]) -> None:
    """The asking words tell the kind of answer."""
    assert sought == read_question(text, analyzer).sought


def test_asking_words_are_not_looked_up(analyzer: Analyzer) -> None:
    """什么时候 would find every sentence with 时 in it."""
    question = read_question("渐冻症的研究什么时候开始的？", analyzer)

    assert "时候" not in question.terms
    assert {"渐冻", "冻症", "研究", "开始"} <= set(question.terms)


def test_words_keep_their_places(analyzer: Analyzer) -> None:
    """Content words carry offsets in the clean question; stop words are left out."""
    text = "张毅是哪年回国的"
    words = content_words(text, analyzer)

    assert ["张毅", "回国"] == [text[word.start : word.end] for word in words]


def test_takes_context_along(analyzer: Analyzer) -> None:
    """Words of an earlier question are looked up beside the question's own."""
    earlier = content_words("张震", analyzer)
    question = read_question("哪年", analyzer, earlier)

    assert earlier == question.words
    assert "张震" in question.terms
