"""The second door: a quote turned into traditional characters, for reading beside it.

Converted text is not the article's own words as printed, so it has a type of its own; whoever
shows it says that it is converted. It is made of a `Quote`, and of nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import opencc

from bot.article.quote import Quote

SCHEME = "s2tw"
"""OpenCC's conversion: each word stays, only its characters are those of Taiwan's standard."""


@dataclass(frozen=True, slots=True)
class ReadingCopy:
    """A quote's words in traditional characters. Made by `reading_copy` and nowhere else."""

    text: str
    quote: Quote


def reading_copy(quote: Quote) -> ReadingCopy:
    """The quote's text, converted character by character where words allow no doubt."""
    return ReadingCopy(_converter().convert(quote.text), quote)


@cache  # reading its tables takes some milliseconds
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC(SCHEME)
