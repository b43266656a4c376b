"""How well a marked answer agrees with the answers of a set: F1 and exact match by characters."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher


def overlap(marked: str, answers: Sequence[str]) -> float:
    """F1 of the longest run of characters that `marked` has in common with the nearest answer.

    Letters and digits only, case aside, as CMRC 2018 is scored (Cui et al. 2019).
    """
    own = _bare(marked)
    return max((_f1(own, _bare(answer)) for answer in answers), default=0.0)


def is_exact(marked: str, answers: Sequence[str]) -> bool:
    """Whether `marked` is one of the answers, punctuation and case aside."""
    return bool(marked) and any(_bare(marked) == _bare(answer) for answer in answers)


def _f1(one: str, other: str) -> float:
    if not one or not other:
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    common = matcher.find_longest_match().size
    return 2 * common / (len(one) + len(other))


def _bare(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())
