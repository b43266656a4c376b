"""How likely one character follows two others, in what readers ask."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

BEFORE = "^^"
"""The two characters before a text begins."""

AFTER = "$"
"""The character after its end."""

# So many are in use.
_CHARACTERS = 20_000


class CharacterModel:
    """Trigrams of characters over `texts`, smoothed after Witten and Bell (1991); a tenth of a
    second for ten thousand questions.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._counts: Counter[str] = Counter()
        for text in texts:
            padded = BEFORE + text + AFTER
            for at in range(len(BEFORE), len(padded)):
                for size in (1, 2, 3):
                    self._counts[padded[at - size + 1 : at + 1]] += 1
        # Of each context, how often it was met, and how many different characters follow it.
        self._met: Counter[str] = Counter()
        self._followers: Counter[str] = Counter()
        for run, count in self._counts.items():
            self._met[run[:-1]] += count
            self._followers[run[:-1]] += 1

    @property
    def characters(self) -> list[str]:
        """All that was met, the most frequent first."""
        single = {run: count for run, count in self._counts.items() if len(run) == 1}
        return sorted(single, key=lambda character: (-single[character], character))

    def log_probability(self, context: str, character: str) -> float:
        """The natural logarithm of how likely `character` follows the two of `context`."""
        counts, met, followers = self._counts, self._met, self._followers
        probability = 1 / _CHARACTERS
        for known in ("", context[-1], context):
            various = followers.get(known)
            if various:
                count = counts.get(known + character, 0)
                probability = (count + various * probability) / (met[known] + various)
        return math.log(probability)
