"""Follow-ups: what a short question takes over from the one before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.retrieval.analysis import Analyzer, Token, clean, fold
from bot.retrieval.question import content_words

_POINTING = re.compile("他|她|它|其|该|还有|然后|后来|呢$|为什么$|之后")
# 那是哪年 points back; 那个张超奇, 这篇报道 do not.
_THIS_OR_THAT = re.compile("[这那](?!篇)|此")
_STARTS_BACK = re.compile("那|这|此|该|然后|后来|还有")
_FEW_WORDS = 2
# Of the language's words, those that name a thing rather than say something of one.
_NAMING = 0.72


def leans_on_previous(question: str, analyzer: Analyzer) -> bool:
    """Whether a clean question points back (他, 那, …呢) or names nothing of its own."""
    text = fold(question)
    if _POINTING.search(text):
        return True
    words = content_words(text, analyzer)
    if any(len(word.term) > 1 and analyzer.rarity(word.term) >= _NAMING for word in words):
        return False
    return _THIS_OR_THAT.search(text) is not None or len(words) <= _FEW_WORDS


def is_unresolved(question: str, analyzer: Analyzer) -> bool:
    """Whether a clean question points to what was said before, and says nothing itself.

    那是什么时候的事 does; 他是谁 does not, for the article has one person it is about.
    """
    text = fold(question)
    telling = [word for word in content_words(text, analyzer) if len(word.term) > 1]
    return _STARTS_BACK.match(text) is not None and not telling


def context_of(previous: Sequence[str], analyzer: Analyzer) -> tuple[tuple[Token, ...], str]:
    """What a question takes over from the last earlier one: its words, and its wording."""
    if not previous:
        return (), ""
    earlier = clean(previous[-1])
    return content_words(earlier, analyzer), earlier
