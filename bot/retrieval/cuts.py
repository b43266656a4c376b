"""Where a piece of the article may begin and end without saying something else.

50多名 cut out of 150多名 is another number, and 允许失败 cut out of 不允许失败 the contrary. All
indexes are of keys (bot/retrieval/wording.py).
"""

from __future__ import annotations

import re

from bot.retrieval.differences import inside_tokens
from bot.retrieval.wording import END

_NUMERALS = frozenset("零〇一二三四五六七八九十百千万亿两几半")
_COUNTED = _NUMERALS | frozenset("多余%‰")
_LONGEST_NEGATION = 6
# A negation, and the small words that may stand between it and what it negates. 不得不 and 无不
# say yes; 特别 and 分别 say nothing of the kind.
_NEGATION = re.compile(
    r"(?:(?<![得能无莫])不|没|未|无|非|勿|毋|否|(?<![\u3400-\u9fff])别)"
    r"(?:有|能|会|是|被|要|可|曾|必|应|该|得|想|敢|用|算|够|再|以|允许|应当|需){0,2}$"
)


def is_whole(keys: str, first: int, last: int) -> bool:
    """Whether no end of `keys[first:last]` cuts into a number, a Latin word or a negation."""
    return whole_words(keys, first, last) == (first, last)


def whole_words(keys: str, first: int, last: int) -> tuple[int, int]:
    """`[first, last)` widened to the numbers, Latin words and negations it cuts into."""
    inside = inside_tokens(keys)
    while 0 < first < len(keys):
        negation = _NEGATION.search(keys, max(0, first - _LONGEST_NEGATION), first)
        if negation:
            first = negation.start()
        elif first in inside or (keys[first] in _COUNTED and _is_numeral(keys[first - 1])):
            first -= 1
        else:
            break
    while last < len(keys) and (
        last in inside or (keys[last] in _COUNTED and _is_numeral(keys[last - 1]))
    ):
        last += 1
    return first, last


def section_of(keys: str, index: int) -> tuple[int, int]:
    """The keys of the section that `index` is in."""
    end = keys.find(END, index)
    return keys.rfind(END, 0, index) + 1, end if end >= 0 else len(keys)


def _is_numeral(key: str) -> bool:
    return key in _NUMERALS or key.isdigit() or key == "第"
