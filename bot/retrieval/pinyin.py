"""Pinyin without tones: of single characters, and as readers type it."""

from __future__ import annotations

import re
from functools import lru_cache

# Sounds that many speakers do not tell apart.
_CONFUSED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))
_SYLLABLE = re.compile(
    "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|van|an|en|in|un|vn|ai|ei|ui|ao|ou|iu|ie|ue"
    "|ve|er|ia|ua|uo|a|o|e|i|u|v)"
)
_SYLLABLES = re.compile(f"(?:{_SYLLABLE.pattern})+")


@lru_cache(maxsize=8192)
def syllable(character: str) -> str:
    """Its most usual pinyin without the tone; looked up one by one, for words are cut wrong where
    they are misspelt.
    """
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - a quarter of a second, off the start

    return lazy_pinyin(character)[0]


@lru_cache(maxsize=8192)
def fuzzy(character: str) -> str:
    """Its pinyin with the sounds made one that many speakers do not tell apart."""
    return confused(syllable(character))


@lru_cache(maxsize=8192)
def readings(character: str) -> tuple[str, ...]:
    """All its pinyin without tones."""
    from pypinyin import Style, pinyin  # noqa: PLC0415 - as above

    return tuple(dict.fromkeys(pinyin(character, style=Style.NORMAL, heteronym=True)[0]))


def typed_syllables(letters: str) -> list[str] | None:
    """The syllables of lower-case letters; None where they are no pinyin."""
    if not _SYLLABLES.fullmatch(letters):
        return None
    found = _SYLLABLE.findall(letters)
    if "".join(found) != letters:
        return None
    return found


def confused(sound: str) -> str:
    """A syllable with the sounds made one that many speakers do not tell apart."""
    for one, other in _CONFUSED:
        sound = sound.replace(one, other)
    return sound
