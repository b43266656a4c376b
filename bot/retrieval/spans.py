"""Scores every span of a text as the answer to a question: a hashed linear model.

The score of a span is that of its start, its end, what is inside, its length and how its two
sides go together; each is a sum of weights, looked up by hashes of what stands there and of the
kind of question (feature hashing, Weinberger et al. 2009). All spans are scored at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from bot.retrieval.alignment import Alignment
from bot.retrieval.analysis import Analyzer, fold
from bot.retrieval.question import Question, Sought
from bot.retrieval.units import (
    CLOSING,
    JOINTS,
    LIST_MARK,
    OPENING,
    PAUSES,
    SHAPES,
    Hashes,
    Indices,
    Units,
)

Matrix = npt.NDArray[np.float64]
Vector = npt.NDArray[np.float64]

BITS = 15
"""There are two to the power of this many weights."""

LONGEST = 60
"""Longer spans, in characters, are no candidates."""

_KINDS = (
    re.compile("什么时候|啥时候|何时|哪一?[年月天日]|几[年月日号]|时间|日期|年份|when|what year"),
    re.compile("多久|多长时间|几(?:年|天|个月|个?小时)"),
    re.compile("为什么|为何|为啥|原因|干嘛|why"),
    re.compile("怎么样|怎么|咋|如何|怎样|how (?!many|much|long)"),
    re.compile("多少|几|多[大高长远重]|百分之|how many|how much"),
    re.compile("谁|哪一?位|什么人|哪个人|who"),
    re.compile(
        "哪一?[个所座间家]?(?:国家|大学|学校|公司|医院|省|市|县|区|城市|地方|州|镇|机构|队|部门)"
    ),
    re.compile("哪里|哪儿|何处|何地|什么地方|位于|where"),
    re.compile("什么(?:职务|职位|职|官|身份|头衔|称号)|职务|担任"),
    re.compile("叫什么|名称|名字|全称|别名|简称|称为|什么名"),
    re.compile("哪些|哪几|有什么|包括|分别"),
    re.compile("是什么|什么是|指什么|什么意思"),
    re.compile("用途|作用|用来|用于|目的"),
    re.compile("哪一?[部本首篇种款项场届支个次]"),
    re.compile("什么|啥|what|which"),
    re.compile("是不是|有没有|是否|吗|没有?$"),
)
_LENGTHS = np.array(
    [length if length <= 12 else 12 + (length - 9) // 4 for length in range(LONGEST + 2)],
    dtype=np.uint64,
)
_ONE, _TWO, _THREE, _LAST = (
    np.uint64(odd)
    for odd in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xFF51AFD7ED558CCD)
)
_HALF, _SHIFT = np.uint64(33), np.uint64(64 - BITS)
_SOUGHT = tuple(Sought)
# Where each group of features begins among the slots, so that no two share one by design.
_STARTS, _ENDS, _INSIDES, _PAIRS = 0, 40, 80, 100


@dataclass(frozen=True)
class SpanFeatures:
    """Where, in the table of weights, the features of all spans of a text are.

    `starts`, `ends` and `insides` have a row a unit: for the spans that begin with it, end with
    it, hold it. Each of `pairs` is a matrix over first and last units. `entities` are first and
    last units with a place. `allowed` says which spans are candidates.
    """

    units: Units
    starts: Indices
    ends: Indices
    insides: Indices
    pairs: tuple[Indices, ...]
    entities: tuple[tuple[int, int, int], ...]
    allowed: npt.NDArray[np.bool_]

    def scores(self, weights: Vector) -> Matrix:
        """The score of every span by first and last unit; minus infinity for no candidate."""
        inside = np.concatenate([[0.0], np.cumsum(weights[self.insides].sum(axis=1))])
        scores: Matrix = (
            (weights[self.starts].sum(axis=1) - inside[:-1])[:, np.newaxis]
            + (weights[self.ends].sum(axis=1) + inside[1:])[np.newaxis, :]
        )  # fmt: skip
        for pair in self.pairs:
            scores += weights[pair]
        for first, last, place in self.entities:
            scores[first, last] += weights[place]
        scores[~self.allowed] = -np.inf
        return scores


def span_features(question: Question, units: Units, analyzer: Analyzer) -> SpanFeatures:
    """What is to be weighed of every span of `units` as an answer to `question`."""
    kind = question_kind(question.text)
    along = Alignment(question, units, analyzer)
    lengths = np.clip(units.ends[np.newaxis, :] - units.starts[:, np.newaxis], 0, LONGEST + 1)
    begins, finishes = _entity_edges(question, units)
    outer_before = _before(units.shapes)
    outer_after = _after(units.shapes)
    return SpanFeatures(
        units=units,
        starts=_boundary(
            _STARTS, kind, along, begins,
            _Side(
                inner=units.hashes, outer=_before(units.hashes), beyond=_before(units.hashes, 2),
                inner_edge=units.firsts, inner_far=units.lasts, outer_edge=_before(units.lasts),
                shape=units.shapes, outer_shape=outer_before, outer_met=_before(along.met),
                near=along.since_met, far=along.until_met, alike=along.same_before,
                expected=along.since_left, crossed=along.since_right,
            ),
        ),
        ends=_boundary(
            _ENDS, kind, along, finishes,
            _Side(
                inner=units.hashes, outer=_after(units.hashes), beyond=_after(units.hashes, 2),
                inner_edge=units.lasts, inner_far=units.firsts, outer_edge=_after(units.firsts),
                shape=units.shapes, outer_shape=outer_after, outer_met=_after(along.met),
                near=along.until_met, far=along.since_met, alike=along.same_after,
                expected=along.until_right, crossed=along.until_left,
            ),
        ),
        insides=_places(
            [along.met, units.shapes, along.coverage, units.hashes], [kind, kind, kind, 0], _INSIDES
        ),
        pairs=(
            _by_value(_LENGTHS, kind, 0)[lengths],
            _by_value(_LENGTHS ^ along.right << np.uint64(8), 0, 1)[lengths],
            _matrix(outer_before, outer_after, kind, 2),
            _matrix(units.shapes, units.shapes, kind, 3),
            _by_value(np.arange(4, dtype=np.uint64), kind, 4)[_clauses_crossed(units)],
        ),
        entities=_exact_entities(question, units, along.met, kind),
        allowed=_allowed(units, lengths),
    )  # fmt: skip


def question_kind(text: str) -> int:
    """What kind of question `text` is, as a number from 1."""
    folded = fold(text)
    for number, pattern in enumerate(_KINDS, start=1):
        if pattern.search(folded):
            return number
    return len(_KINDS) + 1


@dataclass(frozen=True)
class _Side:
    """One boundary of a span, for each unit that may stand inside it there.

    `inner` is that unit and `outer` its neighbour outside, `beyond` the next; `inner_edge`,
    `inner_far` and `outer_edge` are characters of them. `expected` is how far off the content
    word is that stands on the same side of the asking word, `crossed` the other one.
    """

    inner: Hashes
    outer: Hashes
    beyond: Hashes
    inner_edge: Hashes
    inner_far: Hashes
    outer_edge: Hashes
    shape: Hashes
    outer_shape: Hashes
    outer_met: Hashes
    near: Hashes
    far: Hashes
    alike: Hashes
    expected: Hashes
    crossed: Hashes


def _boundary(slot: int, kind: int, along: Alignment, entity_edges: Hashes, side: _Side) -> Indices:
    beside = _bits(
        side.outer == along.left,
        side.outer == along.right,
        side.beyond == along.left,
        side.beyond == along.right,
    )
    within = _bits(
        side.inner == along.right,
        side.inner == along.left,
        (side.inner_edge == along.right_last) | (side.inner_far == along.right_last),
    )
    typed = [
        side.outer,
        side.inner,
        _joined(side.outer_shape, side.shape),
        _joined(side.outer_met, along.met),
        side.outer_edge,
        side.inner_edge,
        _joined(side.near, side.far),
        _joined(side.near, side.outer_shape),
        beside,
        within,
        _joined(along.coverage, side.outer_shape),
        _joined(along.relative, side.outer_shape),
        side.alike,
        side.expected,
        side.crossed,
        entity_edges,
    ]
    untyped = [
        side.outer,
        side.inner,
        side.outer * _THREE + side.beyond,
        side.inner * _TWO + along.right,
        side.alike,
        side.expected,
        _joined(side.expected, side.crossed) + (along.found << np.uint64(16)),
    ]
    return _places(typed + untyped, [kind] * len(typed) + [0] * len(untyped), slot)


def _joined(one: Hashes, other: Hashes) -> Hashes:
    return one * np.uint64(SHAPES) + other


def _bits(*flags: npt.NDArray[np.bool_]) -> Hashes:
    bits = np.zeros(len(flags[0]), dtype=np.uint64)
    for place, flag in enumerate(flags):
        bits |= flag.astype(np.uint64) << np.uint64(place)
    return bits


def _before(values: Hashes, steps: int = 1) -> Hashes:
    return np.concatenate([np.zeros(steps, dtype=np.uint64), values])[: len(values)]


def _after(values: Hashes, steps: int = 1) -> Hashes:
    return np.concatenate([values, np.zeros(steps, dtype=np.uint64)])[steps:]


def _places(columns: Sequence[Hashes], kinds: Iterable[int], slot: int) -> Indices:
    """The places of several columns of values, each with its kind of question and its slot."""
    kind = np.fromiter(kinds, dtype=np.uint64)
    slots = np.arange(slot + 1, slot + 1 + len(columns), dtype=np.uint64)
    return _mixed(np.column_stack(columns), kind * _TWO + slots * _THREE)


def _by_value(values: Hashes, kind: int, slot: int) -> Indices:
    return _places([values], [kind], _PAIRS + slot)[:, 0]


@cache
def _shape_pairs(kind: int, slot: int) -> Indices:
    return _by_value(np.arange(SHAPES * SHAPES, dtype=np.uint64), kind, slot)


def _matrix(rows: Hashes, columns: Hashes, kind: int, slot: int) -> Indices:
    table = _shape_pairs(kind, slot)
    return table[
        (rows[:, np.newaxis] * np.uint64(SHAPES) + columns[np.newaxis, :]).astype(np.int64)
    ]


def _mixed(values: Hashes, salts: Hashes) -> Indices:
    # Overflow is what makes this a hash.
    mixed = values * _ONE + salts
    mixed ^= mixed >> _HALF
    mixed *= _LAST
    places: Indices = (mixed >> _SHIFT).astype(np.int64)
    return places


def _clauses_crossed(units: Units) -> Indices:
    crossed: Indices = np.clip(units.clauses[np.newaxis, :] - units.clauses[:, np.newaxis], 0, 3)
    return crossed


def _allowed(units: Units, lengths: Indices) -> npt.NDArray[np.bool_]:
    """Spans begin with a word or an opening mark, end with a word or a closing one, and leave no
    quotation mark or bracket without its other half.
    """
    begins = ~np.isin(units.shapes, (*PAUSES, LIST_MARK, *CLOSING, *JOINTS))
    finishes = ~np.isin(units.shapes, (*PAUSES, LIST_MARK, *OPENING))
    fits = (lengths > 0) & (lengths <= LONGEST)
    opened = np.cumsum(np.isin(units.shapes, OPENING).astype(int) - np.isin(units.shapes, CLOSING))
    before = np.concatenate([[0], opened[:-1]])
    whole = before[:, np.newaxis] == opened[np.newaxis, :]
    allowed: npt.NDArray[np.bool_] = fits & whole & begins[:, np.newaxis] & finishes[np.newaxis, :]
    return allowed


def _entity_edges(question: Question, units: Units) -> tuple[Hashes, Hashes]:
    """Where something of a kind that is sought begins, and where it ends, by the kind's number."""
    begins = np.zeros(len(units), dtype=np.uint64)
    finishes = np.zeros(len(units), dtype=np.uint64)
    for first, last, kind in units.entities:
        if kind in question.sought:
            begins[first] = finishes[last] = _SOUGHT.index(kind) + 2
    if question.sought:
        begins, finishes = np.maximum(begins, 1), np.maximum(finishes, 1)
    return begins, finishes


def _exact_entities(
    question: Question, units: Units, met: Hashes, kind: int
) -> tuple[tuple[int, int, int], ...]:
    """Every entity by its kind, whether that is sought, and whether it is the nearest such one."""
    if not units.entities:
        return ()
    at = np.flatnonzero(met)
    nearest: dict[Sought, tuple[float, int]] = {}
    for first, last, each in units.entities:
        if each in question.sought:
            distance = float(np.maximum(np.maximum(first - at, at - last), 0).sum())
            nearest[each] = min(nearest.get(each, (distance, first)), (distance, first))
    numbers = [
        _SOUGHT.index(each) * 4
        + (each in question.sought)
        + 2 * (each in nearest and nearest[each][1] == first)
        for first, _, each in units.entities
    ]
    places = _by_value(np.array(numbers, dtype=np.uint64), kind, 5)
    return tuple(
        (first, last, int(place))
        for (first, last, _), place in zip(units.entities, places, strict=True)
    )
