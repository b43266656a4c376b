"""How a question lies along a text: which of its words stand where, seen from every unit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile

import numpy as np
import numpy.typing as npt

from bot.retrieval.analysis import Analyzer, fold
from bot.retrieval.question import Question
from bot.retrieval.units import CONTEXT, Hashes, Units, hash_all, plain

Vector = npt.NDArray[np.float64]

_LEVELS = 4
# By units: one step each while near, coarser further off; the last is "nowhere".
_DISTANCES = np.array([0, 1, 2, 3, 4, 5, 6, 6, 7, 7, 7, 7, 8], dtype=np.uint64)
_JOINTS = frozenset("的是")


class Alignment:
    """A question beside the units of a text.

    `met` is 1 for a unit that the question has. `since_met` and `until_met` are graded distances
    back and on to the nearest such unit; `since_left` and so on those to the question's last
    content word before its asking word, and to its first after it. `coverage` is the graded share
    of the question's words in the unit's clause, `relative` that of the best clause's.
    `same_before` and `same_after` count the characters that stand alike before the unit and
    before the asking word, after the unit and after it. `left` and `right` are the hashes of the
    words beside the asking word, `right_last` that of the last character of the latter.
    `found` tells which of the two content words the text has at all.
    """

    def __init__(self, question: Question, units: Units, analyzer: Analyzer) -> None:
        asked = question.asked
        words = {word.term for word in question.words}
        longer = [word for word in words if len(word) > 1]
        self.met = _flags(
            units,
            # The dictionary may break the text elsewhere: 张震到 has the question's 张震.
            lambda t: (
                t in words
                or (len(t) > 1 and (t in question.bare or any(word in t for word in longer)))
            ),
        )
        self.since_met, self.until_met = _distances(self.met)
        # Words that come from an earlier question have no place in this one.
        own = [w for w in question.words if question.bare[w.start : w.end] == w.term]
        before = [word.term for word in own if word.end <= asked.start]
        after = [word.term for word in own if word.start >= asked.end]
        at_left, at_right = _places_of(before[-1:], units), _places_of(after[:1], units)
        self.since_left, self.until_left = _distances(at_left)
        self.since_right, self.until_right = _distances(at_right)
        self.found = np.uint64(4 * bool(at_left.any()) + 2 * bool(at_right.any()) + bool(after))
        self._cover(units, sum(map(len, words)))
        folded = fold(question.text)
        left, right = plain(folded[: asked.start])[::-1], plain(folded[asked.end :])
        self.same_before = _alike(units.before, left)
        self.same_after = _alike(units.after, right)
        tokens = analyzer.tokens(question.text)
        beside = [token.term for token in tokens if token.start >= asked.end]
        if len(beside) > 1 and beside[0] in _JOINTS:
            del beside[0]
        self.left, self.right, self.right_last = hash_all(
            [
                ([""] + [token.term for token in tokens if token.end <= asked.start])[-1],
                beside[0] if beside else "",
                beside[0][-1] if beside else "",
            ]
        )

    def _cover(self, units: Units, total: int) -> None:
        lengths = np.array([float(len(term)) for term in units.terms]) * self.met.astype(float)
        covered = np.bincount(units.clauses, weights=lengths, minlength=1)
        share = np.minimum(1.0, covered / max(1, total))
        best = covered.max(initial=0.0) or 1.0
        self.coverage = (share * _LEVELS).astype(np.uint64)[units.clauses]
        self.relative = (covered / best * _LEVELS).astype(np.uint64)[units.clauses]


def _flags(units: Units, test: Callable[[str], bool]) -> Hashes:
    return np.array([test(term) for term in units.terms], dtype=np.uint64)


def _places_of(word: Sequence[str], units: Units) -> Hashes:
    return _flags(units, lambda t: any(t == w or (len(w) > 1 and w in t) for w in word))


def _distances(flags: Hashes) -> tuple[Hashes, Hashes]:
    """For each unit, graded: how far back the last flagged one is, and how far on the next."""
    return _since(flags), _since(flags[::-1])[::-1]


def _since(flags: Hashes) -> Hashes:
    count = len(flags)
    if not count:
        return flags
    never = -len(_DISTANCES)
    places = np.where(flags > 0, np.arange(count), never)
    last = np.concatenate([[never], np.maximum.accumulate(places)[:-1]])
    graded: Hashes = _DISTANCES[np.minimum(np.arange(count) - last, len(_DISTANCES) - 1)]
    return graded


def _alike(contexts: Sequence[str], side: str) -> Hashes:
    side = side[:CONTEXT]
    return np.array(
        [
            sum(
                1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(each, side, strict=False))
            )
            for each in contexts
        ],
        dtype=np.uint64,
    )
