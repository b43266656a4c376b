"""A text as it is compared: its letters, numbers and stops, whatever they are dressed in.

`read_wording` gives the keys that must be equal; `differences` says what was passed over. Only
what cannot change the meaning is: width, case, traditional characters, white space, quotation
marks, and the forms of one punctuation mark. A superscript, a struck-through letter or text
turned round by direction marks stays another text.
"""

from __future__ import annotations

import bisect
import enum
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

import opencc

from bot.article.model import Span


class Difference(enum.StrEnum):
    """What two wordings may differ in and still be the same words."""

    SCRIPT = "script"
    """Traditional for simplified characters, or the other way round."""
    WIDTH = "width"
    CASE = "case"
    SPACES = "spaces"
    QUOTATION_MARKS = "quotation_marks"
    PUNCTUATION = "punctuation"
    EXTRAS = "extras"
    """Emoji or links between the words."""


END = "\n"
"""The key between two sections: no text has it, so nothing is found across it."""

_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff")
_OPENING = frozenset("“‘「『﹁﹃„‚〝«‹｢")
_CLOSING = frozenset("”’」』﹂﹄‟‛〞〟»›｣")
_QUOTATION = _OPENING | _CLOSING | frozenset("\"'＂＇")
_VARIANTS = {
    **dict.fromkeys("‐‑‒–—―−─－﹣﹘", "-"),
    **dict.fromkeys("•‧∙・･", "·"),
    "⋯": "…",
    "~": "～",
    "〜": "～",
}
_COLLAPSING = "-…"
_LEFT_OUT = re.compile(r"[.．]{2,}|。{2,}|[［\[(（][.．。…⋯ ]{1,12}[\]］)）]")
# Between letters or digits a full stop is a point; elsewhere it ends a sentence.
_STOP = re.compile(r"(?<![0-9A-Za-z])[.．]|[.．](?![0-9A-Za-z])")
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])['’＇](?=[A-Za-z])")
_WIDTHS = ("<wide>", "<narrow>")


@dataclass(frozen=True, slots=True)
class Wording:
    """`keys[i]` is what is compared of `text[starts[i]:ends[i]]`."""

    text: str
    keys: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, first: int, last: int) -> Span:
        """Where the keys `[first, last)` stand in the text; empty between two keys."""
        if first < last:
            return Span(self.starts[first], self.ends[last - 1])
        at = self.starts[first] if first < len(self.starts) else len(self.text)
        return Span(at, at)

    def keys_in(self, span: Span) -> tuple[int, int]:
        """The keys that begin in `span` of the text."""
        return bisect.bisect_left(self.starts, span.start), bisect.bisect_left(
            self.starts, span.end
        )

    def gap(self, index: int) -> str:
        """What is passed over between the keys `index - 1` and `index`, or at an end."""
        start = self.ends[index - 1] if index else 0
        return self.text[start : self.starts[index] if index < len(self.starts) else None]


def read_wording(
    text: str, left_out: Iterable[Span] = (), section_starts: Iterable[int] = ()
) -> Wording:
    """The wording of `text` without the spans `left_out`.

    `section_starts` are offsets before which the key `END` is put in.
    """
    kept: list[str] = [_key(character) for character in text]
    for match in _STOP.finditer(text):
        kept[match.start()] = "。"
    for match in _LEFT_OUT.finditer(text):
        kept[match.start() : match.end()] = "…" * len(match.group())
    for match in _APOSTROPHE.finditer(text):
        kept[match.start()] = "'"
    for span in left_out:
        kept[span.start : span.end] = [""] * len(span)
    breaks = frozenset(section_starts)
    keys: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for at, key in enumerate(kept):
        if at in breaks:
            keys.append(END)
            starts.append(at)
            ends.append(at)
        if not key:
            continue
        if key in _COLLAPSING and keys and keys[-1] == key:
            ends[-1] = at + 1
            continue
        keys.append(key)
        starts.append(at)
        ends.append(at + 1)
    return Wording(text, "".join(keys), tuple(starts), tuple(ends))


def traditional_keys(text: str, section_starts: Iterable[int]) -> list[str]:
    """The keys of `text` in the traditional spellings of OpenCC, Taiwan and Hong Kong.

    Folding single characters undoes most of a conversion; what depends on the word (坐标 and
    座標, 着 and 著) is found in these.
    """
    section_starts = tuple(section_starts)
    converted = (_converter(name).convert(text) for name in ("s2t", "s2tw", "s2hk"))
    return [
        read_wording(version, section_starts=section_starts).keys
        for version in converted
        if len(version) == len(text)
    ]


def is_traditional(text: str) -> bool:
    """Whether some character of `text` is written otherwise in simplified Chinese."""
    return any(_simplified(character) != character for character in text)


def differences(
    asked: Wording, first: int, source: Wording, there: int, length: int
) -> set[Difference]:
    """What `length` equal keys differ in, from `first` in one and from `there` in the other."""
    found: set[Difference] = set()
    for step in range(length):
        one, other = first + step, there + step
        left = asked.text[asked.starts[one] : asked.ends[one]]
        right = source.text[source.starts[other] : source.ends[other]]
        if left != right:
            found |= _character_differences(left, right)
        if step and (gap := asked.gap(one)) != (printed := source.gap(other)):
            found |= _gap_differences(gap, printed)
    return found


def with_quotation_marks(
    asked: Wording, before: int, after: int, source: Wording, span: Span
) -> Span:
    """`span` of the source, with the quotation marks round it that the asked text has as well.

    `before` and `after` are the indexes of the keys that end the gaps at its two ends.
    """
    opening = sum(mark in _QUOTATION for mark in asked.gap(before))
    closing = sum(mark in _QUOTATION for mark in asked.gap(after))
    start, end = span.start, span.end
    while opening and start and source.text[start - 1] in _OPENING:
        start, opening = start - 1, opening - 1
    while closing and end < len(source.text) and source.text[end] in _CLOSING:
        end, closing = end + 1, closing - 1
    return Span(start, end)


def marks_differ(gap: str, marks: str, *, leading: bool) -> bool:
    """Whether the quotation marks `marks` of the source are written in another form in `gap`,
    which stands before the words or (not `leading`) after them.
    """
    written = "".join(mark for mark in gap if mark in _QUOTATION)
    return not (written.endswith(marks) if leading else written.startswith(marks))


@cache
def _converter(name: str) -> opencc.OpenCC:
    return opencc.OpenCC(name)


@lru_cache(maxsize=32_768)
def _key(character: str) -> str:
    if character.isspace() or character in _INVISIBLE or character in _QUOTATION:
        return ""
    halved = _halved(character)
    lowered = _VARIANTS.get(halved, halved).lower()
    return _simplified(lowered) if len(lowered) == 1 else halved


@lru_cache(maxsize=32_768)
def _simplified(character: str) -> str:
    simplified = _converter("t2s").convert(character)
    return str(simplified) if len(simplified) == 1 else character


@lru_cache(maxsize=32_768)
def _halved(character: str) -> str:
    """A full-width form at its usual width, and a radical that a PDF had for its character."""
    tag = unicodedata.decomposition(character).partition(" ")[0]
    is_radical = "\u2e80" <= character <= "\u2fdf"
    if tag in _WIDTHS or is_radical or (tag and not tag.startswith("<")):
        same = unicodedata.normalize("NFKC", character)
        return same if len(same) == 1 else character
    return character


def _character_differences(left: str, right: str) -> set[Difference]:
    found: set[Difference] = set()
    if (closed := "".join(left.split())) != left:
        found.add(Difference.SPACES)
        left = closed
    if left == right:
        return found
    halves = "".join(map(_halved, left)), "".join(map(_halved, right))
    if halves != (left, right):
        found.add(Difference.WIDTH)
    if halves[0] == halves[1]:
        return found
    lowered = halves[0].lower(), halves[1].lower()
    if lowered[0] == lowered[1]:
        return found | {Difference.CASE}
    is_word = left[0].isalnum() and right[0].isalnum()
    return found | {Difference.SCRIPT if is_word else Difference.PUNCTUATION}


def _gap_differences(gap: str, printed: str) -> set[Difference]:
    found: set[Difference] = set()
    if _only(gap, _QUOTATION) != _only(printed, _QUOTATION):
        found.add(Difference.QUOTATION_MARKS)
    rest = "".join(character for character in gap if character not in _QUOTATION)
    spaces = "".join(character for character in printed if character not in _QUOTATION)
    if any(not character.isspace() and character not in _INVISIBLE for character in rest):
        found.add(Difference.EXTRAS)
    elif not (rest == spaces or ("\n" in spaces and "\n" in rest and not rest.strip())):
        found.add(Difference.SPACES)
    return found


def _only(text: str, characters: frozenset[str]) -> str:
    return "".join(character for character in text if character in characters)
