"""Fitting linear models: what is read, how thresholds are chosen."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.care.linear import Teller
from bot.errors import BotError
from bot.training.linear import (
    NO,
    YES,
    Message,
    Told,
    choose_doubt,
    fit_words,
    folds,
    lowest,
    reached,
    read_messages,
)

MESSAGES = [
    *(Message(f"头{each}疼怎么办", YES) for each in "一二三四五六七八九十"),
    *(Message(f"第{each}届奖是谁", NO) for each in "一二三四五六七八九十"),
]
TOLD = [
    Told(Message("a", YES), by_rule=True, probability=0.1),
    Told(Message("b", YES), by_rule=False, probability=0.8),
    Told(Message("c", NO), by_rule=False, probability=0.4),
    Told(Message("d", NO, authored=False), by_rule=False, probability=0.2),
]


def test_each_line_is_a_label_a_tab_and_a_message(tmp_path: Path) -> None:
    """Messages that are alike are one; anything else is said with its line."""
    path = tmp_path / "messages.tsv"
    path.write_text("yes\t头疼\n\nno\t你好\nyes\t頭疼\n", encoding="utf-8")
    assert [Message("头疼", YES), Message("你好", NO)] == read_messages(path, (NO, YES))
    path.write_text("yes\t头疼\nmaybe\t你好\n", encoding="utf-8")
    with pytest.raises(BotError, match="line 2"):
        read_messages(path, (NO, YES))


def test_a_fitted_model_tells_what_it_was_not_shown() -> None:
    """By runs of characters that it has met."""
    teller = Teller(fit_words(MESSAGES, (NO, YES)))
    assert (True, False) == (teller.recognises("牙疼怎么办"), teller.recognises("那个奖是谁"))


def test_made_messages_are_learned_from_and_never_judged_by() -> None:
    """They stand in each fold's part to learn from."""
    messages = [*MESSAGES, Message("牙疼", YES, made=True)]
    for train, test in folds(messages):
        assert (True, False) == (20 in train, 20 in test)


def test_a_threshold_counts_together_with_the_rules() -> None:
    """What a rule finds is found at any threshold."""
    at = reached(TOLD, 0.5)
    assert (1.0, 1.0, 0.0, 0.0) == (at.recall, at.precision, at.alarms, at.ordinary)
    assert 0.5 == reached(TOLD, 0.99).recall


def test_the_lowest_threshold_that_serves_is_chosen() -> None:
    """In hundredths."""
    assert 0.41 == lowest(TOLD, lambda each: each.alarms == 0).threshold
    assert 0.99 == lowest(TOLD, lambda _: False).threshold


def test_hardly_anything_that_is_found_is_passed_over() -> None:
    """Doubt begins where the first of a thousand is."""
    assert 0.1 == choose_doubt([0.1, *(0.9 for _ in range(200))])
