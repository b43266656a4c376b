"""The core's peer: jieba's words and BM25 over the sentences, in the fewest lines."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rank_bm25 import BM25Okapi


def load_tokenizer(cache_dir: Path) -> Any:  # noqa: ANN401 - jieba has no types
    """A tokenizer with jieba's own dictionary, its compiled copy in `cache_dir`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its use of pkg_resources
        import jieba  # noqa: PLC0415 - inside the filter

    jieba.setLogLevel(logging.CRITICAL)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(cache_dir)
    tokenizer.initialize()
    return tokenizer


class PlainSearch:
    """Finds the sentence that BM25 puts first."""

    def __init__(self, sentences: Sequence[str], tokenizer: Any) -> None:  # noqa: ANN401 - as above
        self._sentences = sentences
        self._tokenizer = tokenizer
        self._bm25 = BM25Okapi([tokenizer.lcut(sentence) for sentence in sentences])

    def ask(self, question: str) -> str:
        """The best sentence."""
        scores = self._bm25.get_scores(self._tokenizer.lcut(question))
        return self._sentences[int(scores.argmax())]
