"""The question bank: questions written for the article, with the text that answers each, and
questions that it does not answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from bot.article.datafile import Entry, read_toml
from bot.article.model import Article, Span
from bot.article.quote import MAX_QUOTE_LENGTH, make_quote
from bot.article.sentences import split_clauses
from bot.errors import ArticleError, NotVerbatim


@dataclass(frozen=True, slots=True)
class Fact:
    """A span of the article, or all spans that belong to a list, and questions they answer."""

    spans: tuple[Span, ...]
    questions: tuple[str, ...]

    @property
    def is_list(self) -> bool:
        """Whether all the spans are the answer, not one."""
        return len(self.spans) > 1


@dataclass(frozen=True, slots=True)
class Gap:
    """Something readers ask that the article does not say."""

    focus: str
    questions: tuple[str, ...]


_Questions = Annotated[tuple[str, ...], Field(min_length=1)]


class _Fact(Entry):
    quote: Annotated[str, Field(min_length=1)]
    questions: _Questions


class _List(Entry):
    name: Annotated[str, Field(min_length=1)]
    pieces: Annotated[tuple[str, ...], Field(min_length=2)]
    questions: _Questions


class _Gap(Entry):
    focus: Annotated[str, Field(min_length=1)]
    questions: _Questions


class _Facts(Entry):
    fact: tuple[_Fact, ...]


class _Lists(Entry):
    list: tuple[_List, ...]


class _Gaps(Entry):
    gap: tuple[_Gap, ...]


def load_facts(path: Path, article: Article) -> tuple[Fact, ...]:
    """Read questions.toml.

    Raises:
        ArticleError: the file is missing or wrong, or a quote in it is not in the article, not
            there only once, or not inside one paragraph.
    """
    facts = []
    for fact in read_toml(path, _Facts).fact:
        start = _only_place(fact.quote, article, path)
        span = Span(start, start + len(fact.quote))
        try:
            make_quote(article, span)
        except NotVerbatim as error:
            raise ArticleError(f"{path.name}: “{fact.quote[:20]}…”: {error}") from error
        facts.append(Fact((span,), fact.questions))
    return tuple(facts)


def load_lists(path: Path, article: Article) -> tuple[Fact, ...]:
    """Read lists.toml: each piece stands for the sentence it is in, or for the clause of one that
    is too long to quote.

    Raises:
        ArticleError: the file is missing or wrong, or a piece is not in the article, not there
            only once, or not inside one sentence.
    """
    units = [
        unit.shift(sentence.start)
        for paragraph in article.paragraphs
        for sentence in paragraph.sentences
        for unit in split_clauses(article.text[sentence.start : sentence.end], MAX_QUOTE_LENGTH)
    ]
    lists = []
    for each in read_toml(path, _Lists).list:
        spans = []
        for piece in each.pieces:
            start = _only_place(piece, article, path)
            end = start + len(piece)
            around = [s for s in units if s.start <= start and end <= s.end]
            if not around:
                raise ArticleError(f"{path.name}: “{piece[:20]}…” is not inside one sentence")
            spans.append(around[0])
        lists.append(Fact(tuple(sorted(set(spans))), each.questions))
    return tuple(lists)


def _only_place(quote: str, article: Article, path: Path) -> int:
    count = article.text.count(quote)
    if count != 1:
        raise ArticleError(f"{path.name}: “{quote[:20]}…” is {count} times in the article")
    return article.text.index(quote)


def load_gaps(path: Path) -> tuple[Gap, ...]:
    """Read unanswered.toml.

    Raises:
        ArticleError: the file is missing or wrong.
    """
    return tuple(Gap(gap.focus, gap.questions) for gap in read_toml(path, _Gaps).gap)
