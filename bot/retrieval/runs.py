"""The longest run of keys that a text has in common with the article, from one place on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from bot.retrieval.differences import Block
from bot.retrieval.wording import END

GRAM = 4
"""A run is looked up by its first keys; shorter ones are not found."""

# Of a run that begins in more places than this, some are not tried: no text may cost more.
_MOST_PLACES = 16
# So many keys after a stop are equal by chance.
_CHANCE = 6

STOPS = frozenset("。,;:、…-·")
"""Marks that may be left out or put in at the two ends of a text."""

_ENDING = STOPS | frozenset("!?()《》" + END)


def longest(asked: str, at: int, last: int, keys: str) -> Block:
    """The longest run of `asked[at:last]` from its beginning on that the source has."""
    best = Block(at, 0, 0)
    for place in places(keys).get(asked[at : min(at + GRAM, last)], ())[:_MOST_PLACES]:
        length = _common_length(asked, at, last, keys, place)
        if length > best.length:
            best = Block(at, place, length)
    return best


def _common_length(asked: str, at: int, last: int, keys: str, place: int) -> int:
    length, step = 0, GRAM
    while step:
        end = min(at + length + step, last)
        size = end - at - length
        if size and asked[at + length : end] == keys[place + length : place + length + size]:
            length += size
            step *= 2
        else:
            step //= 2
    return length


@lru_cache(maxsize=8)
def places(keys: str) -> dict[str, list[int]]:
    """Where each run of `GRAM` keys begins."""
    found: dict[str, list[int]] = defaultdict(list)
    for at in range(len(keys) - GRAM + 1):
        found[keys[at : at + GRAM]].append(at)
    return dict(found)


def to_clause_end(asked: str, block: Block, least: int) -> Block:
    """Without the few keys after a stop: they begin the next clause, and are equal by chance.

    At least `least` keys are left.
    """
    for length in range(block.length, max(block.length - _CHANCE, least - 1), -1):
        if asked[block.asked + length - 1] in STOPS:
            return Block(block.asked, block.source, length)
    return block


def trimmed(asked: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The range, then without the stops at its end, then without those at its beginning too."""
    yield first, last
    end, start = last, first
    while end > first and asked[end - 1] in STOPS:
        end -= 1
    if end < last:
        yield first, end
    while start < end and asked[start] in STOPS and not asked[start + 1 : start + 2].isdigit():
        start += 1
    if start > first:
        yield start, end


def may_be_trimmed(asked: str, first: int, last: int, keys: str, block: Block) -> bool:
    """Whether the source has a stop, or an end, where `asked[first:last]` has what was trimmed.

    Where it has more words there, only an ellipsis may stand for them.
    """
    before, after = asked[first : block.asked], asked[block.asked_end : last]
    left = keys[block.source - 1] if block.source else END
    right = keys[block.source_end] if block.source_end < len(keys) else END
    return (not before or "…" in before or left in _ENDING) and (
        not after or "…" in after or right in _ENDING
    )
