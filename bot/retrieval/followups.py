"""Follow-ups: what a short question takes over from the one before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.retrieval.analysis import Analyzer, Token, clean, fold
from bot.retrieval.question import content_words

_POINTING = re.compile("他|她|它|这|那|其|该|还有|然后|后来|呢$|为什么$|之后|此")
_FEW_WORDS = 2


def context_words(question: str, previous: Sequence[str], analyzer: Analyzer) -> tuple[Token, ...]:
    """Words of the last earlier question, where `question` leans on it; else none.

    It does when it points back (他, 那, …呢) or has too few words of its own.
    """
    if not previous:
        return ()
    text = fold(clean(question))
    own = content_words(text, analyzer)
    if len(own) > _FEW_WORDS and not _POINTING.search(text):
        return ()
    return content_words(clean(previous[-1]), analyzer)
