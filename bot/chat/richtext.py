"""Text with message entities, counted in Telegram's UTF-16 units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from telegram import MessageEntity
from telegram.constants import MessageLimit

from bot.article.model import Span

MAX_UNITS = int(MessageLimit.MAX_TEXT_LENGTH)
"""Longest message text, in UTF-16 units."""

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
    """A message under construction; refuses what would go past Telegram's limits."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._units = 0
        self._blocks: list[MessageEntity] = []
        self._bolds: list[MessageEntity] = []

    def __bool__(self) -> bool:
        return bool(self._parts)

    def fits(self, *texts: str) -> bool:
        """Whether all of `texts` can still be added."""
        return self._units + sum(map(utf16_length, texts)) <= MAX_UNITS

    def add(self, text: str) -> None:
        """Append plain text.

        Raises:
            ValueError: it does not fit.
        """
        if not self.fits(text):
            raise ValueError("the message would be too long")
        self._parts.append(text)
        self._units += utf16_length(text)

    def add_blockquote(self, text: str, bold: Iterable[Span], *, expandable: bool) -> None:
        """Append a blockquote with the spans of `text` in `bold` (code points) set bold.

        Raises:
            ValueError: it does not fit.
        """
        start = self._units
        self.add(text)
        kind = MessageEntity.EXPANDABLE_BLOCKQUOTE if expandable else MessageEntity.BLOCKQUOTE
        self._blocks.append(MessageEntity(kind, start, self._units - start))
        for span in bold:
            offset = start + utf16_length(text[: span.start])
            length = utf16_length(text[span.start : span.end])
            self._bolds.append(MessageEntity(MessageEntity.BOLD, offset, length))

    def build(self) -> Rendered:
        """The finished message; where there are too many entities, bold ones give way."""
        kept = self._blocks + self._bolds[: MAX_ENTITIES - len(self._blocks)]
        ordered = sorted(kept, key=lambda entity: (entity.offset, -entity.length))
        return Rendered("".join(self._parts), tuple(ordered))
