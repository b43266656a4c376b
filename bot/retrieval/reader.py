"""The reader: passages to excerpts, best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.article.model import Article, Span
from bot.retrieval.entities import find_entities
from bot.retrieval.passages import Passage
from bot.retrieval.question import Question
from bot.retrieval.ranker import Ranker

EXCERPT_LENGTH = 120
"""A passage is quoted with a neighbour while both together have at most so many characters."""

# What a passage gains that holds the kind of thing sought, as a share of the best score. Set on
# the open development sets (docs/evaluation.md).
_BONUS = 0.3


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A candidate to be quoted: one passage, or two adjacent ones of a paragraph."""

    span: Span
    paragraph: int
    score: float


class Reader:
    """Finds the excerpts that answer a question."""

    def __init__(self, article: Article, passages: Sequence[Passage], ranker: Ranker) -> None:
        self._article = article
        self._passages = passages
        self._ranker = ranker

    def read(self, question: Question, limit: int) -> list[Excerpt]:
        """At most `limit` excerpts, best first, none overlapping another.

        Passages with nothing in common with the question come last, with score 0, so that there
        are `limit` of them where the article has as many.
        """
        scores = self._scores(question)
        ranked = sorted(range(len(scores)), key=lambda index: (-scores[index], index))
        used: set[int] = set()
        excerpts: list[Excerpt] = []
        for index in ranked:
            if len(excerpts) == limit:
                break
            if index in used:
                continue
            first, last = self._with_neighbour(index, scores, used)
            used.update(range(first, last + 1))
            span = Span(self._passages[first].span.start, self._passages[last].span.end)
            excerpts.append(Excerpt(span, self._passages[index].paragraph, scores[index]))
        return excerpts

    def _scores(self, question: Question) -> list[float]:
        scores: list[float] = self._ranker.scores(question.terms).tolist()
        best = max(scores, default=0.0)
        if best <= 0:
            return scores
        for index, passage in enumerate(self._passages):
            # What shares nothing with the question is no answer to it, date or not.
            if scores[index] <= 0:
                continue
            text = self._article.text[passage.span.start : passage.span.end]
            kinds = sum(bool(find_entities(text, kind)) for kind in question.sought)
            scores[index] += _BONUS * best * kinds
        return scores

    def _with_neighbour(
        self, index: int, scores: Sequence[float], used: set[int]
    ) -> tuple[int, int]:
        chosen = self._passages[index]
        neighbours = [
            other
            for other in (index - 1, index + 1)
            if 0 <= other < len(self._passages)
            and other not in used
            and self._passages[other].paragraph == chosen.paragraph
            and len(self._joint(index, other)) <= EXCERPT_LENGTH
        ]
        if not neighbours:
            return index, index
        other = max(neighbours, key=lambda neighbour: scores[neighbour])
        return min(index, other), max(index, other)

    def _joint(self, one: int, other: int) -> Span:
        first, last = sorted((one, other))
        return Span(self._passages[first].span.start, self._passages[last].span.end)
