"""Scores of spans."""

from __future__ import annotations

import numpy as np
import pytest

from bot.retrieval.analysis import Analyzer
from bot.retrieval.question import read_question
from bot.retrieval.spans import BITS, LONGEST, SpanFeatures, question_kind, span_features
from bot.retrieval.units import read_units

TEXT = "他在书里写道：“这是T细胞。”2015年，张震到比利时作访问学者。"


def features(text: str, analyzer: Analyzer) -> SpanFeatures:
    """Of the question when, over `text`."""
    question = read_question("张震什么时候去比利时", analyzer)
    return span_features(question, read_units(text, analyzer), analyzer)


def test_a_candidate_is_whole_and_has_words_at_its_ends(analyzer: Analyzer) -> None:
    """No half quotation, no pause at an end, nothing too long."""
    found = features(TEXT, analyzer)
    texts = []
    for first, last in zip(*np.nonzero(found.allowed), strict=True):
        span = found.units.span(int(first), int(last))
        texts.append(TEXT[span.start : span.end])

    assert "2015年" in texts
    assert "“这是T细胞。”" in texts
    assert all(text.count("“") == text.count("”") for text in texts)
    assert not [text for text in texts if text[0] in "，。：”" or text[-1] in "，。：“"]
    assert max(map(len, texts)) <= LONGEST


def test_a_score_is_the_sum_of_the_weights_of_all_features(analyzer: Analyzer) -> None:
    """Each by itself, against all at once."""
    found = features(TEXT, analyzer)
    weights = np.random.default_rng(0).normal(size=2**BITS)
    scores = found.scores(weights)

    for first, last in zip(*np.nonzero(found.allowed), strict=True):
        expected = weights[found.starts[first]].sum() + weights[found.ends[last]].sum()
        expected += weights[found.insides[first : last + 1]].sum()
        expected += sum(weights[pair[first, last]] for pair in found.pairs)
        expected += sum(weights[at] for a, b, at in found.entities if (a, b) == (first, last))
        assert expected == pytest.approx(scores[first, last])
    assert np.all(np.isneginf(scores[~found.allowed]))


@pytest.mark.parametrize(
    ("one", "other"),
    [("张震哪年去的", "什么时候去的"), ("谁去了", "哪位去了"), ("多少人", "几个人")],
)
def test_kinds_go_by_what_is_asked(one: str, other: str) -> None:
    """Two wordings of one kind of question have one number, another kind has another."""
    assert question_kind(one) == question_kind(other)
    assert question_kind(one) != question_kind("为什么去")
