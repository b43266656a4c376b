from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.retrieval.numerals import with_arabic_numerals


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("十二款", "12款"),
        ("一九八一年", "1981年"),
        ("八千万元", "8000万元"),
        ("一百五十多名", "150多名"),
        ("二十", "20"),
        ("三百零五", "305"),
        ("九十%", "90%"),
        ("一起去", "一起去"),
        ("第一位", "第一位"),
        ("十百", "十百"),
        ("一一", "一一"),
        ("2024年", "2024年"),
    ],
)
def test_writes_numerals_in_digits(text: str, expected: str) -> None:
    """Numbers as the article prints them; what is no number stays."""
    assert expected == with_arabic_numerals(text)


@given(st.text(st.sampled_from("零一二两三四五六七八九十百千万亿年a1"), max_size=20))
def test_never_fails(text: str) -> None:
    """However the numerals stand, there is a text."""
    assert isinstance(with_arabic_numerals(text), str)
