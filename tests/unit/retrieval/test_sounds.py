from __future__ import annotations

import pytest

from bot.retrieval.pinyin import fuzzy, syllable, typed_syllables
from bot.retrieval.sounds import Heard, Sounds

ASKED = (
    "长江有多长，流经哪些省份",
    "黄河为什么是黄的",
    "泥沙从哪里来的",
    "What is the longest river?",
    "huanghe zai na",
)


@pytest.fixture(scope="module")
def sounds() -> Sounds:
    """Five questions about rivers by sound."""
    return Sounds(ASKED)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("huang he wei shenme shi huang de", "黄河为什么是黄的"),
        ("huanghe weisenme si huangde", "黄河为什么是黄的"),
        ("nisha 从 nali lai", "泥沙从哪里来的"),
        ("What is the longest river?", None),
        ("CAR-T", None),
        ("ta shi shei", None),
        ("黄河为什么是黄的", None),
        ("", None),
    ],
)
def test_reads_pinyin(sounds: Sounds, typed: str, meant: str | None) -> None:
    """Mixed with characters too; English is none, nor what sounds like no question known."""
    assert meant == sounds.in_pinyin(typed.lower())


def test_hears_characters_that_sound_alike(sounds: Sounds) -> None:
    """Each is read as the one that the question known has there."""
    heard = sounds.hear("皇河为什么是黄的", {0})

    assert (Heard(0, 1, "黄"),) == heard


@pytest.mark.parametrize(
    "question", ["黄河为什么是黄的", "皇河", "海为什么是蓝的", "她为什么是黄的", "?"]
)
def test_leaves_alone_what_it_cannot_know(sounds: Sounds, question: str) -> None:
    """What is spelt as known, too short, or not heard in any question."""
    assert () == sounds.hear(question, range(len(question)))


def test_a_word_of_the_language_stays(sounds: Sounds) -> None:
    """Only doubtful characters are read anew."""
    assert () == sounds.hear("皇河为什么是黄的", ())


def test_nothing_is_known_without_questions() -> None:
    """As with an article that has no bank."""
    assert None is Sounds(()).in_pinyin("huang he")
    assert () == Sounds(()).hear("黄河为什么", range(9))


def test_pinyin_is_cut_into_syllables() -> None:
    """Sounds that many do not tell apart are one; what is no pinyin is None."""
    assert ("zhang", "zan") == (syllable("张"), fuzzy("张"))
    assert ["zan", "yi"] == typed_syllables("zhangyi")
    assert [None, None, ["li"]] == [typed_syllables(each) for each in ("who", "treg", "li")]
