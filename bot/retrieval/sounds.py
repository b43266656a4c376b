"""Characters by their sound: for what was written in pinyin, or with characters that sound alike.

A syllable may be many characters. Which one was meant is told by those before and after it, as
readers and the article write them: the most likely row of characters is searched for with a beam.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from bot.retrieval.analysis import HAN, fold
from bot.retrieval.language import AFTER, BEFORE, CharacterModel
from bot.retrieval.pinyin import confused, readings, typed_syllables

_BEAM = 24
# What stands for everything that is not a Chinese character, such as CAR-T.
_FOREIGN = "#"
_LATIN = re.compile(r"[a-z0-9]+(?:[-+.][a-z0-9]+)*")
_UNITS = re.compile(rf"{_LATIN.pattern}|{HAN.pattern}")
_BREAKS = re.compile("[。！？；\n]")
# Logarithms: of how rarely zh is typed for z and the like; of how rarely a character is a slip;
# and how likely each character of pinyin must be, in the mean, for it to be no other language.
_CONFUSED = -1.5
_SLIP = -10.0
_PINYIN = -5.5
_LEAST_PINYIN = 4
# A question has no more; a whole page would keep the others waiting.
_MOST_UNITS = 80
_LEAST_CHARACTERS = 4

_Choices = Sequence[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Heard:
    """The place of a character in a question, and what it is read as."""

    at: int
    read_as: str


class Sounds:
    """What is written, by its sound; takes a third of a second to build.

    `questions` are such as readers ask, `article` is what they ask about.
    """

    def __init__(self, questions: Iterable[str], article: str = "") -> None:
        article = fold(article)
        texts = [fold(question) for question in questions]
        self._terms = frozenset(_LATIN.findall(article))
        texts = [_spelt_out(text) for text in (*texts, *_BREAKS.split(article)) if HAN.search(text)]
        self._model = CharacterModel(texts)
        self._by_sound: dict[str, list[tuple[str, str]]] = {}
        for character in self._model.characters:
            if HAN.match(character):
                for reading in readings(character):
                    self._by_sound.setdefault(confused(reading), []).append((character, reading))

    def in_pinyin(self, question: str) -> str | None:
        """A folded question whose Latin letters are pinyin, in characters; None where they are
        not, or sound like nothing that is asked.
        """
        choices: list[_Choices] = []
        written: list[str] = []
        letters = 0
        for match in _UNITS.finditer(question):
            unit = match.group()
            if HAN.match(unit) or unit in self._terms:
                written.append(unit)
                choices.append([(unit if HAN.match(unit) else _FOREIGN, 0.0)])
                continue
            syllables = typed_syllables(unit)
            if syllables is None:
                return None
            letters += len(unit)
            for syllable in syllables:
                written.append("")
                choices.append(self._sounding(syllable))
        if letters < _LEAST_PINYIN or len(choices) > _MOST_UNITS or not all(choices):
            return None
        read, likelihood = self._read(choices)
        if likelihood < _PINYIN * len(choices):
            return None
        return "".join(kept or heard for kept, heard in zip(written, read, strict=True))

    def hear(self, question: str, doubtful: Collection[int]) -> tuple[Heard, ...]:
        """What a folded question must have meant, character by character; none where it is as
        written. `doubtful` are the places of characters that stand in no word of the language.
        """
        units = list(_UNITS.finditer(question))
        if len(units) > _MOST_UNITS:
            return ()
        if sum(map(bool, map(HAN.match, question))) < _LEAST_CHARACTERS:
            return ()
        choices: list[_Choices] = []
        places: list[int] = []
        for match in units:
            unit, at = match.group(), match.start()
            places.append(at)
            if not HAN.match(unit):
                choices.append([(_FOREIGN, 0.0)])
            elif at in doubtful:
                choices.append([(unit, 0.0), *self._homophones(unit)])
            else:
                choices.append([(unit, 0.0)])
        read, _ = self._read(choices)
        return tuple(
            Heard(at, heard)
            for at, heard in zip(places, read, strict=True)
            if heard not in (_FOREIGN, question[at])
        )

    def _sounding(self, typed: str) -> _Choices:
        alike = self._by_sound.get(confused(typed), ())
        best: dict[str, float] = {}
        for character, reading in alike:
            penalty = 0.0 if reading == typed else _CONFUSED
            best[character] = max(penalty, best.get(character, _CONFUSED))
        return list(best.items())

    def _homophones(self, character: str) -> _Choices:
        alike = {
            other: _SLIP
            for reading in readings(character)
            for other, _ in self._by_sound.get(confused(reading), ())
            if other != character
        }
        return list(alike.items())

    def _read(self, choices: Sequence[_Choices]) -> tuple[str, float]:
        """The most likely row of characters, and the logarithm of how likely it is."""
        states = {BEFORE: (0.0, "")}
        for each in choices:
            longer: dict[str, tuple[float, str]] = {}
            for context, (likelihood, read) in states.items():
                for character, prior in each:
                    more = likelihood + prior + self._model.log_probability(context, character)
                    last = context[-1] + character
                    if last not in longer or longer[last][0] < more:
                        longer[last] = (more, read + character)
            best = heapq.nlargest(_BEAM, longer.items(), key=lambda state: state[1][0])
            states = dict(best) if len(longer) > _BEAM else longer
        likelihood, read = max(
            (likelihood + self._model.log_probability(context, AFTER), read)
            for context, (likelihood, read) in states.items()
        )
        return read, likelihood


def _spelt_out(text: str) -> str:
    """The characters of a folded text, in the place of all else one sign."""
    return "".join(unit if HAN.match(unit) else _FOREIGN for unit in _UNITS.findall(text))
