"""The lexicon of medicine, data/medical.toml: words by what they say of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from pathlib import Path

from bot.article.datafile import Entry, read_toml
from bot.project import PROJECT_ROOT

LEXICON_FILE = PROJECT_ROOT / "data" / "medical.toml"


_ACROSS = ("治", "疗效", "果")


class Outcome(Entry):
    """What of an outcome is asked for by which words, and stated by which."""

    asks: tuple[str, ...]
    states: tuple[str, ...]


class _Single(Entry):
    words: tuple[str, ...]


class Addressed(Entry):
    """How a doctor or a hospital is spoken to, and where one works."""

    titles: tuple[str, ...]
    calls: tuple[str, ...]
    greetings: tuple[str, ...]
    hospitals: tuple[str, ...]
    departments: tuple[str, ...]


class Lexicon(Entry):
    """See the file's own comments."""

    disease_endings: tuple[str, ...]
    diseases: tuple[str, ...]
    not_diseases: tuple[str, ...]
    not_medical: tuple[str, ...]
    medical: tuple[str, ...]
    fields: tuple[str, ...]
    asks_alone: tuple[str, ...]
    bystanders: tuple[str, ...]
    institutions: tuple[str, ...]
    families: Mapping[str, tuple[str, ...]]
    outcome: Mapping[str, Outcome]
    single: _Single
    addressed: Addressed

    @cached_property
    def ancestors(self) -> Mapping[str, frozenset[str]]:
        """Of each disease, the families it belongs to, also by way of others."""
        parents: dict[str, set[str]] = {}
        for family, members in self.families.items():
            for member in members:
                parents.setdefault(member, set()).add(family)

        def above(disease: str) -> frozenset[str]:
            found = parents.get(disease, set())
            return frozenset(found).union(*(above(parent) for parent in found))

        return {disease: above(disease) for disease in parents}


def matcher(words: Iterable[str]) -> re.Pattern[str]:
    """Finds any of `words` in a folded text, the longest first; Latin ones as whole words."""
    # 疗效 is no word in 治疗效果.
    folded = sorted({word.lower() for word in words}, key=lambda word: (-len(word), word))
    return re.compile("|".join(_pattern(word) for word in folded) or "(?!)")


def _pattern(word: str) -> str:
    escaped = re.escape(word)
    before = r"(?<![a-z0-9])" if word[0].isascii() and word[0].isalnum() else ""
    after = r"(?![a-z0-9])" if word[-1].isascii() and word[-1].isalnum() else ""
    if word == _ACROSS[1]:
        before, after = f"(?<!{_ACROSS[0]})", f"(?!{_ACROSS[2]})"
    return before + escaped + after


@cache
def load_lexicon(path: Path = LEXICON_FILE) -> Lexicon:
    """Read medical.toml, once.

    Raises:
        ArticleError: the file is missing or wrong.
    """
    return read_toml(path, Lexicon)
