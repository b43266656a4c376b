"""Every sentence the bot itself says, by language, in Project Fluent's .ftl files.

Article text never passes through here: quotes stay as printed, whatever the reader's language.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource

LANGUAGES = ("zh", "en")
"""The languages with a catalogue; the first one serves readers of any other language."""


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


def catalog(language_code: str | None = None) -> Catalog:
    """The catalogue for an IETF language tag as Telegram sends it, such as `zh-hans` or `en`.

    Readers of every language but those in `LANGUAGES` get the first one.
    """
    language = (language_code or "").lower().partition("-")[0]
    return _load(language if language in LANGUAGES else LANGUAGES[0])
