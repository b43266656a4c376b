"""Chinese numerals as Arabic ones: 十二 is 12, 一九八一 is 1981, 八千万 is 8000万."""

from __future__ import annotations

import re

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
# A numeral of one character is as often part of a word (一起, 第一), so it is left alone.
_NUMERAL = re.compile(
    "[零〇一二两三四五六七八九十百千]{2,}(?=[万亿]?)|[一二三四五六七八九两](?=[千百十]?[万亿])"
)


def with_arabic_numerals(text: str) -> str:
    """`text` with its Chinese numerals of two characters and more written in digits.

    Numerals that make no number (十百, 一一) are left as they are.
    """
    return _NUMERAL.sub(lambda match: _arabic(match.group()), text)


def _arabic(numeral: str) -> str:
    if all(character in _DIGITS for character in numeral):
        # 一九八一, read digit by digit; 一二 of 一二三 is rather a list than a number.
        years = len(numeral) == 4
        return "".join(str(_DIGITS[each]) for each in numeral) if years else _single(numeral)
    total = digit = 0
    last_unit = 10_000
    for character in numeral:
        if character in _DIGITS:
            digit = _DIGITS[character]
            continue
        unit = _UNITS[character]
        if unit >= last_unit:
            return numeral
        total += (digit or 1) * unit
        digit, last_unit = 0, unit
    return str(total + digit)


def _single(numeral: str) -> str:
    return str(_DIGITS[numeral]) if len(numeral) == 1 else numeral
