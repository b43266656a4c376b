from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.project import PROJECT_ROOT
from bot.retrieval.analysis import Analyzer, clean
from bot.retrieval.answer import Correction
from bot.retrieval.corrections import Corrector, index_corrector
from bot.retrieval.index import load_index


@pytest.fixture(scope="module")
def corrector(analyzer: Analyzer) -> Corrector:
    """The corrector over the project's article."""
    return index_corrector(load_index(PROJECT_ROOT, PROJECT_ROOT / "data"), analyzer)


@pytest.mark.parametrize(
    ("question", "written", "read_as"),
    [
        ("艾米买托塞是治什么病的", "艾米买托塞", "艾米迈托赛"),
        ("什么叫嵌合抗源受体", "抗源受体", "抗原受体"),
        ("李峰去匹斯堡大学了吗", "匹斯堡大学", "匹兹堡大学"),
        ("渐动症能治吗", "渐动症", "渐冻症"),
        ("李锋学了几年", "李锋", "李峰"),
        ("运动神经元病的研究", "运动神经元病", "渐冻症"),
        ("SLE的研究", "SLE", "系统性红斑狼疮"),
        ("any news for ALS patients", "ALS", "渐冻症"),
        ("shenme shi xibao zhiliao", "shenme shi xibao zhiliao", "什么是细胞治疗"),
    ],
)
def test_reads_slips_pinyin_and_other_names(
    corrector: Corrector, question: str, written: str, read_as: str
) -> None:
    """What the reader wrote is read as the article's word, and both are told."""
    corrected = corrector.correct(question)

    assert Correction(written, read_as) in corrected.corrections
    assert read_as in corrected.text


@pytest.mark.parametrize(
    "question",
    [
        "张毅是从哪个县走出来的?",
        "渐冻症的临床研究是什么时候开始的",
        "狼疮的试验是跟哪个科室一块做的",
        "2024年那些试验都针对什么病",
        "他们给学生开了什么课",
        "张震上过那个榜吗",
        "制定专家共识有什么用",
        "今天天气怎么样",
        "how to cook rice",
        "hello world",
    ],
)
def test_leaves_right_words_alone(corrector: Corrector, question: str) -> None:
    """Two words side by side are not taken for one that is misspelt."""
    corrected = corrector.correct(question)

    assert (question, ()) == (corrected.spelt, corrected.corrections)


@given(st.text(max_size=60))
def test_any_question_can_be_read(corrector: Corrector, text: str) -> None:
    """Nothing a reader writes makes it fail, and nothing is corrected in what has no words."""
    corrected = corrector.correct(clean(text))

    assert isinstance(corrected.text, str)
    if not any(character.isalpha() for character in text):
        assert () == corrected.corrections


def test_the_articles_own_words_are_never_corrected(
    corrector: Corrector, analyzer: Analyzer
) -> None:
    """Each sentence of the article reads as it is, apart from second names it has itself."""
    article = load_index(PROJECT_ROOT, PROJECT_ROOT / "data").article
    for sentence in article.sentences:
        text = clean(article.text[sentence.start : sentence.end])
        assert text == corrector.correct(text).spelt
