"""The passage table: what the features need to know of every passage, computed once."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from bot.article.model import Article
from bot.retrieval.analysis import fold, grams
from bot.retrieval.entities import find_entities
from bot.retrieval.passages import Passage
from bot.retrieval.question import Sought
from bot.retrieval.ranker import Ranker

Vector = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

CUES = (
    re.compile(r"因为|因此|由于|所以|导致|原因|为了|使得|从而|旨在|起因|缘故"),
    re.compile(r"通过|利用|采用|借助|方式|方法|以.{1,6}为"),
    re.compile(r"是指|指的是|是一[种个名位座部项家]|称为|即|就是|被称|简称|又称|亦称|也称"),
    re.compile(r"[《“「『\"]"),
    re.compile(r"、"),
    re.compile(r"第一|最|首[次个位款]|唯一"),
    re.compile(r"位于|坐落|地处|[东南西北]部|境内"),
    re.compile(r"[（(]"),
    re.compile(r"用于|用来|供.{0,6}使用|作用"),
    re.compile(r"任|担任|出任|职|主席|总统|校长|院长|主任"),
)
"""Marks of causes, means, definitions, names, lists, extremes, places, glosses, uses, posts."""


class PassageTable:
    """The passages of one article as columns; row i is passage i."""

    def __init__(self, article: Article, passages: Sequence[Passage]) -> None:
        text = article.text
        self.passages = passages
        self.texts = [text[passage.span.start : passage.span.end] for passage in passages]
        self.folded = [fold(each) for each in self.texts]
        self.count = len(passages)
        documents = [
            [*passage.words.split(" "), *grams(each)]
            for passage, each in zip(passages, self.texts, strict=True)
        ]
        self.ranker = Ranker(documents)
        self.lengths = np.array([float(len(each)) for each in self.texts])
        self.distinct_words = np.array([float(len(set(p.words.split(" ")))) for p in passages])
        paragraphs = np.array([passage.paragraph for passage in passages], dtype=np.int64)
        self.same_as_previous = np.concatenate([[False], paragraphs[1:] == paragraphs[:-1]])
        self.same_as_next = np.concatenate([self.same_as_previous[1:], [False]])
        self.paragraph_starts = np.flatnonzero(~self.same_as_previous)
        self._postings = _postings(documents)
        self._sequences = _postings(map(_sequences, self.folded))
        self._having: dict[str, Vector] = {}

    def rows_with(self, term: str) -> Indices:
        """The rows of the passages that have the term, as a word, a character or a pair."""
        return self._postings.get(term, _NONE)

    def idf(self, term: str) -> float:
        """Inverse document frequency in this article; highest for a term it never uses."""
        return math.log((self.count + 1) / (len(self.rows_with(term)) + 0.5))

    def having(self, part: str) -> Vector:
        """1.0 for each passage whose folded text contains `part`, else 0.0."""
        found = self._having.get(part)
        if found is None:
            found = np.array([float(part in text) for text in self.folded])
            if len(self._having) >= _REMEMBERED:
                self._having.clear()
            self._having[part] = found
        return found

    def rows_with_sequence(self, sequence: str) -> Indices:
        """The rows of the passages that have these three or four characters in a row."""
        return self._sequences.get(sequence, _NONE)

    def over_paragraph(self, values: Vector) -> Vector:
        """For each passage, the largest of `values` in its paragraph."""
        if not self.count:
            return values
        best = np.maximum.reduceat(values, self.paragraph_starts)
        sizes = np.diff(np.append(self.paragraph_starts, self.count))
        return np.repeat(best, sizes)

    def previous(self, values: Vector) -> Vector:
        """For each passage, the value of the one before it in its paragraph, else 0."""
        shifted = np.concatenate([[0.0], values[:-1]])
        return np.where(self.same_as_previous, shifted, 0.0)

    def next(self, values: Vector) -> Vector:
        """For each passage, the value of the one after it in its paragraph, else 0."""
        shifted = np.concatenate([values[1:], [0.0]])
        return np.where(self.same_as_next, shifted, 0.0)

    @cached_property
    def positions(self) -> Vector:
        """Where each passage stands, 0 (first) to 1 (last)."""
        return np.arange(self.count) / max(1, self.count - 1)

    @cached_property
    def entities(self) -> dict[Sought, Vector]:
        """For each kind that may be sought, how many of it each passage has, at most 3, of 3."""
        return {
            kind: np.array([min(3, len(find_entities(text, kind))) / 3 for text in self.texts])
            for kind in Sought
        }

    @cached_property
    def cues(self) -> list[Vector]:
        """For each of `CUES`, 1.0 where a passage has it."""
        return [np.array([float(bool(cue.search(text))) for text in self.texts]) for cue in CUES]


_REMEMBERED = 4096


def _sequences(text: str) -> set[str]:
    return {text[at : at + size] for size in (3, 4) for at in range(len(text) - size + 1)}


_NONE: Indices = np.zeros(0, dtype=np.int64)


def _postings(documents: Iterable[Iterable[str]]) -> dict[str, Indices]:
    rows: dict[str, list[int]] = {}
    for row, terms in enumerate(documents):
        for term in set(terms):
            rows.setdefault(term, []).append(row)
    return {term: np.array(having, dtype=np.int64) for term, having in rows.items()}
