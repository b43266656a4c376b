from __future__ import annotations

import pytest

from bot.retrieval.abstention import sigmoid
from bot.retrieval.analysis import Analyzer
from bot.retrieval.finder import Finder
from bot.retrieval.index import index_text
from bot.retrieval.weights import load_weights

TEXT = "长江全长约6300公里，发源于青海。\n\n黄河在山东入海。\n\n珠江在广东入海。\n\n淮河在江苏。"


def test_confidence_grows_with_what_is_met(analyzer: Analyzer) -> None:
    """A question met by the excerpt beats one met in part, and that one a foreign question."""
    finder = Finder(index_text(TEXT, analyzer), analyzer, load_weights())

    here, part, nowhere = (
        finder.find(question).confidence
        for question in ("长江全长多少公里", "长江的鱼有多少种", "番茄炒蛋怎么做")
    )
    assert here > 0.8 > part > nowhere
    assert nowhere < 0.1


def test_probabilities_of_extreme_odds_do_not_overflow() -> None:
    """Whatever the features, the confidence is between 0 and 1."""
    assert pytest.approx(0.5) == sigmoid(0.0)
    assert 0.0 <= sigmoid(-1e9) < 1e-20
    assert 1.0 == pytest.approx(sigmoid(1e9))
