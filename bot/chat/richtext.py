"""Text with message entities, counted in Telegram's UTF-16 units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from telegram import MessageEntity
from telegram.constants import MessageLimit

from bot.article.model import Span

MAX_UNITS = int(MessageLimit.MAX_TEXT_LENGTH)
"""Longest message text, in UTF-16 units."""

MAX_CAPTION_UNITS = int(MessageLimit.CAPTION_LENGTH)
"""Longest caption of a picture, in UTF-16 units."""

MAX_ENTITIES = int(MessageLimit.MESSAGE_ENTITIES)
"""Telegram ignores the entities after these."""


def utf16_length(text: str) -> int:
    """The length of `text` in UTF-16 units: characters outside the BMP count twice."""
    return len(text) + sum(character > "\uffff" for character in text)


def clip(text: str, characters: int) -> str:
    """`text`, shortened to so many characters with an ellipsis where it is longer."""
    return text if len(text) <= characters else text[: characters - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message as it will be sent."""

    text: str
    entities: tuple[MessageEntity, ...] = ()

    @property
    def fingerprint(self) -> int:
        """Equal for equal messages within this process."""
        return hash((self.text, self.entities))


class RichText:
    """A message under construction; refuses what would go past `limit`, in UTF-16 units.

    `before` is how much of the message it will be part of stands before it.
    """

    def __init__(self, limit: int = MAX_UNITS, before: int = 0) -> None:
        self.limit = limit
        self._before = before
        self._parts: list[str] = []
        self._units = 0
        self._kept: list[MessageEntity] = []
        self._styles: list[MessageEntity] = []

    def __bool__(self) -> bool:
        return self._units > 0

    @property
    def end(self) -> int:
        """Where in the message the next character will stand."""
        return self._before + self._units

    def fits(self, *texts: str) -> bool:
        """Whether all of `texts` can still be added."""
        return self._units + sum(map(utf16_length, texts)) <= self.limit

    def add(self, text: str, *styles: str) -> None:
        """Append text, plain or in some styles (types of message entities).

        Raises:
            ValueError: it does not fit.
        """
        if not self.fits(text):
            raise ValueError("the message would be too long")
        start = self._units
        self._parts.append(text)
        self._units += utf16_length(text)
        if self._units > start:
            length = self._units - start
            self._styles += [MessageEntity(style, start, length) for style in styles]

    def add_link(self, text: str, url: str) -> None:
        """Append text that leads to `url`.

        Raises:
            ValueError: it does not fit.
        """
        start = self._units
        self.add(text)
        kind = MessageEntity.TEXT_LINK
        self._kept.append(MessageEntity(kind, start, self._units - start, url=url))

    def add_blockquote(self, text: str, bold: Iterable[Span], *, expandable: bool) -> None:
        """Append a blockquote with the spans of `text` in `bold` (code points) set bold.

        Raises:
            ValueError: it does not fit.
        """
        start = self._units
        self.add(text)
        kind = MessageEntity.EXPANDABLE_BLOCKQUOTE if expandable else MessageEntity.BLOCKQUOTE
        self._kept.append(MessageEntity(kind, start, self._units - start))
        for span in bold:
            offset = start + utf16_length(text[: span.start])
            length = utf16_length(text[span.start : span.end])
            self._styles.append(MessageEntity(MessageEntity.BOLD, offset, length))

    def append(self, other: RichText) -> None:
        """Append all of `other`.

        Raises:
            ValueError: it does not fit.
        """
        start = self._units
        self.add("".join(other._parts))
        self._kept += [_shifted(entity, start) for entity in other._kept]
        self._styles += [_shifted(entity, start) for entity in other._styles]

    def build(self) -> Rendered:
        """The finished message; where there are too many entities, styles give way."""
        return Rendered("".join(self._parts), in_order(self._kept, self._styles))


def _shifted(entity: MessageEntity, by: int) -> MessageEntity:
    return MessageEntity(entity.type, entity.offset + by, entity.length, url=entity.url)


def in_order(
    kept: Sequence[MessageEntity], styles: Sequence[MessageEntity]
) -> tuple[MessageEntity, ...]:
    """At most as many entities as Telegram takes, as it wants them sorted; `styles` give way."""
    room = max(0, MAX_ENTITIES - len(kept))
    chosen = [*kept[:MAX_ENTITIES], *styles[:room]]
    return tuple(sorted(chosen, key=lambda entity: (entity.offset, -entity.length)))
