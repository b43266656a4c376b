"""The reader over a short text: which passage answers, with which words, or none."""

import numpy as np
import pytest

from bot.reader.model import ReaderModel
from bot.reader.reader import Reader, Reading
from bot.reader.states import read_passages
from bot.retrieval.analysis import Analyzer, clean
from bot.retrieval.ranker import Ranker

TEXTS = [
    "停驶三年的松涛港夜间渡轮，自八月十五日起恢复载客。",
    "当初停驶是因为船员不足，轮机人员最缺的时候只剩四位。",
    "票价方面，单程全票三十五元，学生与六十五岁以上长者二十元。",
    "新加入航线的“海棠号”可坐一百四十人，船身漆成橘红色。",
    "风力达七级时一律停航，已购的票可于七日内全额退费。",
]


def read(model: ReaderModel, *turns: str) -> Reading:
    """Ask the turns of the texts above."""
    analyzer = Analyzer()
    ranker = Ranker([analyzer.terms(text) for text in TEXTS])
    cleaned = [clean(turn) for turn in turns]
    scores = ranker.scores(dict.fromkeys(analyzer.terms(" ".join(cleaned))))
    return Reader(model).read(cleaned, read_passages(model, TEXTS), scores)


@pytest.mark.parametrize(
    ("question", "answering"),
    [
        ("坐一趟船要多少钱", 2),
        ("大风天停不停航", 4),
        ("why did the ferry stop running?", 1),
        ("新船 座位", 3),
        ("哪一天重新開航", 0),
    ],
)
def test_the_answering_passage_is_the_likeliest(
    model: ReaderModel, question: str, answering: int
) -> None:
    """However it is asked: in other words, in English, in search words, in 繁體."""
    assert int(np.argmax(read(model, question).scores)) == answering


def test_a_follow_up_is_read_after_the_question_before(model: ReaderModel) -> None:
    """A question that says nothing by itself is read with what was asked before it."""
    assert int(np.argmax(read(model, "学生坐船多少钱", "那可以坐多少人").scores)) == 3


def test_none_is_likelier_where_nothing_answers(model: ReaderModel) -> None:
    """What the text does not state is less likely to be answered than what it does."""
    stated = read(model, "末班船之外，票能退吗").probabilities()[-1]
    off = read(model, "红烧肉怎么做才好吃").probabilities()[-1]

    assert stated < off


def test_chances_sum_to_one(model: ReaderModel) -> None:
    """Of all passages and of none of them."""
    assert read(model, "多少钱").probabilities().sum() == pytest.approx(1.0)


def test_the_words_lie_in_their_passage(model: ReaderModel) -> None:
    """The words that answer are a piece of the passage."""
    for passage, (start, end, _) in read(model, "坐一趟船要多少钱").words.items():
        assert 0 <= start < end <= len(TEXTS[passage])


def test_a_question_without_words_is_read_too(model: ReaderModel) -> None:
    """Marks alone break nothing."""
    assert np.isfinite(read(model, "？？").none)
