"""Lines of Chinese text: where they may break, and where each character stands.

The rules are those of the W3C's Requirements for Chinese Text Layout: no stop or closing mark
begins a line, no opening mark ends one (避头尾); Latin words, numbers, …… and —— stay whole; of
two marks side by side one gives up its empty half; lines are justified.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

_CLUSTER = re.compile(
    r"[A-Za-z0-9\u00c0-\u024f]+(?:[-.,/:'’+&@_][A-Za-z0-9\u00c0-\u024f]+)*[%‰℃°]?|…+|—+|\s+|.",
    re.DOTALL,
)
_NOT_FIRST = frozenset("，。、；：！？）》〉”’」』】］］｝…—～·•,.;:!?)]}%‰℃")
_NOT_LAST = frozenset("（《〈“‘「『【［｛([{￥¥$£€#")
# Marks as wide as a character whose empty half may go: the right one, the left one.
_CLOSING = frozenset("，。、；：）》〉”’」』】］")
_OPENING = frozenset("（《〈“‘「『【［")
# Lines are stretched by at most this much of an em between two characters.
_STRETCH = 0.25
_HALF = 0.5

Measure = Callable[[str, int], float]
"""How wide some text is that begins at an index of the whole; in pixels."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece of text on a line: its index in the whole text, and where it is drawn.

    `x` is where its own left edge is, in pixels from the line's; a mark without its left half
    stands partly before the place where it is counted.
    """

    text: str
    start: int
    x: float
    width: float


Line = tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class _Cluster:
    text: str
    start: int
    width: float
    shift: float = 0.0


def set_lines(
    text: str,
    measure: Measure,
    em: float,
    width: float,
    *,
    styles: Collection[int] = (),
    justified: bool = True,
) -> list[Line]:
    """Break `text` into lines of at most `width` pixels, nothing lost but spaces at breaks.

    `em` is how wide a Chinese character is; `styles` are the indexes at which the style changes,
    where a piece ends too, though no line need.
    """
    clusters = _squeezed(list(_clusters(text, measure, width, frozenset(styles))), em)
    lines: list[Line] = []
    at = 0
    while at < len(clusters):
        end = _line_end(clusters, at, em, width)
        line = _without_spaces(clusters[at:end])
        at = end
        if line:
            is_last = not any(cluster.text.strip() for cluster in clusters[at:])
            lines.append(_placed(line, em, width if justified and not is_last else 0.0))
    return lines


def width_of(line: Line) -> float:
    """From the line's left edge to the end of its last piece, in pixels."""
    return line[-1].x + line[-1].width if line else 0.0


def _clusters(
    text: str, measure: Measure, width: float, styles: frozenset[int]
) -> Iterator[_Cluster]:
    for match in _CLUSTER.finditer(text):
        ends = [at for at in sorted(styles) if match.start() < at < match.end()]
        if measure(match.group(), match.start()) > width:
            # Longer than a line: broken anywhere, for nothing is clipped.
            ends = list(range(match.start() + 1, match.end()))
        starts = [match.start(), *ends]
        for start, end in zip(starts, [*ends, match.end()], strict=True):
            piece = text[start:end]
            piece = " " if piece.isspace() else piece
            yield _Cluster(piece, start, measure(piece, start))


def _squeezed(clusters: Sequence[_Cluster], em: float) -> list[_Cluster]:
    """Without the empty half of a mark beside another mark."""
    squeezed = list(clusters)
    half = em * _HALF
    for at in range(len(clusters) - 1):
        left, right = squeezed[at], squeezed[at + 1]
        if left.width < em * 0.9 or right.width < em * 0.9:
            continue
        if left.text in _CLOSING and (right.text in _CLOSING or right.text in _OPENING):
            squeezed[at] = replace(left, width=left.width - half)
        elif left.text in _OPENING and right.text in _OPENING:
            squeezed[at + 1] = replace(right, width=right.width - half, shift=-half)
    return squeezed


def _line_end(clusters: Sequence[_Cluster], first: int, em: float, width: float) -> int:
    """The index after the last cluster of the line that begins with `first`."""
    used = -em * _HALF if _opens(clusters[first], em) else 0.0
    best, fitting = first, first + 1
    for at in range(first, len(clusters)):
        cluster = clusters[at]
        used += cluster.width
        spare = em * _HALF if _closes(cluster, em) else 0.0
        if used - spare > width + 0.01 and cluster.text != " ":
            # A closing mark that does not fit takes what is before it along to the next line.
            return best if best > first else fitting
        fitting = at + 1
        if at + 1 == len(clusters) or _may_break(cluster, clusters[at + 1]):
            best = at + 1
    return len(clusters)


def _may_break(left: _Cluster, right: _Cluster) -> bool:
    if left.text == " " or right.text == " ":
        return True
    if left.text[-1] in _NOT_LAST or right.text[0] in _NOT_FIRST:
        return False
    # Two pieces of one word, cut where the style changes.
    return not (_is_latin(left.text[-1]) and _is_latin(right.text[0]))


def _is_latin(character: str) -> bool:
    return character.isalnum() and ord(character) < 0x250


def _opens(cluster: _Cluster, em: float) -> bool:
    return cluster.text in _OPENING and cluster.width >= em * 0.9


def _closes(cluster: _Cluster, em: float) -> bool:
    return cluster.text in _CLOSING and cluster.width >= em * 0.9


def _without_spaces(line: Sequence[_Cluster]) -> list[_Cluster]:
    line = list(line)
    while line and line[-1].text == " ":
        line.pop()
    while line and line[0].text == " ":
        line.pop(0)
    return line


def _placed(line: Sequence[_Cluster], em: float, width: float) -> Line:
    """The pieces of a line, stretched to `width` where that is little; 0 for as they come."""
    half = em * _HALF
    first = line[0]
    if _opens(first, em):
        line = [replace(first, width=first.width - half, shift=-half), *line[1:]]
    natural = sum(cluster.width for cluster in line)
    if _closes(line[-1], em):
        natural -= half
    gap = (width - natural) / (len(line) - 1) if width and len(line) > 1 else 0.0
    if not 0 < gap <= em * _STRETCH:
        gap = min(gap, 0.0) if -em * 0.02 <= gap < 0 else 0.0
    placed: list[Placed] = []
    x = 0.0
    for cluster in line:
        placed.append(Placed(cluster.text, cluster.start, x + cluster.shift, cluster.width))
        x += cluster.width + gap
    return tuple(placed)
