"""Persons: whether a question names somebody whom the article does not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise

from pypinyin import lazy_pinyin

from bot.article.glossary import Term
from bot.article.model import Article
from bot.care import names as forms

_FOREIGN = re.compile(r"[\u4e00-\u9fff]{1,6}(?:[·・][\u4e00-\u9fff]{1,8})+")
_LATIN = re.compile(r"\b[A-Z][a-z'’]+(?:[ -](?:(?:van|von|de|der|al|bin) )?[A-Z][a-z'’]+)+")
# Of a capitalised run of words, those that are no name.
_PLACES = frozenset(
    "united states kingdom new york south north america china university hong kong".split()
)
_MARKS = "，,。、 ?？!！"
# In these places stands a person's name, whatever it looks like.
_ASKED_ALONE = re.compile(
    "(?P<name>[a-z]{0,3}(?:(?![这那的他她它我你谁哪几])[\u4e00-\u9fff]){1,7}?)"
    "(?:有没有|到底|究竟|都|曾经?|还)?"
    "(?:(?:说|讲)(?:过|了)?(?:什么|啥|哪些|哪句|些什么)|是谁[啊呀]?[?？]?$|和.{2,6}认识吗"
    "|得过|患过|来过|去过|参加过|(?:是)?怎么(?:看|说|评价)|如何(?:看|评价)|支持|投资)"
)
_WHATEVER = re.compile(
    "文中|文章|报道|里|请问|到底|都|曾经?|在|有|说|讲|表示|过|了|的|原话|什么|啥|哪些|些|话|一?句|怎么|是|吗|呢|教授|医生|主任|老师"
    "|\\b(?:what|did|does|has|say|said|says|quotes?|by|of|from|in|the|article|anything|words?)\\b"
)
_HAN = re.compile("[\u3400-\u9fff]+")
# What a sentence begins with and is capitalised for it.
_NO_NAMES = frozenset(
    "what who when where why how which is are was were does did do has have had can could will "
    "would tell please list give the a an in on at of for and with about".split()
)
_SHORTEST = 2
_YOUNGER = ("小", "老")
# Whoever says, is asked about, or stands beside somebody is a person.
_AFTER = re.compile(
    r"(?:有没有|是不是|也|都|曾经?|究竟|到底|本人|先生|女士|教授|院士|医生|博士|主席|总理|总统|主任)*"
    r"(?:说|讲|是谁|是哪|怎么|如何|认为|觉得|评价|认识|和|跟|与|同|对|来|去|到|在|有|的|得|做|参加|支持|投资|会|能|吗|呢|$|[?？,，。])"
)
_BEFORE = re.compile(
    r"(?:^|[和跟与同是像被给对找问请叫有,，、 ]|认识|关于|提到|采访|介绍|评价|说说)$"
)


class Persons:
    """Whom one article names, and who else a question may name.

    `words` cuts a text into words, each with its place; `names` gives the names of people that
    the dictionary has, each with its tag: `nr` for Chinese ones, `ns` for places that may be
    somebody's too. `is_word` says whether the dictionary has a word, `spells` whether letters are
    pinyin.
    """

    def __init__(
        self,
        article: Article,
        terms: Sequence[Term],
        fold: Callable[[str], str],
        words: Callable[[str], Iterable[tuple[str, int]]],
        names: Callable[[], Mapping[str, str]],
        is_word: Callable[[str], bool],
        spells: Callable[[str], bool],
    ) -> None:
        self._fold = fold
        self._words = words
        self._names = names
        self._is_word = is_word
        self._spells = spells
        people = [term for term in terms if term.person]
        self._people = {name: term.name for term in people for name in (term.name, *term.aliases)}
        self._sounds = {_sound(term.name) for term in people}
        every = [name for term in terms for name in (term.name, *term.aliases)]
        self._known = fold(article.text + "\n" + "\n".join(every))
        self._known_latin = set(re.findall("[a-z]+", self._known))
        self._known_run = re.sub("[^a-z]", "", self._known)
        self._latin_names = {
            parts
            for name in (*self._people, *self._people.values())
            for parts in _latin_forms(fold(name))
        }

    def warm_up(self) -> None:
        """Load the dictionary's names."""
        self._names()

    def names_in(self, question: str) -> dict[str, str]:
        """The persons of the article whom a question names: each name as it is written there,
        folded, with the article's own.
        """
        text = self._fold(question)
        found: dict[str, str] = {}
        for name, whole in sorted(self._people.items(), key=lambda item: -len(item[0])):
            folded = self._fold(name)
            if folded not in text:
                continue
            if not any(folded in longer for longer in found):
                found[folded] = whole
        return found

    def is_somebody_else(self, question: str) -> bool:
        """Whether a name is made another's by a word before it: 小张医生 is not 张医生."""
        text = self._fold(question)
        return any(
            younger + self._fold(name) in text for name in self._people for younger in _YOUNGER
        )

    def asks_for_all(self, question: str, name: str) -> bool:
        """Whether a question asks for whatever a person says, and for nothing in particular."""
        rest = _WHATEVER.sub("", self._fold(question).replace(name, "", 1))
        return not rest.strip(_MARKS)

    def stranger(self, question: str) -> str | None:
        """Somebody whom a clean question names and the article does not; None where there is
        nobody. A typo of a name that it has is nobody else.
        """
        latin = self._latin_stranger(question)
        if latin is not None:
            return latin
        text = self._fold(question)
        said = _ASKED_ALONE.match(text.strip(_MARKS))
        if said and self._is_unknown(said["name"]):
            return said["name"]
        for name in forms.chinese(text, self._words(text), self._is_other):
            if self._is_nobody_known(name):
                return name
        for name in sorted(self._people, key=len, reverse=True):
            text = text.replace(self._fold(name), " ")
        for foreign in _FOREIGN.finditer(text):
            if not any(part in self._known for part in re.split("[·・]", foreign.group())[:1]):
                return foreign.group()
        for word, start in self._candidates(text):
            if self._is_stranger(word, text[:start], text[start + len(word) :]):
                return word
        return None

    def _candidates(self, text: str) -> Iterable[tuple[str, int]]:
        """Words that may be names, also two that are side by side and one name."""
        words = list(self._words(text))
        for at, (word, start) in enumerate(words):
            yield word, start
            surname = word in forms.SURNAMES or word in forms.TWO
            if (surname or not self._is_ordinary(word)) and at + 1 < len(words):
                following, place = words[at + 1]
                if place == start + len(word) and len(word) + len(following) <= 4:
                    yield word + following, start

    def _is_unknown(self, name: str) -> bool:
        """Whether nothing of the article is called so, or nearly so."""
        if len(name) < _SHORTEST:
            return False
        cut = [word for word, _ in self._words(name)]
        # 署名是谁 asks for no person of this name: an ordinary word is none.
        if any(len(word) > 1 and self._is_ordinary(word) for word in cut):
            return False
        return (
            not any(word in self._known for word in (name, *cut) if len(word) > 1)
            and not any(each in name for each in map(self._fold, self._people))
            and _sound(name) not in self._sounds
            and not self._is_typo(name)
        )

    def _is_ordinary(self, word: str) -> bool:
        return self._is_word(word) and word not in self._names()

    def _is_other(self, word: str) -> bool:
        """Whether a word is in the dictionary and no person's name."""
        return self._is_word(word) and self._names().get(word) in (None, "ns")

    def _is_nobody_known(self, name: str) -> bool:
        """Whether a Chinese name is not the article's, nor one of its names written wrong."""
        return (
            name not in self._known
            and not any(len(part) > 1 and part in self._people for part in _parts(name))
            and _sound(name) not in self._sounds
            and not self._is_typo(name)
        )

    def _is_stranger(self, word: str, before: str, after: str) -> bool:
        """Whether a word is the name of a stranger that the dictionary has."""
        if not 2 <= len(word) <= 7 or not _HAN.fullmatch(word) or not self._is_nobody_known(word):
            return False
        by_surname = word[0] in forms.SURNAMES or word[:2] in forms.TWO
        tag = self._names().get(word)
        if tag in (None, "ns") or (tag == "nr" and not by_surname):
            return False
        return (_AFTER.match(after) is not None and _BEFORE.search(before) is not None) or (
            forms.AFTER.match(after) is not None and forms.BEFORE.search(before) is not None
        )

    def _latin_stranger(self, question: str) -> str | None:
        """A stranger named in Latin letters, by capitals or in pinyin."""
        for match in _LATIN.finditer(question):
            words = match.group().split()
            while words and words[0].lower() in _NO_NAMES | forms.TITLES:
                words.pop(0)
            words = [re.sub("['’]s$", "", word) for word in words]
            parts = re.findall("[a-z]+", self._fold(" ".join(words)))
            joined = {"".join(parts), *(one + other for one, other in pairwise(parts))}
            if len(words) < 2 or joined & self._latin_names:
                continue
            if not set(parts) & (self._known_latin | _PLACES):
                return " ".join(words)
            if forms.is_pinyin_name(parts, self._spells) and "".join(parts) not in self._known_run:
                return " ".join(words)
        for name in forms.pinyin_names(question, self._spells):
            if name.replace(" ", "") not in self._latin_names:
                return name
        return None

    def _is_typo(self, word: str) -> bool:
        """Whether all but one character of a name stand in it."""
        return any(
            len(name) == len(word)
            and sum(one != other for one, other in zip(name, word, strict=True)) == 1
            and (len(word) > 2 or _alike(_sound(name), _sound(word)))
            for name in self._people.values()
        )


def _latin_forms(name: str) -> Iterable[str]:
    """A name in Latin letters without spaces, in both orders: ``yizhang`` and ``zhangyi``."""
    words = re.findall("[a-z]+", name)
    if not words:
        sounds = lazy_pinyin(name)
        words = [sounds[0], "".join(sounds[1:])]
    return ("".join(words), "".join((*words[1:], words[0])), "".join((words[-1], *words[:-1])))


def _parts(word: str) -> list[str]:
    return [word[:size] for size in range(2, len(word))]


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names sound nearly the same: by one letter more, less or other."""
    first, second = sorted((" ".join(one), " ".join(other)), key=len)
    if len(second) - len(first) > 1:
        return False
    if len(first) == len(second):
        return sum(a != b for a, b in zip(first, second, strict=True)) <= 1
    return any(second[:at] + second[at + 1 :] == first for at in range(len(second)))


def _sound(name: str) -> tuple[str, ...]:
    """How a name sounds, without tones."""
    return tuple(lazy_pinyin(name))
