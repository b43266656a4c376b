"""The glossary: what else readers call the article's things."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from bot.article.datafile import Entry, read_toml
from bot.article.model import Article
from bot.errors import ArticleError


@dataclass(frozen=True, slots=True)
class Term:
    """A word as the article writes it, and the other names readers have for it.

    `person` says that it is somebody's name.
    """

    name: str
    aliases: tuple[str, ...]
    person: bool = False


class _Term(Entry):
    name: Annotated[str, Field(min_length=1)]
    aliases: Annotated[tuple[str, ...], Field(min_length=1)]
    person: bool = False


class _File(Entry):
    term: tuple[_Term, ...]


def load_glossary(path: Path, article: Article) -> tuple[Term, ...]:
    """Read glossary.toml.

    Raises:
        ArticleError: the file is missing or wrong, or the article does not use a name in it.
    """
    terms = tuple(
        Term(term.name, term.aliases, term.person) for term in read_toml(path, _File).term
    )
    for term in terms:
        if term.name not in article.text:
            raise ArticleError(f"{path.name}: the article has no “{term.name}”")
    return terms
