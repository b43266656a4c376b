"""A text cut into units, its words and single marks, as columns for the span scorer."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.article.model import Span
from bot.retrieval.analysis import Analyzer, fold
from bot.retrieval.entities import find_entities
from bot.retrieval.question import Sought

Hashes = npt.NDArray[np.uint64]
Indices = npt.NDArray[np.int64]

CONTEXT = 5
"""So many characters are compared on either side of an answer and of an asking word."""

PAUSES, LIST_MARK, OPENING, CLOSING = (1, 2, 3, 4), 5, (6, 7, 8), (9, 10, 11)
"""Shapes that end a clause, that of 、, and those of opening and closing marks."""

JOINTS = (12, 13, 14)
"""Shapes of marks inside a name or a number; nothing begins with them."""

_MARKS = {
    **dict.fromkeys("，,", 1), **dict.fromkeys("。！？!?…", 2), **dict.fromkeys("；;", 3),
    **dict.fromkeys("：:", 4), "、": 5, **dict.fromkeys("“\"「『‘", 6), "《": 7,
    **dict.fromkeys("（(", 8), **dict.fromkeys("”」』’", 9), "》": 10, **dict.fromkeys("）)", 11),
    "·": 12, "%": 13, **dict.fromkeys("-—～", 14),
}  # fmt: skip
_OTHER, _DIGITS, _LATIN, _HAN = 15, 16, 17, 18
WORDS = _DIGITS
"""From here on the shapes are those of words and numbers."""

SHAPES = 32
"""All shapes are below this; 0 is the edge of the text."""

_LITTLE = str.maketrans("", "", "了的是在被着过地得于“”「」，、 ")


@dataclass(frozen=True)
class Units:
    """The units of `text`; row i of every column is unit i.

    `starts` and `ends` are offsets. `hashes` are those of the folded units, `firsts` and `lasts`
    of their first and last characters. `shapes` tell marks, digits, Latin letters and Chinese
    words of one, two and more characters apart; `clauses` number the clauses from 0. `before` and
    `after` hold the characters on either side, from the unit outwards, little words left out.
    `entities` are the first and last unit of everything that may be sought, with its kind.
    """

    text: str
    terms: tuple[str, ...]
    starts: Indices
    ends: Indices
    hashes: Hashes
    firsts: Hashes
    lasts: Hashes
    shapes: Hashes
    clauses: Indices
    before: tuple[str, ...]
    after: tuple[str, ...]
    entities: tuple[tuple[int, int, Sought], ...]

    def __len__(self) -> int:
        return len(self.terms)

    def span(self, first: int, last: int) -> Span:
        """The span of `text` from unit `first` to unit `last`."""
        return Span(int(self.starts[first]), int(self.ends[last]))


def read_units(text: str, analyzer: Analyzer) -> Units:
    """Cut `text`; white space is left out."""
    folded = fold(text)
    pieces = [Span(start, end) for start, end in _pieces(folded, text, analyzer)]
    terms = tuple(folded[piece.start : piece.end] for piece in pieces)
    starts = np.array([piece.start for piece in pieces], dtype=np.int64)
    ends = np.array([piece.end for piece in pieces], dtype=np.int64)
    shapes = np.array([_shape(term) for term in terms], dtype=np.uint64)
    far = 2 * CONTEXT + 2
    return Units(
        text=text,
        terms=terms,
        starts=starts,
        ends=ends,
        hashes=hash_all(terms),
        firsts=hash_all(term[0] for term in terms),
        lasts=hash_all(term[-1] for term in terms),
        shapes=shapes,
        clauses=np.cumsum(np.isin(shapes, PAUSES)),
        before=tuple(plain(folded[max(0, p.start - far) : p.start])[::-1] for p in pieces),
        after=tuple(plain(folded[p.end : p.end + far]) for p in pieces),
        entities=tuple(_entities(text, starts, ends)),
    )


def plain(text: str) -> str:
    """`text` without the little words that one may say or leave out."""
    return text.translate(_LITTLE)


def hash_all(terms: Iterable[str]) -> Hashes:
    """A number for each term, the same in every process."""
    return np.array([zlib.crc32(term.encode()) for term in terms], dtype=np.uint64)


def _pieces(folded: str, text: str, analyzer: Analyzer) -> Iterator[tuple[int, int]]:
    place = 0
    for token in analyzer.tokens(text):
        yield from _marks(folded, place, token.start)
        yield token.start, token.end
        place = token.end
    yield from _marks(folded, place, len(folded))


def _marks(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for at in range(start, end):
        if not folded[at].isspace():
            yield at, at + 1


def _shape(term: str) -> int:
    if term in _MARKS:
        return _MARKS[term]
    if term[0].isdigit():
        return _DIGITS
    if not term[0].isalnum():
        return _OTHER
    return _LATIN if term.isascii() else _HAN + min(3, len(term)) - 1


def _entities(text: str, starts: Indices, ends: Indices) -> Iterator[tuple[int, int, Sought]]:
    for sought in Sought:
        for entity in find_entities(text, sought):
            first = int(np.searchsorted(ends, entity.start, side="right"))
            last = int(np.searchsorted(starts, entity.end, side="left")) - 1
            if first <= last:
                yield first, last, sought
