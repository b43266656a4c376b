"""Follow-ups: what a short question takes over from the one before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.article.glossary import Term
from bot.retrieval.analysis import Analyzer, Token, clean, fold
from bot.retrieval.question import content_words
from bot.retrieval.reader import Excerpt
from bot.retrieval.table import Vector

_POINTING = re.compile("他|她|它|其|该|还有|然后|后来|呢$|为什么$|之后")
# 那是哪年 points back; 那个张超奇, 这篇报道 do not.
_THIS_OR_THAT = re.compile("[这那](?!篇)|此")
_STARTS_BACK = re.compile("那|这|此|该|然后|后来|还有")
_INSTEAD = re.compile("(?:那么?)?(.{1,12}?)呢[?？]?")
_PERSON = re.compile("[他她](?!们)")
_FEW_WORDS = 2
# Of the language's words, those that name a thing rather than say something of one.
_NAMING = 0.72
# Characters of a question that may lean on the last one without saying so.
_SHORT = 16
_DOUBT = 2.0
# So many passages away, the last answer's place means a third of what it means beside it.
_FADING = 2.0
_CLOSE = 4

SAME = 4.0
"""How much likelier than others the passages are where the last question was answered."""

NEXT = 8.0
"""How much likelier those beside them are."""


def leans_on_previous(question: str, analyzer: Analyzer) -> bool:
    """Whether a clean question points back (他, 那, …呢) or names nothing of its own."""
    text = fold(question)
    if _POINTING.search(text):
        return True
    words = content_words(text, analyzer)
    if any(len(word.term) > 1 and analyzer.rarity(word.term) >= _NAMING for word in words):
        return False
    return _THIS_OR_THAT.search(text) is not None or len(words) <= _FEW_WORDS


def leaning(question: str, analyzer: Analyzer, terms: Sequence[Term]) -> float | None:
    """How doubtful it is, in log-odds, that a clean question leans on the one before; None where
    it certainly does not. A short one that names none of the `terms` may: 多久搞一次.
    """
    if leans_on_previous(question, analyzer):
        return 0.0
    if len(question) > _SHORT:
        return None
    named = any(name in question for term in terms for name in (term.name, *term.aliases))
    return None if named else _DOUBT


@dataclass(frozen=True)
class Continuing:
    """Asking on from `place`, where the last question was answered: passages next to it are
    `near` times likelier than others, less the further away, and those at it `same` times.
    `trust`, in log-odds, is what an answer from there is surer for it.
    """

    place: Excerpt
    same: float
    near: float
    trust: float = 0.5

    def shares(self, probabilities: Vector) -> Vector:
        """`probabilities`, a share a passage, with this in mind."""
        rows = np.arange(len(probabilities))
        away = np.maximum(np.maximum(self.place.first - rows, rows - self.place.last), 0)
        likelier = self.near * np.exp((1 - away) / _FADING)
        likelier[away == 0] = self.same
        shares: Vector = probabilities * (1 + likelier)
        shares /= shares.sum()
        return shares

    def trusted(self, excerpt: Excerpt) -> float:
        """What `excerpt` is surer for being there."""
        away = max(self.place.first - excerpt.last, excerpt.first - self.place.last, 0)
        return self.trust if away <= _CLOSE else 0.0


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


def in_full(question: str, previous: Sequence[str], terms: Sequence[Term]) -> tuple[str, ...]:
    """A clean question as it may be meant after the last earlier one, each by itself complete.

    杨黎呢 after 李峰去了哪里 is 杨黎去了哪里; 他几岁 after 杨黎是谁 is 杨黎几岁; any other question
    that names nothing is asked of what the earlier one named last. None where nothing is named.
    """
    if not previous:
        return ()
    earlier = clean(previous[-1])
    named = sorted((term for term in terms if term.name in earlier), key=lambda t: len(t.name))
    # 细胞 in 干细胞 is not named by itself.
    named = [
        term
        for at, term in enumerate(named)
        if not any(term.name in longer.name for longer in named[at + 1 :])
    ]
    people = sorted((term.name for term in named if term.person), key=earlier.index)
    things = sorted((term.name for term in named if not term.person), key=earlier.index)
    if (instead := _INSTEAD.fullmatch(question)) and (people or things):
        other = instead.group(1)
        is_person = any(term.person and term.name in other for term in terms)
        replaced = people[0] if people and (is_person or not things) else things[-1]
        return (earlier.replace(replaced, other),)
    if people and _PERSON.search(question):
        return (_PERSON.sub(people[0], question, count=1),)
    if any(term.name in question for term in terms):
        return ()
    return tuple(name + _STARTS_BACK.sub("", question) for name in (*things[-1:], *people[:1]))
