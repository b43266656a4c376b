"""Corrections: a reader's typos, pinyin and other names, read as the article's own words.

Nothing is corrected that the article itself writes, and every correction is told to the reader,
who may undo it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.article.glossary import Term
from bot.retrieval.analysis import HAN, Analyzer, fold
from bot.retrieval.answer import Correction
from bot.retrieval.index import Index
from bot.retrieval.pinyin import fuzzy, syllable
from bot.retrieval.question_bank import bank_questions
from bot.retrieval.sounds import Sounds

_LATIN = re.compile(r"[a-z]")
_ASKED_IN_PINYIN = """
    什么时候 什么 为什么 多少 谁 哪里 哪年 哪个 哪些 怎么 怎么样 如何 几个 是谁 是什么 有没有
    开始 介绍 有多少 在哪 得过 获得 去过 的 是 了 吗 在 有 去 和 年 能 治 哪 做 人 学 名 发表 篇
    成立 叫
""".split()
# Words of one character that are never half of a misspelt one.
_PARTICLES = frozenset(
    "的是了在上下什么吗呢和与有不也都就还去来到要会能可说看做给被把几多少这那他她它我你您谁啥"
    "个人年月日从向对为以于而或及并里外前后中大小新老好很最吧啊呀一二三四五六七八九十第每各另其该此"
)
_UNKNOWN = 0.99
_LONGEST = 12


@dataclass(frozen=True, slots=True)
class Corrected:
    """A question as it is read.

    `spelt` is what the reader wrote with its slips mended, `text` that with the article's words
    in the place of other names for them.
    """

    spelt: str
    text: str
    corrections: tuple[Correction, ...] = ()


class _Typos:
    """The article's uncommon words, found by what they sound like or by most of their letters."""

    def __init__(self, words: Iterable[str]) -> None:
        self.by_sound: dict[tuple[str, ...], list[str]] = {}
        self.by_mask: dict[str, str] = {}
        self.by_deletion: dict[str, str] = {}
        self.long: set[str] = set()
        self.words = tuple(words)
        for word in self.words:
            self.by_sound.setdefault(_sound(word), []).append(word)
            if len(word) >= 3:
                for at in range(len(word)):
                    self.by_mask.setdefault(word[:at] + "?" + word[at + 1 :], word)
            if len(word) >= 5:
                self.long.add(word)
                for at in range(len(word)):
                    self.by_deletion.setdefault(word[:at] + word[at + 1 :], word)


class Corrector:
    """Knows the article's words and what they sound like.

    `words` are the words of the article, one an occurrence; `glossary` its terms with their
    aliases; `names` more words that it writes; `asked` questions that readers may mean.
    """

    def __init__(
        self,
        analyzer: Analyzer,
        article_text: str,
        words: Iterable[str],
        glossary: Sequence[Term] = (),
        names: Iterable[str] = (),
        asked: Sequence[str] = (),
    ) -> None:
        self._analyzer = analyzer
        self._asked = asked
        self._article = fold(article_text)
        names = [fold(name) for name in dict.fromkeys([*(t.name for t in glossary), *names])]
        # What the article writes itself needs no other word.
        self._aliases: dict[str, list[tuple[str, str]]] = {}
        for term in glossary:
            for alias in map(fold, term.aliases):
                if alias not in self._article:
                    self._aliases.setdefault(alias[0], []).append((alias, term.name))
        # What jieba guesses once may be two words' halves.
        counted = Counter(words)
        sure = (word for word, count in counted.items() if count > 1 or analyzer.is_word(word))
        self._vocabulary = [
            word
            for word in dict.fromkeys([*names, *sure])
            if 2 <= len(word) <= _LONGEST and all(map(HAN.match, word)) and word in self._article
        ]

    def correct(self, question: str) -> Corrected:
        """Read a clean question; what needs no correction comes back as it is."""
        found: list[Correction] = []
        text = self._from_pinyin(question, found)
        spelt = self._without_homophones(self._without_typos(text, found), found)
        text = self._without_aliases(spelt, found)
        return Corrected(spelt, text, tuple(dict.fromkeys(found)))

    def _without_aliases(self, text: str, found: list[Correction]) -> str:
        """Put the article's word in the place of another name for it, the longest name first."""
        folded = fold(text)
        taken = [False] * len(folded)
        changes: list[tuple[int, int, str]] = []
        known = [each for letter in set(folded) for each in self._aliases.get(letter, ())]
        for alias, name in sorted(known, key=lambda pair: (-len(pair[0]), pair)):
            if alias not in folded:
                continue
            for match in re.finditer(_bounded(alias), folded):
                if any(taken[match.start() : match.end()]):
                    continue
                if self._is_part_of_a_name(folded, match.start(), match.end()):
                    continue
                taken[match.start() : match.end()] = [True] * len(match.group())
                if fold(name) in folded:
                    continue
                changes.append((match.start(), match.end(), f" {name} "))
                found.append(Correction(text[match.start() : match.end()], name))
        for start, end, name in sorted(changes, reverse=True):
            text = text[:start] + name + text[end:]
        return " ".join(text.split())

    def _is_part_of_a_name(self, folded: str, start: int, end: int) -> bool:
        """Whether the article has these characters together with the ones round them."""
        for more_before, more_after in ((2, 0), (0, 2), (1, 1)):
            wider = folded[max(0, start - more_before) : end + more_after]
            fits = start >= more_before and end + more_after <= len(folded)
            if fits and HAN.match(wider) and wider in self._article:
                return True
        return False

    def _without_typos(self, text: str, found: list[Correction]) -> str:
        folded = fold(text)
        doubtful = self._doubtful(folded)
        at = 0
        while at < len(folded):
            # The longest misspelt word that begins here.
            for size in range(min(_LONGEST, len(folded) - at), 1, -1):
                if True not in doubtful[at : at + size]:
                    break
                window = folded[at : at + size]
                word = self._meant(window, doubtful[at : at + size])
                if word is not None and word not in folded:
                    found.append(Correction(text[at : at + size], word))
                    text = text[:at] + word + text[at + size :]
                    folded = folded[:at] + word + folded[at + size :]
                    doubtful[at : at + size] = [False] * len(word)
                    at += len(word) - 1
                    break
            at += 1
        return text

    def _without_homophones(self, text: str, found: list[Correction]) -> str:
        """Put the characters of a question that sounds the same in the place of doubtful ones."""
        if not self._asked:
            return text
        folded = fold(text)
        alone = self._standing_alone(folded)
        if not alone:
            return text
        heard = self._sounds.hear(folded, alone)
        if not heard:
            return text
        read = list(text)
        for each in heard:
            read[each.at] = each.read_as
        meant = "".join(read)
        # A word says more to the reader than one character of it.
        for token in self._analyzer.tokens(fold(meant)):
            if any(token.start <= each.at < token.end for each in heard):
                stretch = slice(token.start, token.end)
                found.append(Correction(text[stretch], meant[stretch]))
        return meant

    def _standing_alone(self, folded: str) -> set[int]:
        """The places of the characters that are in no word of the language, and beside none that
        the article has beside them.
        """
        alone = {at for at, character in enumerate(folded) if HAN.match(character)}
        for token in self._analyzer.tokens(folded):
            if len(token.term) > 1 and self._analyzer.is_word(token.term):
                alone.difference_update(range(token.start, token.end))
        for at in range(len(folded) - 1):
            if folded[at : at + 2] in self._article:
                alone -= {at, at + 1}
        return alone

    def _doubtful(self, folded: str) -> list[bool]:
        """For each character, whether it may be a slip: it stands in no word of the language."""
        doubtful = [bool(HAN.match(each)) and each not in _PARTICLES for each in folded]
        for token in self._analyzer.tokens(folded):
            if len(token.term) > 1 and self._analyzer.is_word(token.term):
                doubtful[token.start : token.end] = [False] * len(token.term)
        if any(doubtful):
            for word in self._typos.words:
                at = folded.find(word)
                if at >= 0:
                    doubtful[at : at + len(word)] = [False] * len(word)
        return doubtful

    def _meant(self, window: str, doubtful: Sequence[bool]) -> str | None:
        """The article's word that `window` is with a slip, or None.

        A slip is characters that sound the same, one wrong character in a word of three or more,
        or one too many or too few in a word of five or more.
        """
        if window in self._article or not all(map(HAN.match, window)):
            return None
        typos = self._typos
        for word in typos.by_sound.get(_sound(window), ()):
            if all(
                fine or one == other
                for one, other, fine in zip(window, word, doubtful, strict=True)
            ):
                return word
        if len(window) >= 3:
            for at in range(len(window)):
                masked = typos.by_mask.get(window[:at] + "?" + window[at + 1 :])
                # 当老师 is not 张老师: what is left must not be a word by itself.
                rest = window[at + 1 :] or window[:at]
                alone = len(window) == 3 and self._analyzer.is_word(rest)
                if masked is not None and doubtful[at] and not alone:
                    return masked
        return typos.by_deletion.get(window) or next(
            (
                window[:at] + window[at + 1 :]
                for at in range(len(window))
                if doubtful[at] and window[:at] + window[at + 1 :] in typos.long
            ),
            None,
        )

    @cached_property
    def _typos(self) -> _Typos:
        words = [
            word
            for word in self._vocabulary
            if len(word) >= 3 or self._analyzer.rarity(word) >= _UNKNOWN
        ]
        return _Typos(words)

    def _from_pinyin(self, question: str, found: list[Correction]) -> str:
        """Chinese for a question in pinyin, where one is known that sounds so, or, where it is all
        in pinyin, nearly all of it can be read.
        """
        meant = self._sounds.in_pinyin(fold(question)) if self._asked else None
        if meant is not None:
            # It may be one of those that are there with their slips.
            meant = self._without_typos(meant, [])
            found.append(Correction(question, meant))
            return meant
        if HAN.search(question):
            return question
        letters = "".join(_LATIN.findall(question.lower()))
        if len(letters) < 6:
            return question
        words, read, telling = [], 0, False
        at = 0
        while at < len(letters):
            size = next(
                (
                    size
                    for size in range(min(self._longest_sound, len(letters) - at), 0, -1)
                    if letters[at : at + size] in self._by_sound
                ),
                0,
            )
            if not size:
                at += 1
                continue
            word = self._by_sound[letters[at : at + size]]
            words.append(word)
            telling = telling or (len(word) >= 2 and word not in _ASKED_IN_PINYIN)
            read += size
            at += size
        if not telling or read < 0.85 * len(letters):
            return question
        chinese = "".join(words)
        found.append(Correction(question, chinese))
        return chinese

    @cached_property
    def _sounds(self) -> Sounds:
        return Sounds(self._asked, self._article)

    @cached_property
    def _by_sound(self) -> dict[str, str]:
        sounds: dict[str, str] = {}
        for word in [*_ASKED_IN_PINYIN, *self._vocabulary]:
            sounds.setdefault("".join(_syllables(word)), word)
        return sounds

    @cached_property
    def _longest_sound(self) -> int:
        return max(map(len, self._by_sound), default=0)


def index_corrector(index: Index, analyzer: Analyzer) -> Corrector:
    """The corrector over an index: its words, its glossary, and the names of its topics."""
    sources = index.sources
    return Corrector(
        analyzer,
        sources.article.text,
        [word for passage in index.passages for word in passage.words.split(" ")],
        sources.glossary,
        [name for topic in sources.topics.all for name in (topic.name, *topic.aliases)],
        bank_questions(sources.facts, sources.gaps),
    )


def _bounded(alias: str) -> str:
    """A pattern for an alias: a Latin one stands by itself, in the singular or the plural."""
    pattern = re.escape(alias)
    if alias[:1].isascii():
        pattern = rf"(?<![a-z0-9]){pattern}(?:s|es)?(?![a-z0-9])"
    return pattern


def _syllables(word: str) -> list[str]:
    return [syllable(character) for character in word]


def _sound(word: str) -> tuple[str, ...]:
    return tuple(map(fuzzy, word))
