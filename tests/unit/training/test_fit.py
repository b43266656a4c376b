from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.evaluation.dataset import Example
from bot.project import PROJECT_ROOT
from bot.retrieval.analysis import Analyzer
from bot.retrieval.features import LEXICAL
from bot.retrieval.finder import Finder
from bot.retrieval.index import index_text, load_index
from bot.retrieval.question_bank import bank_questions
from bot.retrieval.weights import Weights
from bot.training.examples import materials
from bot.training.fit import Fit

RIVERS = (
    ("长江", "青海", "上海", 6300),
    ("黄河", "青海", "山东", 5464),
    ("珠江", "云南", "广东", 2320),
    ("淮河", "河南", "江苏", 1000),
    ("辽河", "河北", "辽宁", 1390),
    ("海河", "山西", "天津", 1031),
)


def examples() -> list[Example]:
    """Two questions of each of six rivers."""
    made = []
    for name, source, mouth, length in RIVERS:
        article = f"{name}发源于{source}。{name}全长约{length}公里。{name}在{mouth}入海，水量很大。"
        made += [
            Example(
                id=f"{name}1", question=f"{name}有多长", answers=(str(length),), article=article
            ),
            Example(id=f"{name}2", question=f"{name}在哪里入海", answers=(mouth,), article=article),
        ]
    return made


def test_fits_weights_that_read(analyzer: Analyzer, tmp_path: Path) -> None:
    """From a handful of articles: complete weights for the features, which find a length."""
    every = list(materials(examples(), analyzer, None))
    whole = load_index(PROJECT_ROOT, PROJECT_ROOT / "data")
    # A tenth of the bank will do.
    facts, gaps = whole.sources.facts[::10], whole.sources.gaps[::10]
    index = replace(whole, sources=replace(whole.sources, facts=facts, gaps=gaps))
    golden = [
        Example(id="a", question="渐冻症的研究什么时候开始", answers=("2024年10月",)),
        Example(id="b", question="张毅的电话"),
    ]
    weights = Fit(every, index, golden, analyzer, None).weights()

    assert LEXICAL == weights.lexical.features
    assert weights.know(bank_questions(facts, gaps))
    assert isinstance(Weights.model_validate_json(weights.model_dump_json()), Weights)
    text = "松花江发源于吉林。松花江全长约1900公里。松花江在黑龙江。"
    finding = Finder(index_text(text, analyzer), analyzer, weights).find("松花江有多长")
    assert finding.excerpts[0].first <= 1 <= finding.excerpts[0].last
