"""Every sentence the bot itself says, by language, in Project Fluent's .ftl files.

Article text never passes through here: quotes stay as printed, whatever the reader's language.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource

LANGUAGES = ("zh", "zh-hant", "en")
"""The languages with a catalogue; the first one is the article's own."""

_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})


@dataclass(frozen=True, slots=True)
class Catalog:
    """The bot's sentences in one language."""

    language: str
    _bundle: FluentBundle

    def __call__(self, key: str, **values: str | int) -> str:
        """The sentence called `key`, with its `{ $placeables }` filled in.

        Raises:
            KeyError: there is no such sentence, or a value it needs is missing.
        """
        message = self._bundle.get_message(key)
        if message.value is None:
            raise KeyError(key)
        text, errors = self._bundle.format_pattern(message.value, values)
        if errors:
            raise KeyError(f"{key}: {errors[0]}")
        return str(text)


@cache
def _load(language: str) -> Catalog:
    source = Path(__file__).with_name(f"{language}.ftl").read_text(encoding="utf-8")
    # No isolation marks: Telegram shows them as odd characters in copied text.
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource(source))
    return Catalog(language, bundle)


def language_of(language_code: str | None) -> str:
    """Which of `LANGUAGES` serves an IETF language tag as Telegram sends it, such as `zh-hans`.

    Chinese with a traditional script or of a region that writes it is 繁體, other Chinese 简体,
    everything else English. An app that names no language gets the article's.
    """
    if not language_code:
        return LANGUAGES[0]
    language, *subtags = language_code.lower().replace("_", "-").split("-")
    if language not in ("zh", "yue"):
        return "en"
    if "hans" in subtags:
        return "zh"
    return "zh-hant" if _TRADITIONAL.intersection(subtags) else "zh"


def catalog(language_code: str | None = None) -> Catalog:
    """The catalogue for a language tag, as `language_of` chooses it."""
    return _load(language_of(language_code))
