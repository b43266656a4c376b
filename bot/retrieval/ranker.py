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
        self._bm25 = BM25Okapi(documents)
        self._bm25.idf = {term: max(idf, _LEAST_IDF) for term, idf in self._bm25.idf.items()}

    def scores(self, terms: Iterable[str]) -> NDArray[np.float64]:
        """One score a passage, 0 where no term occurs in it."""
        # BM25Okapi walks all documents for every term, known or not.
        known = [term for term in terms if term in self._bm25.idf]
        return np.asarray(self._bm25.get_scores(known), dtype=np.float64)
