"""Words of a quote that mean the time of printing: 今年, 去年, 目前."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from bot.locales import Catalog
from bot.retrieval.answer import TimeWord

_YEARS = {"前年": -2, "去年": -1, "今年": 0, "明年": 1}
_WORD = re.compile("前年|去年|今年|明年|截至目前|目前")


def find_time_words(texts: Iterable[str], published: datetime.date) -> tuple[TimeWord, ...]:
    """The time words in quotes printed on `published`, each once, in order."""
    words = dict.fromkeys(match.group() for text in texts for match in _WORD.finditer(text))
    return tuple(
        TimeWord(word, published, published.year + _YEARS[word] if word in _YEARS else None)
        for word in words
    )


def note(time_words: Iterable[TimeWord], say: Catalog) -> str | None:
    """One sentence, in the catalogue's language, that says what they mean; None without any."""
    words = tuple(time_words)
    if not words:
        return None
    meanings = [
        say("note-day", word=word.word)
        if word.year is None
        else say("note-year", word=word.word, year=str(word.year))
        for word in words
    ]
    published = say("note-published", date=words[0].published.isoformat())
    return say("note-separator").join([*meanings, published])
