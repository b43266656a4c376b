"""Analysis: what is compared when a question meets the text.

`fold` makes two spellings of one thing equal and keeps every offset; an `Analyzer` turns text
into terms: jieba's words beside single characters and pairs of them, because a reader's word and
the article's rarely break at the same places.
"""

from __future__ import annotations

import logging
import math
import os
import re
import sys
import threading
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import opencc

from bot.retrieval.remembered import Remembered

HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_RUN = re.compile(
    "(?P<han>[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)|(?P<latin>[0-9a-z]+(?:[.%][0-9]+)*)"
)
# Texts whose words are remembered: a question is looked at from many sides.
_REMEMBERED = 512
_JOINED = re.compile(r"[0-9a-z]+(?:[-‐‑–][0-9a-z]+)+")
_JOINT = re.compile(r"[-‐‑–]")
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn")

_LOADING = threading.Lock()

_log = logging.getLogger(__name__)


@cache
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


class _Folds(dict[int, str]):
    """A table for `str.translate` that learns a character when it first meets it."""

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        if len(self) < _MOST_FOLDS:
            self[code] = folded
        return folded


_LONGEST_NAME = 7
_MOST_FOLDS = 65_536
_MOST_CLEANED = 1_024
_SHORT = 200
_FOLDS = _Folds()


def _fold_character(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character).lower()
    folded = folded if len(folded) == 1 else character
    simplified = _to_simplified().convert(folded)
    return simplified if len(simplified) == 1 else folded


def fold(text: str) -> str:
    """`text` with width, case and 繁简 folded; exactly as long, so offsets stay true."""
    return text.translate(_FOLDS)


def pack(text: str) -> str:
    """`text` folded, its letters and digits alone."""
    return "".join(character for character in fold(text) if character.isalnum())


def clean(question: str) -> str:
    """A reader's message as one line without invisible characters, in simplified characters.

    Full-width forms become half-width; zero-width, control, direction and unassigned code
    points vanish; white space becomes single spaces.
    """
    return _cleaned(question) if len(question) <= _SHORT else _clean(question)


def _clean(question: str) -> str:
    spaced = " ".join(unicodedata.normalize("NFKC", question).split())
    visible = "".join(
        character for character in spaced if unicodedata.category(character) not in _INVISIBLE
    )
    return " ".join(_to_simplified().convert(visible).split())


# Each question is cleaned several times on its way, and the same ones are asked again and again.
_cleaned = lru_cache(_MOST_CLEANED)(_clean)


@dataclass(frozen=True, slots=True)
class Token:
    """One occurrence of a word: the folded term and where it stands, in code points."""

    term: str
    start: int
    end: int


class Analyzer:
    """Cuts text into terms with jieba.

    The dictionary takes about a second to load, so it is loaded when first needed or by
    `warm_up`. jieba keeps a compiled copy of it in `cache_dir`, a folder of the bot's own: the
    library's default is a file that every user of the machine can write.
    """

    def __init__(self, cache_dir: Path | None = None) -> None:
        self._cache_dir = cache_dir
        self._jieba: Any = None
        self._lately: Remembered[str, tuple[Token, ...]] = Remembered(_REMEMBERED)

    def warm_up(self) -> None:
        """Load the dictionary, once; safe to call from any thread."""
        if self._jieba is None:
            with _LOADING:
                self._jieba = _load_jieba(self._cache_dir)

    def tokens(self, text: str) -> tuple[Token, ...]:
        """The words of `text` in order; punctuation and white space are left out."""
        folded = fold(text)
        known = self._lately.get(folded)
        if known is None:
            known = tuple(self._new_tokens(folded))
            self._lately.put(folded, known)
        return known

    def _new_tokens(self, folded: str) -> list[Token]:
        tokens: list[Token] = []
        for start, run, is_han in _runs(folded):
            if not is_han:
                tokens.append(Token(run, start, start + len(run)))
                continue
            place = start
            for word in self._cut(run):
                tokens.append(Token(word, place, place + len(word)))
                place += len(word)
        return tokens

    def terms(self, text: str) -> list[str]:
        """The terms of `text`: its words, and what `grams` adds to them."""
        return [*(token.term for token in self.tokens(text)), *grams(text)]

    def rarity(self, term: str) -> float:
        """How rare `term` is in Chinese at large, 0 (every other word) to 1 (never seen).

        From the word counts of jieba's dictionary.
        """
        self.warm_up()
        count = self._jieba.FREQ.get(term) or 0
        return 1 - math.log1p(count) / math.log1p(self._jieba.total)

    def is_word(self, text: str) -> bool:
        """Whether jieba's dictionary has `text` as a word."""
        self.warm_up()
        return bool(self._jieba.FREQ.get(text))

    def person_names(self) -> Mapping[str, str]:
        """The names of people (`nr`, and foreign ones) and of places (`ns`) in jieba's dictionary,
        each with its tag; a third of a second, when first needed.
        """
        self.warm_up()
        with self._jieba.get_dict_file() as file:
            return _person_names(file.name)

    def _cut(self, run: str) -> list[str]:
        if self._jieba is None:
            self.warm_up()
        words: list[str] = self._jieba.lcut(run)
        return words


@cache
def _person_names(path: str) -> Mapping[str, str]:
    found = {}
    with Path(path).open(encoding="utf-8") as lines:
        for line in lines:
            word, _, tag = line.split()
            if tag.startswith(("nr", "ns")) and 2 <= len(word) <= _LONGEST_NAME:
                found[word] = tag
    return found


def grams(text: str) -> list[str]:
    """Terms that need no dictionary: Chinese characters, pairs of them, and CAR-T as cart."""
    folded = fold(text)
    terms = [_JOINT.sub("", match.group()) for match in _JOINED.finditer(folded)]
    for _, run, is_han in _runs(folded):
        if is_han:
            terms.extend(run)
            terms.extend(first + second for first, second in pairwise(run))
    return terms


def _runs(folded: str) -> Iterator[tuple[int, str, bool]]:
    """Runs of Chinese characters and of Latin letters and digits: offset, text, is Chinese."""
    for match in _RUN.finditer(folded):
        yield match.start(), match.group(), match.lastgroup == "han"


@cache  # analyzers share the dictionary: it is large, and only read
def _load_jieba(cache_dir: Path | None) -> Any:  # noqa: ANN401 - jieba has no types
    # jieba imports pkg_resources where setuptools is installed, only to open its own files: a
    # third of a second and a deprecation warning, and it can do without.
    missing = object()
    before = sys.modules.get("pkg_resources", missing)
    sys.modules["pkg_resources"] = None  # type: ignore[assignment]  # makes the import fail
    try:
        import jieba  # noqa: PLC0415 - only when needed: it takes a tenth of a second
    finally:
        if before is missing:
            del sys.modules["pkg_resources"]
        else:
            sys.modules["pkg_resources"] = before  # type: ignore[assignment]
    jieba.setLogLevel(logging.CRITICAL)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = _writable(cache_dir)
    tokenizer.initialize()
    return tokenizer


def _writable(cache_dir: Path | None) -> str | None:
    if cache_dir is None:
        return os.devnull
    try:
        cache_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        _log.warning("no dictionary cache in %s: %s", cache_dir, error.strerror)
    return str(cache_dir)
