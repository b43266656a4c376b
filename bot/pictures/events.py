"""The article's dated events, each with its own words."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from bot.article.datafile import Entry, read_toml
from bot.article.model import Article, Span
from bot.article.quote import Quote, make_quote
from bot.errors import ArticleError, NotVerbatim

_YEARS = {"前年": -2, "去年": -1, "今年": 0, "明年": 1}
_DATE = re.compile(
    r"(?:(?P<year>\d{4})年|(?P<word>前年|去年|今年|明年))"
    r"(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?)?"
)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, as the article says it.

    `date` is the year, and the month and the day where they are printed. `words` is the date as
    printed, which `quote` marks.
    """

    date: tuple[int, ...]
    words: str
    quote: Quote

    @property
    def label(self) -> str:
        """The date as YYYY, YYYY-MM or YYYY-MM-DD."""
        return "-".join(f"{part:02}" for part in self.date)

    @property
    def is_relative(self) -> bool:
        """Whether the printed words mean the date only by the day they were printed."""
        return self.words.startswith(tuple(_YEARS))


class _Event(Entry):
    words: Annotated[str, Field(min_length=1)]
    text: Annotated[str, Field(min_length=1)]


class _File(Entry):
    event: tuple[_Event, ...]


def load_timeline(path: Path, article: Article) -> tuple[Event, ...]:
    """Read timeline.toml: the events by date, a year before its months, else as they are read.

    Raises:
        ArticleError: the file is missing or wrong; a text is not in the article, or more than
            once, or too long for a quote; its date is not in it, or is none.
    """
    events = [_read(path.name, entry, article) for entry in read_toml(path, _File).event]
    return tuple(sorted(events, key=lambda event: (event.date, event.quote.span)))


def _read(name: str, entry: _Event, article: Article) -> Event:
    found = article.text.count(entry.text)
    if found != 1:
        raise ArticleError(f"{name}: “{entry.text}” is in the article {found} times, not once")
    start = article.text.index(entry.text)
    place = entry.text.find(entry.words)
    if place < 0:
        raise ArticleError(f"{name}: “{entry.words}” is not in “{entry.text}”")
    mark = Span(start + place, start + place + len(entry.words))
    try:
        quote = make_quote(article, Span(start, start + len(entry.text)), [mark])
    except NotVerbatim as error:
        raise ArticleError(f"{name}: {error}") from error
    return Event(_meant(name, entry.words, article.metadata.published), entry.words, quote)


def _meant(name: str, words: str, published: datetime.date | None) -> tuple[int, ...]:
    match = _DATE.fullmatch(words)
    if match is None or (match["word"] and published is None):
        raise ArticleError(f"{name}: “{words}” is no date")
    if match["year"] or published is None:
        year = int(match["year"])
    else:
        year = published.year + _YEARS[match["word"]]
    parts = (year, *(int(match[part]) for part in ("month", "day") if match[part]))
    try:
        datetime.date(*(*parts, 1, 1)[:3])
    except ValueError as error:
        raise ArticleError(f"{name}: “{words}” is no date") from error
    return parts
