"""The words of a quote that answer."""

from __future__ import annotations

import re

from bot.article.model import Span
from bot.retrieval.analysis import fold
from bot.retrieval.entities import find_entities
from bot.retrieval.question import Question, Sought

# A comma between digits or inside （） is rare enough to be left to chance.
_CLAUSE = re.compile(r"[^，。！？；：,!?;…]+")
_MOST = 0.7
"""A highlight of more than this share of the quote tells the eye nothing."""


def highlight(question: Question, text: str) -> tuple[Span, ...]:
    """The answering words as spans of `text`; none where nothing stands out.

    A time or a number where one is sought, the one nearest to the question's own words; else
    the clause that has most of them.
    """
    clauses = [Span(match.start(), match.end()) for match in _CLAUSE.finditer(text)]
    if not clauses:
        return ()
    folded = fold(text)
    met = [index for word in question.words for index in _occurrences(word.term, folded)]
    for kind in (Sought.TIME, Sought.NUMBER):
        if kind in question.sought and (entities := find_entities(text, kind)):
            return (min(entities, key=lambda entity: (_distance(entity, met), entity.start)),)
    best = max(clauses, key=lambda clause: sum(clause.start <= at < clause.end for at in met))
    if not any(best.start <= at < best.end for at in met) or len(best) > _MOST * len(text):
        return ()
    return (_trim(best, text),)


def _occurrences(term: str, text: str) -> list[int]:
    found = []
    at = text.find(term)
    while at >= 0:
        found.append(at)
        at = text.find(term, at + len(term))
    return found


def _distance(entity: Span, places: list[int]) -> float:
    """Mean distance to the question's words, so that one stray match does not decide."""
    if not places:
        return 0.0
    return sum(max(entity.start - place, place - entity.end, 0) for place in places) / len(places)


def _trim(span: Span, text: str) -> Span:
    start, end = span.start, span.end
    while start < end and not text[start].isalnum() and text[start] not in "“‘《（":
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
