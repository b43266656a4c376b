from __future__ import annotations

from pathlib import Path

import pytest

from bot.retrieval import Quoter
from bot.retrieval.digest import asks_for_digest


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("总结一下这篇文章", True),
        ("这篇报道主要讲了什么", True),
        ("summarize the article", True),
        ("总结", True),
        ("李苗苗说了什么", False),
        ("张毅总结了哪两件欣慰的事", False),
        ("渐冻症", False),
    ],
)
def test_knows_who_asks_for_the_whole(question: str, expected: bool) -> None:
    """A question about somebody's words asks for a part."""
    assert expected is asks_for_digest(question)


def test_a_digest_is_quotes_of_several_sections_in_order(quoter: Quoter) -> None:
    """It is said to be a selection, and it is verbatim like everything else."""
    answer = quoter.ask("总结一下这篇文章")
    starts = [quote.span.start for quote in answer.quotes]

    assert answer.selection
    assert 4 == len(answer.quotes) == len({quote.locator.section for quote in answer.quotes})
    assert sorted(starts) == starts


def test_a_plain_text_has_a_digest_too(cache_dir: Path) -> None:
    """Without a bank, each paragraph gives its longest sentence."""
    quoter = Quoter.from_text("长江很长。它很宽很宽。\n\n黄河在北方流淌。", cache_dir=cache_dir)

    assert ["它很宽很宽。", "黄河在北方流淌。"] == [
        quote.text for quote in quoter.ask("这篇文章讲了什么").quotes
    ]
