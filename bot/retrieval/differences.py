"""What was added, removed and changed between two wordings.

The longest common subsequence of their keys, by the bit-parallel method of Hyyrö (2004): one row
is one whole number, so that hostile text costs no more than any other. Read from an anchor
outwards, so that what is matched lies together.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

_TOKEN = re.compile(r"[0-9a-z]+(?:[.-][0-9a-z]+)*%?")
_CLAUSE = re.compile(r"[,。;:!?、…]")

# How far from the anchor the source is searched, beyond the length of what was asked.
_MARGIN = 64
# A common run is kept over a gap of this many keys, and more the longer it is.
_NEAR = 12


@dataclass(frozen=True, slots=True)
class Block:
    """`length` equal keys, from `asked` in one wording and from `source` in the other."""

    asked: int
    source: int
    length: int

    @property
    def asked_end(self) -> int:
        """The key after it in what was asked."""
        return self.asked + self.length

    @property
    def source_end(self) -> int:
        """The key after it in the source."""
        return self.source + self.length


@dataclass(frozen=True, slots=True)
class Edit:
    """The keys `[asked, asked_end)` stand where the source has `[source, source_end)`."""

    asked: int
    asked_end: int
    source: int
    source_end: int


def align(
    asked: str, first: int, last: int, source: str, bounds: tuple[int, int], anchor: Block
) -> list[Block]:
    """The equal blocks of `asked[first:last]` and the source's keys round `anchor`, in order.

    Nothing outside `bounds` of the source is looked at.
    """
    least = max(bounds[0], anchor.source - (anchor.asked - first) - _MARGIN)
    most = min(bounds[1], anchor.source_end + (last - anchor.asked_end) + _MARGIN)
    before = [
        (anchor.asked - 1 - one, anchor.source - 1 - other)
        for one, other in _common(
            asked[first : anchor.asked][::-1], source[least : anchor.source][::-1]
        )
    ]
    after = [
        (anchor.asked_end + one, anchor.source_end + other)
        for one, other in _common(asked[anchor.asked_end : last], source[anchor.source_end : most])
    ]
    within = [(anchor.asked + step, anchor.source + step) for step in range(anchor.length)]
    blocks = _without_chance(_blocks([*reversed(before), *within, *after]))
    return _settled(blocks, asked, source)


def edits(
    inside: tuple[Container[int], Container[int]],
    first: int,
    last: int,
    blocks: Sequence[Block],
    reach: tuple[int, int],
) -> list[Edit]:
    """What lies between and round the blocks of `asked[first:last]`, in order.

    `reach` is how much of the source that stands for; `inside` are the indexes, in either, at
    which a cut would fall into a word: words are taken whole.
    """
    found: list[Edit] = []
    for left, right in pairwise([Block(first, reach[0], 0), *blocks, Block(last, reach[1], 0)]):
        if left.asked_end == right.asked and left.source_end == right.source:
            continue
        back = _steps(inside, left.asked_end, left.source_end, left.length, -1)
        on = _steps(inside, right.asked, right.source, right.length, 1)
        edit = Edit(
            left.asked_end - back, right.asked + on, left.source_end - back, right.source + on
        )
        if found and (edit.asked < found[-1].asked_end or edit.source < found[-1].source_end):
            edit = Edit(found[-1].asked, edit.asked_end, found[-1].source, edit.source_end)
            found.pop()
        found.append(edit)
    return found


def reach_of(
    asked: str,
    first: int,
    last: int,
    source: str,
    blocks: Sequence[Block],
    bounds: tuple[int, int],
) -> tuple[int, int]:
    """How much of the source `asked[first:last]` stands for.

    From the first to the last block, and on to the end of a clause where what is left over of the
    asked text is about as long.
    """
    start, end = blocks[0].source, blocks[-1].source_end
    if over := blocks[0].asked - first:
        least = max(bounds[0], start - 2 * over - 4)
        marks = [match.end() for match in _CLAUSE.finditer(source, least, start)]
        start = marks[-1] if marks else least if least == bounds[0] else start
    over = last - blocks[-1].asked_end
    if over and not _CLAUSE.match(source, end - 1):
        most = min(bounds[1], end + 2 * over + 4)
        mark = _CLAUSE.search(source, end, most)
        is_stopped = _CLAUSE.match(asked, last - 1, last) is not None
        end = mark.start() + is_stopped if mark else most if most == bounds[1] else end
    return start, end


@lru_cache(maxsize=16)
def inside_tokens(keys: str) -> frozenset[int]:
    """The indexes at which a cut would fall into a number or a Latin word."""
    return frozenset(
        at for match in _TOKEN.finditer(keys) for at in range(match.start() + 1, match.end())
    )


def _steps(
    inside: tuple[Container[int], Container[int]], asked: int, source: int, room: int, by: int
) -> int:
    """How many equal keys are given up for the words at a cut to be whole."""
    steps = 0
    while steps < room and (asked + by * steps in inside[0] or source + by * steps in inside[1]):
        steps += 1
    return steps


def _common(one: str, other: str) -> list[tuple[int, int]]:
    """The index pairs of a longest common subsequence, those of `other` as early as may be."""
    if not one or not other:
        return []
    full = (1 << len(other)) - 1
    places: dict[str, int] = {}
    for at, key in enumerate(other):
        places[key] = places.get(key, 0) | 1 << at
    rows: list[int] = []
    row = full
    for key in one:
        matched = row & places.get(key, 0)
        row = ((row + matched) | (row - matched)) & full
        rows.append(row)
    pairs: list[tuple[int, int]] = []
    line, column = len(one), len(other)
    while line and column:
        if rows[line - 1] >> (column - 1) & 1:
            column -= 1
            continue
        line -= 1
        if not line or rows[line - 1] >> (column - 1) & 1:
            column -= 1
            pairs.append((line, column))
    return pairs[::-1]


def _blocks(pairs: Sequence[tuple[int, int]]) -> list[Block]:
    blocks: list[Block] = []
    for one, other in pairs:
        if blocks and blocks[-1].asked_end == one and blocks[-1].source_end == other:
            blocks[-1] = Block(blocks[-1].asked, blocks[-1].source, blocks[-1].length + 1)
        else:
            blocks.append(Block(one, other, 1))
    return blocks


def _without_chance(blocks: list[Block]) -> list[Block]:
    """Without the runs that are equal by chance: short between long gaps, or far off at an end."""
    blocks = list(blocks)
    while len(blocks) > 1:
        gaps = [_gap(left, right) for left, right in pairwise(blocks)]
        if gaps[0] > 3 * blocks[0].length + _NEAR and blocks[0].length < blocks[1].length:
            blocks.pop(0)
        elif gaps[-1] > 3 * blocks[-1].length + _NEAR and blocks[-1].length < blocks[-2].length:
            blocks.pop()
        else:
            chance = next(
                (
                    at
                    for at in range(1, len(blocks) - 1)
                    if blocks[at].length <= 2 and min(gaps[at - 1], gaps[at]) > blocks[at].length
                ),
                None,
            )
            if chance is None:
                break
            blocks.pop(chance)
    return blocks


def _settled(blocks: Sequence[Block], asked: str, source: str) -> list[Block]:
    """With a stop that could stand on either side of an edit before it: A，（B，）C."""
    settled = list(blocks)
    for at, (left, right) in enumerate(pairwise(blocks)):
        sides = asked[left.asked_end : right.asked], source[left.source_end : right.source]
        key = (sides[0] or sides[1])[:1]
        if not all(sides) and key == asked[right.asked] and _CLAUSE.match(key):
            before = settled[at]
            settled[at] = Block(before.asked, before.source, before.length + 1)
            settled[at + 1] = Block(right.asked + 1, right.source + 1, right.length - 1)
    return [block for block in settled if block.length]


def _gap(left: Block, right: Block) -> int:
    return max(right.asked - left.asked_end, right.source - left.source_end)
