from __future__ import annotations

import pytest

from bot.retrieval.entities import find_entities
from bot.retrieval.question import Sought


@pytest.mark.parametrize(
    ("text", "sought", "expected"),
    [
        ("2024年10月，由河南省", Sought.TIME, ["2024年10月"]),
        ("今年1月2日，国家", Sought.TIME, ["今年1月2日"]),
        ("去年，张毅", Sought.TIME, ["去年"]),
        ("深耕30多年", Sought.TIME, ["30多年"]),
        ("超过了8000万元，", Sought.NUMBER, ["超过了8000万元"]),
        ("2022年6月有3例患者", Sought.NUMBER, ["3例"]),
        ("培养了150多名硕士", Sought.NUMBER, ["150多名"]),
        ("占全球的54%……", Sought.NUMBER, ["54%"]),
        ("克里斯汀·德·迪夫来了", Sought.PERSON, ["克里斯汀·德·迪夫来了"]),
        ("没有数字", Sought.NUMBER, []),
    ],
)
def test_finds_times_numbers_and_names(text: str, sought: Sought, expected: list[str]) -> None:
    """Units and the words that belong to a number are part of it; years are no numbers."""
    assert expected == [text[span.start : span.end] for span in find_entities(text, sought)]
