"""Follow-ups: what a short question takes over from the one before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.retrieval.analysis import Analyzer, Token, clean, fold
from bot.retrieval.question import content_words

_POINTING = re.compile("他|她|它|这|那|其|该|还有|然后|后来|呢$|为什么$|之后|此")
_FEW_WORDS = 2


def context_of(
    question: str, previous: Sequence[str], analyzer: Analyzer
) -> tuple[tuple[Token, ...], str]:
    """What `question` takes over from the last earlier one: its words, and its wording.

    Nothing, unless it points back (他, 那, …呢) or has too few words of its own.
    """
    if not previous:
        return (), ""
    text = fold(clean(question))
    own = content_words(text, analyzer)
    if len(own) > _FEW_WORDS and not _POINTING.search(text):
        return (), ""
    earlier = clean(previous[-1])
    return content_words(earlier, analyzer), earlier
