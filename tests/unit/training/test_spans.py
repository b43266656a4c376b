"""Fitting the marks."""

from __future__ import annotations

from bot.evaluation.dataset import Example
from bot.retrieval.analysis import Analyzer
from bot.retrieval.highlighter import Highlighter
from bot.retrieval.question import read_question
from bot.training.spans import fit_spans, mark_quotes

NAMES = ("长江", "黄河", "珠江", "淮河", "辽河", "海河", "汉江", "湘江")


def test_learns_to_mark_the_number_or_the_place_that_is_asked_for(analyzer: Analyzer) -> None:
    """From quotes with both, for a river it has not seen."""
    quotes = []
    for at, name in enumerate(NAMES):
        quote = f"{name}全长约{1000 + 37 * at}公里，从上海入海，水量很大。"
        for question, answer in (
            (f"{name}全长多少公里", f"{1000 + 37 * at}公里"),
            (f"{name}从哪里入海", "上海"),
        ):
            quotes.append((Example(id=name, question=question, answers=(answer,)), quote))
    weights = fit_spans(list(mark_quotes(quotes, analyzer)))
    highlighter = Highlighter(analyzer, weights)

    text = "松花江全长约1900公里，从天津入海，水量很大。"
    for question, expected in (("松花江全长多少公里", "1900公里"), ("松花江从哪里入海", "天津")):
        (mark,) = highlighter.highlight(read_question(question, analyzer), text)
        assert expected in text[mark.start : mark.end]
        assert mark.end - mark.start < 9


def test_leaves_out_what_no_span_can_mark(analyzer: Analyzer) -> None:
    """An answer that is not in the quote teaches nothing."""
    example = Example(id="1", question="多长", answers=("6300公里",))

    assert [] == list(mark_quotes([(example, "黄河很长。")], analyzer))
