"""Distress: cries for help are told from ordinary messages, and answered in words of their kind."""

from __future__ import annotations

import datetime
import time

import pytest

from bot.care.distress import Detector, Distress, calm_part, load_weights
from bot.care.helplines import load_helplines
from bot.care.wording import distress_text
from bot.locales import LANGUAGES, catalog


@pytest.fixture(scope="module")
def detector() -> Detector:
    """By words alone: the same on every machine."""
    return Detector(load_weights())


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("我不想活了", Distress.SELF_HARM),
        ("我 不 想 活 了！！！！", Distress.SELF_HARM),
        ("我想結束生命", Distress.SELF_HARM),
        ("i want to kill myself", Distress.SELF_HARM),
        ("wo bu xiang huo le", Distress.SELF_HARM),
        ("救救我", Distress.EMERGENCY),
        ("妈妈快不行了我该怎么办", Distress.EMERGENCY),
        ("my dad is not breathing", Distress.EMERGENCY),
        ("🆘", Distress.EMERGENCY),
        ("我爸刚走了", Distress.GRIEF),
        ("I feel hopeless after my diagnosis, help", Distress.GRIEF),
    ],
)
def test_a_cry_for_help_is_recognised(detector: Detector, message: str, kind: Distress) -> None:
    """In any script, spaced out or not, and with its kind."""
    assert kind is detector.recognise(message)


@pytest.mark.parametrize(
    "message",
    [
        "这个项目救命了吗", "减肥不想活动", "渐冻症患者能活几年", "“救救渐冻人”的项目叫什么",
        "how many patients died", "渐冻症能治吗", "谢谢", "", "？？", "👍", "张毅哪年回国",
        "我妈得了渐冻症怎么办",
    ],
)  # fmt: skip
def test_an_ordinary_message_is_none(detector: Detector, message: str) -> None:
    """Also where it speaks of life, death and rescue."""
    assert detector.recognise(message) is None


def test_a_cry_in_a_long_message_is_heard(detector: Detector) -> None:
    """Each of its sentences is read; what is calm in it may be a question."""
    question = "渐冻症的临床研究是什么时候开始的？"
    message = "我看了这篇报道，写得很详细，也问了好几家医院。" + "我不想活了。" + question
    assert Distress.SELF_HARM is detector.recognise(message)
    assert calm_part(message, detector).endswith(question)


def test_a_message_takes_less_than_a_millisecond(detector: Detector) -> None:
    """The event loop judges every message."""
    begun = time.perf_counter()
    for number in range(200):
        detector.recognise(f"渐冻症的临床研究是什么时候开始的？{number}")
    assert (time.perf_counter() - begun) / 200 < 0.001


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_kind_names_whom_to_call(language: str) -> None:
    """Crisis line before emergency number; an ambulance alone; somebody to talk to alone."""
    say = catalog(language)
    danger, urgent, grief = (distress_text(kind, say) for kind in Distress)
    assert danger.index("12356") < danger.index("120/110")
    assert "findahelpline.com" in danger
    assert (True, False) == ("119" in urgent, "1925" in urgent or "12356" in urgent)
    assert (True, False) == ("1925" in grief, "119" in grief or "120" in grief)


def test_the_language_only_orders_the_numbers() -> None:
    """简体 has the mainland first, 繁體 Taiwan and Hong Kong; all have all."""
    ids = [
        [place.id for place in load_helplines().ordered(language)] for language in ("zh", "zh-hant")
    ]
    assert [["mainland", "hong-kong", "taiwan"], ["taiwan", "hong-kong", "mainland"]] == ids


def test_numbers_are_looked_up_again_after_a_year() -> None:
    """`doctor` warns then."""
    helplines = load_helplines()
    assert not helplines.is_stale(helplines.checked + datetime.timedelta(days=365))
    assert helplines.is_stale(helplines.checked + datetime.timedelta(days=366))
