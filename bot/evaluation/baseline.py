"""What most would build: jieba's words and BM25Okapi over whole sentences."""

from __future__ import annotations

import re

import numpy as np
from rank_bm25 import BM25Okapi

from bot.retrieval.analysis import Analyzer

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]*")


class Baseline:
    """Ranks the sentences of one text."""

    def __init__(self, text: str, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._sentences = [match.group() for match in _SENTENCE.finditer(text)]
        self._ranker = BM25Okapi([self._words(sentence) for sentence in self._sentences])

    def first(self, question: str) -> str:
        """The best sentence."""
        return self._sentences[int(np.argmax(self._ranker.get_scores(self._words(question))))]

    def _words(self, text: str) -> list[str]:
        return [token.term for token in self._analyzer.tokens(text)] or [""]
