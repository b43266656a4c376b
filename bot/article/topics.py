"""Topics: the names readers choose from, and the paragraphs each stands for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field

from bot.article.datafile import Entry, read_toml
from bot.article.model import Article, Kind, Span
from bot.article.quote import MAX_QUOTE_LENGTH, Quote, make_quote
from bot.article.sentences import split_clauses
from bot.errors import ArticleError


@dataclass(frozen=True, slots=True)
class Topic:
    """A name for some paragraphs of the article, in three languages.

    `id` is a short ASCII key, kept for good because buttons carry it. `aliases` are other names
    readers type. `paragraphs` are paragraph numbers, in the order they are shown.
    """

    id: str
    name: str
    name_en: str
    aliases: tuple[str, ...]
    paragraphs: tuple[int, ...]
    popular: bool = False
    name_hant: str = ""


@dataclass(frozen=True)
class Topics:
    """All topics, in the order they are shown."""

    all: tuple[Topic, ...] = ()

    @cached_property
    def _by_id(self) -> dict[str, Topic]:
        return {topic.id: topic for topic in self.all}

    @cached_property
    def popular(self) -> tuple[Topic, ...]:
        """The most asked ones."""
        return tuple(topic for topic in self.all if topic.popular)

    def get(self, topic_id: str) -> Topic | None:
        """The topic with this id, or None."""
        return self._by_id.get(topic_id)

    def of_paragraphs(self, numbers: Iterable[int]) -> tuple[Topic, ...]:
        """The topics that hold any of these paragraphs, best first.

        Those of the first number come before those of the second; among them the topic that
        names the paragraph first, then the narrower one.
        """
        found: dict[str, Topic] = {}
        for number in numbers:
            holding = [topic for topic in self.all if number in topic.paragraphs]
            holding.sort(key=lambda topic: (topic.paragraphs.index(number), len(topic.paragraphs)))
            for topic in holding:
                found.setdefault(topic.id, topic)
        return tuple(found.values())


def topic_quotes(article: Article, topic: Topic) -> tuple[Quote, ...]:
    """All the text of a topic's paragraphs, cut into quotes.

    Whole paragraphs where they fit into a quote, else runs of whole sentences; a sentence that
    is itself too long is cut at a clause. Captions are left out where the topic has other text.
    """
    paragraphs = [article.paragraphs[number - 1] for number in topic.paragraphs]
    told = [paragraph for paragraph in paragraphs if paragraph.kind is not Kind.CAPTION]
    return tuple(
        make_quote(article, span)
        for paragraph in told or paragraphs
        for span in _runs(article, paragraph.sentences)
    )


def _runs(article: Article, sentences: Iterable[Span]) -> list[Span]:
    runs: list[Span] = []
    for sentence in sentences:
        if runs and sentence.end - runs[-1].start <= MAX_QUOTE_LENGTH:
            runs[-1] = Span(runs[-1].start, sentence.end)
            continue
        text = article.text[sentence.start : sentence.end]
        runs.extend(part.shift(sentence.start) for part in split_clauses(text, MAX_QUOTE_LENGTH))
    return runs


class _Topic(Entry):
    id: Annotated[str, Field(pattern=r"^[a-z0-9]{1,12}$")]
    name: Annotated[str, Field(min_length=1, max_length=12)]
    name_hant: Annotated[str, Field(max_length=12)] = ""
    name_en: Annotated[str, Field(min_length=1, max_length=12)]
    aliases: tuple[str, ...] = ()
    lines: Annotated[tuple[int, ...], Field(min_length=1)]
    popular: bool = False


class _File(Entry):
    topic: tuple[_Topic, ...]


def load_topics(path: Path, article: Article) -> Topics:
    """Read topics.toml; a paragraph is named there by any one of its source lines.

    Raises:
        ArticleError: the file is missing or wrong, a line is in no paragraph, an id is used
            twice, or some paragraph belongs to no topic.
    """
    file = read_toml(path, _File)
    by_line = _paragraphs_by_line(article)
    topics: dict[str, Topic] = {}
    for entry in file.topic:
        if entry.id in topics:
            raise ArticleError(f"{path.name}: the id {entry.id} is used twice")
        for line in entry.lines:
            if line not in by_line:
                raise ArticleError(f"{path.name}: {entry.id}: line {line} is in no paragraph")
        topics[entry.id] = Topic(
            id=entry.id,
            name=entry.name,
            name_en=entry.name_en,
            aliases=entry.aliases,
            paragraphs=tuple(dict.fromkeys(by_line[line] for line in entry.lines)),
            popular=entry.popular,
            name_hant=entry.name_hant or entry.name,
        )
    covered = {number for topic in topics.values() for number in topic.paragraphs}
    for paragraph in article.paragraphs:
        if paragraph.number not in covered:
            line = article.lines_of(paragraph.span).first
            raise ArticleError(f"{path.name}: the paragraph at line {line} is in no topic")
    return Topics(tuple(topics.values()))


def _paragraphs_by_line(article: Article) -> dict[int, int]:
    by_line: dict[int, int] = {}
    for paragraph in article.paragraphs:
        lines = article.lines_of(paragraph.span)
        for line in range(lines.first, lines.last + 1):
            by_line.setdefault(line, paragraph.number)
    return by_line
