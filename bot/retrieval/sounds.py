"""Questions by their sound: for what was written in pinyin, or with characters that sound alike.

Each question of the bank is kept as the letters of its pinyin; a reader's, in characters, pinyin
or both, is compared with all of them by runs of letters. What it must have meant is then read off
the question that sounds like it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np

from bot.retrieval.analysis import HAN, fold
from bot.retrieval.pinyin import fuzzy, typed_syllables
from bot.retrieval.table import Indices, Vector

_RUN = 4
# Letters count from 1, and { follows z.
_LETTERS = 28
_END = 27
# How alike two questions must sound, 0 to 1, for characters of the one to be taken over, and how
# much of the question must be heard in the other; how alike, where it is in pinyin.
_ALIKE = 0.6
_HEARD = 0.75
_PINYIN_ALIKE = 0.5
_CANDIDATES = 5
_LEAST_PINYIN = 4
_LEAST_CHARACTERS = 4
_LATIN = re.compile("[a-z]+")
_SPOKEN = re.compile(f"[a-z]+|{HAN.pattern}")
_UNTOLD = str.maketrans("她它妳您", "他他你你")


@dataclass(frozen=True, slots=True)
class Heard:
    """A stretch of a question, from `start` to `end`, and what it is read as."""

    start: int
    end: int
    read_as: str


class Sounds:
    """The bank's questions by sound; takes a third of a second to build."""

    def __init__(self, questions: Sequence[str]) -> None:
        self._questions = [fold(question) for question in questions]
        spoken = [_letters(question) for question in self._questions]
        codes = _codes("{".join(spoken))
        owners = np.repeat(np.arange(len(spoken)), [len(each) + 1 for each in spoken])
        owners = owners[: len(codes)]
        # What runs across the end of a question is in none.
        within = np.all([codes // _LETTERS**at % _LETTERS < _END for at in range(_RUN)], axis=0)
        pairs = np.unique(codes[within] * len(spoken) + owners[within])
        self._owners: Indices = pairs % len(spoken)
        self._codes, self._firsts, counts = np.unique(
            pairs // len(spoken), return_index=True, return_counts=True
        )
        self._lasts = self._firsts + counts
        self._weights: Vector = np.log((len(spoken) + 1) / (counts + 0.5)) ** 2
        self._unknown = float(np.log(2 * (len(spoken) + 1)) ** 2)
        squares = np.repeat(self._weights, counts)
        self._norms: Vector = np.sqrt(np.bincount(self._owners, squares, len(spoken)) + 1e-9)

    def hear(self, question: str, doubtful: Collection[int]) -> tuple[Heard, ...]:
        """What a folded question must have meant, stretch by stretch; none where it is as written.

        `doubtful` are the places of characters that stand in no word of the language.
        """
        if sum(map(bool, map(HAN.match, question))) < _LEAST_CHARACTERS:
            return ()
        likeness = self._likeness(question)
        for at in _best(likeness):
            if likeness[at] < _ALIKE:
                break
            heard = _misspelt(question, self._questions[at], doubtful)
            if heard:
                return heard
        return ()

    def in_pinyin(self, question: str) -> str | None:
        """The question that sounds like a folded one whose Latin letters are all pinyin."""
        latin = [match.group() for match in _LATIN.finditer(question)]
        if sum(map(len, latin)) < _LEAST_PINYIN or not all(map(typed_syllables, latin)):
            return None
        likeness = self._likeness(question)
        for at in _best(likeness):
            other: str = self._questions[at]
            # What is in pinyin itself would explain nothing.
            if likeness[at] >= _PINYIN_ALIKE and not _LATIN.search(other):
                return other
        return None

    def _likeness(self, question: str) -> Vector:
        """Cosine of the letters' runs, weighed by rarity, with those of every question."""
        runs = np.unique(_codes(_letters(question)))
        scores = np.zeros(len(self._norms))
        places = np.searchsorted(self._codes, runs)
        norm = 0.0
        for place, code in zip(places.tolist(), runs.tolist(), strict=True):
            if place < len(self._codes) and self._codes[place] == code:
                weight = self._weights[place]
                norm += weight
                scores[self._owners[self._firsts[place] : self._lasts[place]]] += weight
            else:
                norm += self._unknown
        likeness: Vector = scores / (self._norms * (norm**0.5 or 1.0))
        return likeness


def _best(likeness: Vector) -> list[int]:
    """The places of the greatest few, the greatest first."""
    few = np.argpartition(-likeness, min(_CANDIDATES, len(likeness) - 1))[:_CANDIDATES]
    best: list[int] = few[np.argsort(-likeness[few], kind="stable")].tolist()
    return best


def _misspelt(question: str, other: str, doubtful: Collection[int]) -> tuple[Heard, ...]:
    """Where `question` has characters that only sound like those of `other`."""
    sounds = [fuzzy(each) for each in question]
    matcher = SequenceMatcher(None, sounds, [fuzzy(each) for each in other], autojunk=False)
    heard: list[Heard] = []
    met = 0
    for block in matcher.get_matching_blocks():
        met += block.size
        for offset in range(block.size):
            at, written = block.a + offset, question[block.a + offset]
            meant = other[block.b + offset]
            if written.translate(_UNTOLD) == meant.translate(_UNTOLD):
                continue
            if block.size < 2 or not HAN.match(written) or not HAN.match(meant):
                continue
            if at in doubtful:
                heard.append(Heard(at, at + 1, meant))
    return tuple(heard) if met >= _HEARD * len(question) else ()


def _letters(question: str) -> str:
    """The pinyin of a folded question's characters, and its Latin letters as they are."""
    if not _LATIN.search(question):
        return "".join(fuzzy(each) for each in question if HAN.match(each))
    sounds: list[str] = []
    for match in _SPOKEN.finditer(question):
        spoken = match.group()
        if HAN.match(spoken):
            sounds.append(fuzzy(spoken))
        else:
            sounds += typed_syllables(spoken) or [spoken]
    return "".join(sounds)


def _codes(letters: str) -> Indices:
    """A number for each run of four letters, in order."""
    values = np.frombuffer(letters.encode("ascii", "ignore"), dtype=np.uint8).astype(np.int64) - 96
    if len(values) < _RUN:
        return np.zeros(0, dtype=np.int64)
    codes = np.zeros(len(values) - _RUN + 1, dtype=np.int64)
    for at in range(_RUN):
        codes = codes * _LETTERS + values[at : len(values) - _RUN + 1 + at]
    return codes
