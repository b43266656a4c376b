"""BM25 over the passages (Robertson and Zaragoza 2009, by rank-bm25's BM25Okapi)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from rank_bm25 import BM25Okapi

if TYPE_CHECKING:
    from numpy.typing import NDArray

# A term in more than half of the passages would weigh nothing or less, and in a text of three
# sentences that is every term.
_LEAST_IDF = 0.05


class Ranker:
    """Scores every passage for the terms of a query."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        bm25 = BM25Okapi(documents)
        self._count = len(documents)
        self._idf = {term: max(idf, _LEAST_IDF) for term, idf in bm25.idf.items()}
        self._unknown = max(self._idf.values(), default=1.0)
        # BM25Okapi walks all documents for every term of every query; what a term is worth in
        # each document never changes.
        rows: dict[str, list[int]] = {}
        worth: dict[str, list[float]] = {}
        for row, frequencies in enumerate(bm25.doc_freqs):
            length = bm25.k1 * (1 - bm25.b + bm25.b * bm25.doc_len[row] / bm25.avgdl)
            for term, count in frequencies.items():
                rows.setdefault(term, []).append(row)
                worth.setdefault(term, []).append(
                    self._idf[term] * count * (bm25.k1 + 1) / (count + length)
                )
        self._postings = {term: (np.array(rows[term]), np.array(worth[term])) for term in rows}

    def scores(self, terms: Iterable[str]) -> NDArray[np.float64]:
        """One score a passage, 0 where no term occurs in it."""
        scores = np.zeros(self._count)
        for term in terms:
            posting = self._postings.get(term)
            if posting is not None:
                scores[posting[0]] += posting[1]
        return scores

    def ideal(self, terms: Iterable[str]) -> float:
        """Above the score of any passage: every term, known or not, met to the full."""
        return float(sum(self._idf.get(term, self._unknown) for term in terms)) * 2.5 or 1.0
