from __future__ import annotations

import math

import pytest

from bot.retrieval.language import AFTER, BEFORE, CharacterModel

TEXTS = ("黄河有多长", "长江有多长", "黄河在哪")


@pytest.fixture(scope="module")
def model() -> CharacterModel:
    """Three short questions."""
    return CharacterModel(TEXTS)


def test_what_follows_more_often_is_more_likely(model: CharacterModel) -> None:
    """With two characters known, with one, and with none."""
    assert model.log_probability("河有", "多") > model.log_probability("河有", "在")
    assert model.log_probability("湖有", "多") > model.log_probability("湖有", "河")
    assert model.log_probability("湖海", "有") > model.log_probability("湖海", "哪")
    assert model.log_probability(BEFORE, "黄") > model.log_probability(BEFORE, "长")
    assert model.log_probability("多长", AFTER) > model.log_probability("多长", "江")


def test_all_that_may_follow_is_one_together(model: CharacterModel) -> None:
    """With the characters that were never met, of the 20,000 there are."""
    met = model.characters
    for context in ("黄河", "有多", "湖海", BEFORE):
        known = sum(math.exp(model.log_probability(context, each)) for each in met)
        another = math.exp(model.log_probability(context, "鲸"))
        assert 1 == pytest.approx(known + (20_000 - len(met)) * another)


def test_what_was_never_met_is_possible(model: CharacterModel) -> None:
    """A question has such characters now and then."""
    assert -20 < model.log_probability("黄河", "鲸") < model.log_probability("黄河", "长")
    assert {"黄", "多", AFTER} <= set(model.characters)
    assert [] == CharacterModel(()).characters
