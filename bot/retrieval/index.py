"""The index: build it from the sources, save it, load it, and refuse one that does not match.

`data/index.json` is lexical and deterministic: the same bytes on every machine, so it is
committed, and CI rebuilds it to compare.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from bot.article.bank import Fact, Gap, load_facts, load_gaps, load_lists
from bot.article.glossary import Term, load_glossary
from bot.article.loader import article_from_text, load_article, load_layout
from bot.article.model import Article, Span
from bot.article.topics import Topics, load_topics
from bot.errors import IndexFileError
from bot.retrieval.analysis import Analyzer
from bot.retrieval.passages import Passage, passage_spans

FORMAT = 3
FILE_NAME = "index.json"

Track = Callable[[Sequence[tuple[Span, int]]], Iterable[tuple[Span, int]]]
"""Wraps the passages while they are analysed, to show progress."""


@dataclass(frozen=True)
class Sources:
    """An article and what an editor wrote for it."""

    article: Article
    topics: Topics = field(default_factory=Topics)
    glossary: tuple[Term, ...] = ()
    facts: tuple[Fact, ...] = ()
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True)
class Index:
    """The sources, with the article's passages cut into words."""

    sources: Sources
    passages: tuple[Passage, ...]

    @property
    def article(self) -> Article:
        """The article that is indexed."""
        return self.sources.article

    @property
    def topics(self) -> Topics:
        """Its topics."""
        return self.sources.topics

    @cached_property
    def id(self) -> str:
        """Twelve hexadecimal digits that change when anything in the index does."""
        return hashlib.sha256(_dump(self)).hexdigest()[:12]


@dataclass(frozen=True)
class _File:
    format: Annotated[int, Field(ge=FORMAT, le=FORMAT)]
    id: str
    index: Index


@cache
def _adapter() -> TypeAdapter[_File]:
    return TypeAdapter(_File)


def _dump(index: Index) -> bytes:
    content = _adapter().dump_python(_File(FORMAT, "", index), mode="json")
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1).encode()


def index_sources(sources: Sources, analyzer: Analyzer, track: Track = iter) -> Index:
    """Cut the article's passages into words."""
    article = sources.article
    passages = [
        Passage(
            span,
            number,
            " ".join(token.term for token in analyzer.tokens(article.text[span.start : span.end])),
        )
        for span, number in track(passage_spans(article))
    ]
    return Index(sources, tuple(passages))


def index_text(text: str, analyzer: Analyzer, source: str = "text") -> Index:
    """Index a plain text; nothing is written for it.

    Raises:
        ArticleError: there are no words in the text.
    """
    return index_sources(Sources(article_from_text(text, source)), analyzer)


def load_sources(root: Path, data: Path) -> Sources:
    """What the files in `data` and the source under `root` hold.

    Raises:
        ArticleError: they are missing or not sound.
    """
    article = load_article(root, load_layout(data / "article.toml"))
    return Sources(
        article,
        load_topics(data / "topics.toml", article),
        load_glossary(data / "glossary.toml", article),
        (
            *load_facts(data / "questions.toml", article),
            *load_lists(data / "lists.toml", article),
        ),
        load_gaps(data / "unanswered.toml"),
    )


def build_index(root: Path, data: Path, analyzer: Analyzer, track: Track = iter) -> Index:
    """Build the index from its sources.

    Raises:
        ArticleError: the sources are missing or not sound.
    """
    return index_sources(load_sources(root, data), analyzer, track)


def save_index(index: Index, data: Path) -> Path:
    """Write the index to its file in `data`, whole or not at all; gives the path.

    Raises:
        IndexFileError: the file cannot be written.
    """
    content = json.loads(_dump(index)) | {"id": index.id}
    path = data / FILE_NAME
    partial = path.with_suffix(".partial")
    try:
        partial.write_text(
            json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n",
            encoding="utf-8",
        )
        partial.replace(path)
    except OSError as error:
        raise IndexFileError(f"{path}: {error.strerror}") from error
    return path


def load_index(root: Path, data: Path) -> Index:
    """Load the index from `data` and check it against its sources.

    The article is read from its sources again and compared, so a changed source, a changed
    layout and a damaged file are all refused.

    Raises:
        ArticleError: the sources themselves are missing or not sound.
        IndexFileError: the index is missing, damaged or stale; says what to run.
    """
    path = data / FILE_NAME
    mend = "run: python -m bot index"
    try:
        file = _adapter().validate_json(path.read_bytes())
    except OSError as error:
        raise IndexFileError(f"{path}: {error.strerror}; {mend}") from error
    except ValidationError as error:
        raise IndexFileError(f"{path} is damaged or of another version; {mend}") from error
    if file.index.id != file.id:
        raise IndexFileError(f"{path} is damaged; {mend}")
    if file.index.sources != load_sources(root, data):
        raise IndexFileError(f"{path} does not match seeds/ and data/; {mend}")
    return file.index
