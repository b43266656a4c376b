from __future__ import annotations

import re
from pathlib import Path

import pytest

import bot.chat
import bot.locales
from bot.article.model import Kind
from bot.chat.commands import MENUS
from bot.chat.votes import Fault
from bot.locales import LANGUAGES, catalog
from bot.retrieval.answer import Reason
from bot.retrieval.verification import Verdict
from bot.retrieval.wording import Difference

FOLDER = Path(bot.locales.__file__).parent
KEY = re.compile(r"^([a-z][a-z0-9-]*) =", re.MULTILINE)
PLACEABLE = re.compile(r"\{ \$([a-z]+) \}")


def _source(language: str) -> str:
    return (FOLDER / f"{language}.ftl").read_text(encoding="utf-8")


def _messages(language: str) -> dict[str, list[str]]:
    """The values each message takes, by key."""
    parts = KEY.split(_source(language))
    return {
        key: sorted(PLACEABLE.findall(body))
        for key, body in zip(parts[1::2], parts[2::2], strict=True)
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_sentences_with_the_same_values(language: str) -> None:
    """No key is missing or left over, and each takes the same placeables."""
    assert _messages(LANGUAGES[0]) == _messages(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_defined_twice(language: str) -> None:
    """The second one would silently win."""
    keys = KEY.findall(_source(language))
    assert sorted(set(keys)) == sorted(keys)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_can_be_said(language: str) -> None:
    """With its values filled in, and nothing of the markup left over."""
    said = catalog(language)
    for key, names in _messages(language).items():
        text = said(key, **dict.fromkeys(names, "X"))
        # In Chinese nothing stands between words in quotation marks.
        assert (True, False) == (bool(text.strip() or "separator" in key), "{" in text)


def test_every_sentence_the_chat_asks_for_exists() -> None:
    """The keys in the code, and those made from a reason, a kind, a command and the like."""
    code = "".join(
        path.read_text(encoding="utf-8") for path in Path(bot.chat.__file__).parent.glob("*.py")
    )
    written = re.findall(r"(?:catalog|sentences|say|\))\(\s*\"([a-z-]+)\"", code)
    written += re.findall(r"(?:Outcome\.refused|_said)\(\"([a-z-]+)\"", code)
    families = "alert|button|card|vote|link|limit|settings|introduction|language|reading|profile"
    written += re.findall(rf"\"((?:{families})-[a-z-]+)\"", code)
    made = [f"reason-{reason.value.replace('_', '-')}" for reason in Reason]
    made += [f"kind-{kind}" for kind in (Kind.TITLE, Kind.BYLINE, Kind.SIGNATURE)]
    made += [f"kind-{kind}" for kind in (Kind.CAPTION, Kind.CREDIT)]
    made += [f"command-{name}" for _, names in MENUS for name in names]
    made += [f"fault-{fault}" for fault in Fault]
    made += [f"verdict-{verdict}" for verdict in Verdict]
    made += [f"piece-{verdict}" for verdict in Verdict if verdict is not Verdict.STITCHED]
    made += [f"difference-{each.value.replace('_', '-')}" for each in Difference]
    assert set() == {*written, *made} - set(_messages("zh"))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (None, "zh"),
        ("", "zh"),
        ("en", "en"),
        ("en-GB", "en"),
        ("EN", "en"),
        ("zh", "zh"),
        ("zh-hans", "zh"),
        ("zh-CN", "zh"),
        ("zh-Hans-TW", "zh"),
        ("zh-SG", "zh"),
        ("zh-hant", "zh-hant"),
        ("zh-TW", "zh-hant"),
        ("zh_hk", "zh-hant"),
        ("zh-Hant-MO", "zh-hant"),
        ("yue-HK", "zh-hant"),
        ("fr", "en"),
        ("ja", "en"),
        ("zhx", "en"),
    ],
)
def test_the_catalogue_follows_the_language_tag(code: str | None, expected: str) -> None:
    """繁體 for its regions, 简体 for other Chinese, English for everybody else."""
    assert expected == catalog(code).language


def test_a_missing_sentence_or_value_is_an_error() -> None:
    """Not an empty message to a reader."""
    for key in ("no-such-sentence", "topic-page"):
        with pytest.raises((KeyError, LookupError)):
            catalog("zh")(key)
