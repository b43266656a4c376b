"""Places in the article as short text, for buttons and links."""

from __future__ import annotations

import hashlib
import string
from collections.abc import Iterable, Sequence

from bot.article.model import Article, Span
from bot.article.quote import Quote, make_quote
from bot.errors import NotVerbatim

MOST_SPANS = 5
"""Most spans that one button carries."""

SPAN_CHARACTERS = 6
SEAL_CHARACTERS = 6

_DIGITS = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)}
_START_DIGITS = 4
_LENGTH_DIGITS = SPAN_CHARACTERS - _START_DIGITS


def pack_spans(spans: Iterable[Span]) -> str:
    """Six characters of `[A-Za-z0-9_-]` for each span.

    Raises:
        ValueError: a span starts after 16 million characters, is empty or is longer than 4,095.
    """
    packed = ""
    for span in spans:
        if span.start >= span.end:
            raise ValueError(f"nothing stands at {span}")
        packed += _packed(span.start, _START_DIGITS) + _packed(len(span), _LENGTH_DIGITS)
    return packed


def unpack_spans(text: str) -> tuple[Span, ...] | None:
    """The spans that `pack_spans` made `text` of, or None where it did not."""
    if not text or len(text) % SPAN_CHARACTERS or not _VALUES.keys() >= set(text):
        return None
    spans = []
    for at in range(0, len(text), SPAN_CHARACTERS):
        middle = at + _START_DIGITS
        start, length = _unpacked(text[at:middle]), _unpacked(text[middle : at + SPAN_CHARACTERS])
        if not length:
            return None
        spans.append(Span(start, start + length))
    return tuple(spans)


def seal(text: str) -> str:
    """Six characters of `[A-Za-z0-9_-]` that tell whether a place still holds the same words."""
    number = int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8])
    return _packed(number % len(_DIGITS) ** SEAL_CHARACTERS, SEAL_CHARACTERS)


def quote_at(article: Article, span: Span) -> Quote | None:
    """The quote at `span`, or None where there cannot be one."""
    try:
        return make_quote(article, span)
    except NotVerbatim:
        return None


def quotes_at(article: Article, spans: Sequence[Span]) -> tuple[Quote, ...] | None:
    """The quotes at all of `spans`, or None where there cannot be one at some of them."""
    quotes = [quote for span in spans if (quote := quote_at(article, span))]
    return tuple(quotes) if len(quotes) == len(spans) else None


def _packed(number: int, digits: int) -> str:
    if not 0 <= number < len(_DIGITS) ** digits:
        raise ValueError(f"no room for {number} in {digits} digits")
    text = ""
    for _ in range(digits):
        number, digit = divmod(number, len(_DIGITS))
        text = _DIGITS[digit] + text
    return text


def _unpacked(text: str) -> int:
    number = 0
    for character in text:
        number = number * len(_DIGITS) + _VALUES[character]
    return number
