"""Repair of text taken out of a printed Chinese page: unwrap lines, close letter-spacing.

Only white space changes: with white space deleted, what comes out equals what went in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Han, kana, bopomofo, CJK and full-width punctuation, and the quotation marks, dashes and dots
# that Chinese type sets as wide as a character.
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff·—…‘’“”"
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_SPACE_BESIDE_WIDE = re.compile(rf"(?<=[{_WIDE}])\s+|\s+(?=[{_WIDE}])")
_SPACE_BETWEEN_HAN = re.compile(rf"(?<=[{_WIDE}])\s(?=[{_WIDE}])")
_SPACES = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"[。！？!?…][”’』」）)》】\"']*$")

_HEADING_LENGTH = 20
_HEADING_RATIO = 2.5


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source: its 1-based number and its text without the line break."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Repaired:
    """A paragraph in one piece.

    `lines[i]` is the number of the source line that the character `text[i]` was printed on.
    """

    text: str
    lines: tuple[int, ...]


def is_blank(line: Line) -> bool:
    """Whether there is nothing but white space on the line."""
    return not line.text.strip()


def ends_sentence(text: str) -> bool:
    """Whether `text` stops at the end of a sentence, closing quotation marks included."""
    return _SENTENCE_END.search(text.rstrip()) is not None


def close_spacing(text: str, *, justified: bool) -> str:
    """One line without the spaces that a typesetter put in.

    A letter-spaced line (细 胞 治 疗) is closed always. With `justified`, for text off a page,
    every space beside a Chinese character goes, those round numbers too (2024 年 → 2024年);
    without it, what the writer spaced stays. Latin words keep one space between them.
    """
    text = text.strip()
    if justified or _is_letter_spaced(text):
        text = _SPACE_BESIDE_WIDE.sub("", text)
    return _SPACES.sub(" ", text)


def repair(lines: Iterable[Line], *, justified: bool = True) -> Repaired:
    """Join the lines of one paragraph; blank lines in it are column breaks and vanish."""
    text = ""
    numbers: list[int] = []
    for line in lines:
        closed = close_spacing(line.text, justified=justified)
        if not closed:
            continue
        if text and _needs_space(text, closed):
            text += " "
            numbers.append(numbers[-1])
        text += closed
        numbers.extend([line.number] * len(closed))
    return Repaired(text, tuple(numbers))


def split_page_paragraphs(
    lines: Sequence[Line], starts: frozenset[int] = frozenset()
) -> list[list[Line]]:
    """Paragraphs of a printed page.

    A blank line ends a paragraph only where a sentence ends before it; elsewhere it is a column
    break. `starts` names lines that begin a paragraph with no blank line before them.
    """
    paragraphs: list[list[Line]] = []
    current: list[Line] = []
    for line in lines:
        if is_blank(line):
            if current and ends_sentence(current[-1].text):
                paragraphs.append(current)
                current = []
            continue
        if current and line.number in starts:
            paragraphs.append(current)
            current = []
        current.append(line)
    if current:
        paragraphs.append(current)
    return paragraphs


def split_plain_paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """Paragraphs of a plain text.

    A blank line ends a paragraph, and so does a line break after a whole sentence or after a
    short line without punctuation over a much longer one, which is a heading. Any other line
    break is a wrap.
    """
    paragraphs: list[list[Line]] = []
    current: list[Line] = []
    for line in lines:
        if current and (is_blank(line) or not _is_wrapped(current[-1].text, line.text)):
            paragraphs.append(current)
            current = []
        if not is_blank(line):
            current.append(line)
    if current:
        paragraphs.append(current)
    return paragraphs


def _is_wrapped(text: str, following: str) -> bool:
    text, following = text.strip(), following.strip()
    if ends_sentence(text):
        return False
    is_heading = (
        len(text) <= _HEADING_LENGTH <= len(following)
        and len(text) * _HEADING_RATIO <= len(following)
        and not re.search(r"[，,、。：:；;]", text)
    )
    return not is_heading


def _is_letter_spaced(text: str) -> bool:
    """More than half of the gaps between Chinese characters hold a single space."""
    spaced = len(_SPACE_BETWEEN_HAN.findall(text))
    return spaced >= 3 and spaced * 2 > len(_HAN.findall(text)) - 1


def _needs_space(before: str, after: str) -> bool:
    """Whether a line break stood for a space: between Latin words, never inside one."""
    left, right = before[-1], after[0]
    if not (left.isascii() and right.isascii()):
        return False
    if left == "-" or right == "-":
        return False
    # In a Chinese column a line is full when it breaks, so digits at its edge belong together;
    # after a comma or a full stop, or between two words, English wants its space.
    inside_number = (left.isdigit() or left.isalpha()) and right.isdigit()
    return not (inside_number and _HAN.search(before[-40:]))
