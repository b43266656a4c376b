"""Helplines: whom somebody in danger can call, from data/helplines.toml."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from bot.article.datafile import Entry, read_toml
from bot.project import PROJECT_ROOT

HELPLINES_FILE = PROJECT_ROOT / "data" / "helplines.toml"

VALID_DAYS = 365
"""Numbers that were looked up longer ago are to be looked up again."""

_Number = Annotated[str, Field(pattern=r"^[0-9][0-9 -]+$")]


class Place(Entry):
    """A place's numbers: an ambulance, the police, and somebody to talk to. `name` and
    `crisis_name`, what the last is called there, are by language.
    """

    id: str
    name: Mapping[str, str]
    ambulance: _Number
    police: _Number
    crisis: _Number
    crisis_name: Mapping[str, str]


class Helplines(Entry):
    """All numbers. `first` says, by language, whose come first; `directory` is a list of the
    world's; `checked` is the day on which all were looked up.
    """

    checked: datetime.date
    directory: str
    first: Mapping[str, tuple[str, ...]]
    place: Annotated[tuple[Place, ...], Field(min_length=1)]

    def ordered(self, language: str) -> tuple[Place, ...]:
        """The places, those of `language` first."""
        first = self.first.get(language, ())
        rank = {name: number for number, name in enumerate(first)}
        return tuple(sorted(self.place, key=lambda place: rank.get(place.id, len(rank))))

    def is_stale(self, today: datetime.date) -> bool:
        """Whether the numbers were looked up too long ago."""
        return (today - self.checked).days > VALID_DAYS


@cache
def load_helplines(path: Path = HELPLINES_FILE) -> Helplines:
    """Read helplines.toml, once.

    Raises:
        ArticleError: the file is missing or wrong.
    """
    return read_toml(path, Helplines)
