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
from bot.article.quote import make_quote
from bot.errors import ArticleError, NotVerbatim


@dataclass(frozen=True, slots=True)
class Fact:
    """A span of the article, and questions that it answers."""

    span: Span
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something readers ask that the article does not say."""

    focus: str
    questions: tuple[str, ...]


_Questions = Annotated[tuple[str, ...], Field(min_length=1)]


class _Fact(Entry):
    quote: Annotated[str, Field(min_length=1)]
    questions: _Questions


class _Gap(Entry):
    focus: Annotated[str, Field(min_length=1)]
    questions: _Questions


class _Facts(Entry):
    fact: tuple[_Fact, ...]


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
        count = article.text.count(fact.quote)
        if count != 1:
            raise ArticleError(f"{path.name}: “{fact.quote[:20]}…” is {count} times in the article")
        start = article.text.index(fact.quote)
        span = Span(start, start + len(fact.quote))
        try:
            make_quote(article, span)
        except NotVerbatim as error:
            raise ArticleError(f"{path.name}: “{fact.quote[:20]}…”: {error}") from error
        facts.append(Fact(span, fact.questions))
    return tuple(facts)


def load_gaps(path: Path) -> tuple[Gap, ...]:
    """Read unanswered.toml.

    Raises:
        ArticleError: the file is missing or wrong.
    """
    return tuple(Gap(gap.focus, gap.questions) for gap in read_toml(path, _Gaps).gap)
