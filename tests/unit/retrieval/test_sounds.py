from __future__ import annotations

import pytest

from bot.retrieval.pinyin import confused, fuzzy, readings, syllable, typed_syllables
from bot.retrieval.sounds import Heard, Sounds

ASKED = (
    "长江有多长，流经哪些省份",
    "黄河为什么是黄的",
    "泥沙从哪里来的",
    "谁给黄河测过长度",
    "What is the longest river?",
    "huanghe zai na",
)
ARTICLE = "黄河长5464千米。GPS-3测得的长度，由李四公布；他也测过长江。"


@pytest.fixture(scope="module")
def sounds() -> Sounds:
    """Questions about rivers by sound."""
    return Sounds(ASKED, ARTICLE)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("huang he wei shenme shi huang de", "黄河为什么是黄的"),
        ("huanghe weisenme si huangde", "黄河为什么是黄的"),
        ("nisha 从 nali lai", "泥沙从哪里来"),
        ("changjiang you duo chang", "长江有多长"),
        ("huang he chang jiang shui chang", "黄河长江谁长"),
        ("gps-3 shei ce de", "gps-3谁测的"),
        ("What is the longest river?", None),
        ("CAR-T", None),
        ("can a man lie", None),
        ("ta zou", None),
        ("黄河为什么是黄的", None),
        ("", None),
    ],
)
def test_reads_pinyin(sounds: Sounds, typed: str, meant: str | None) -> None:
    """Also what was never asked so, and mixed with characters; English is none, nor what sounds
    like nothing that is asked.
    """
    assert meant == sounds.in_pinyin(typed.lower())


def test_hears_characters_that_sound_alike(sounds: Sounds) -> None:
    """By those round them."""
    assert (Heard(0, "黄"),) == sounds.hear("皇河为什么是黄的", {0})
    assert (Heard(6, "度"),) == sounds.hear("给黄河测过长渡吗", {6})


@pytest.mark.parametrize(
    "question", ["黄河为什么是黄的", "皇河", "海为什么是蓝的", "她为什么是黄的", "?"]
)
def test_leaves_alone_what_it_cannot_know(sounds: Sounds, question: str) -> None:
    """What is spelt as known, too short, or nothing that is asked."""
    assert () == sounds.hear(question, range(len(question)))


def test_a_word_of_the_language_stays(sounds: Sounds) -> None:
    """Only doubtful characters are read anew."""
    assert () == sounds.hear("皇河为什么是黄的", ())


def test_nothing_is_known_without_questions() -> None:
    """As with an article that has no bank."""
    assert None is Sounds(()).in_pinyin("huang he")
    assert () == Sounds(()).hear("黄河为什么", range(9))


def test_pinyin_is_cut_into_syllables() -> None:
    """What is no pinyin is None; sounds that many do not tell apart are one."""
    assert ("zhang", "zan") == (syllable("张"), fuzzy("张"))
    assert ["zhang", "yi"] == typed_syllables("zhangyi")
    assert [None, None, ["li"]] == [typed_syllables(each) for each in ("who", "treg", "li")]
    assert {"chang", "zhang"} <= set(readings("长"))
    assert confused("cheng") == confused("cen")
