"""Widening the quotes of a message that was sent already, in place.

What the message says beside its quotes is taken over from the message itself, so that the
button works after a restart and on old messages. The quotes come from the article anew, and only
where the message still shows exactly what the article says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from telegram import MessageEntity

from bot.article.model import Article, Span
from bot.article.quote import Quote
from bot.chat.render import EXPANDABLE_AFTER
from bot.chat.richtext import MAX_UNITS, Rendered, in_order, utf16_length
from bot.chat.surroundings import View, Width, next_width, views
from bot.errors import NotVerbatim

BLOCKS = (MessageEntity.BLOCKQUOTE, MessageEntity.EXPANDABLE_BLOCKQUOTE)
_ENCODING = "utf-16-le"
_OWN = (*BLOCKS, MessageEntity.TEXT_LINK, MessageEntity.BOLD)


@dataclass(frozen=True, slots=True)
class Widening:
    """The quotes at `spans`, as they stand in a message, by the article they come from.

    `gap` is shown where text is left out.
    """

    article: Article
    spans: tuple[Span, ...]
    gap: str

    def next_width(self, shown: Rendered, width: Width) -> Width | None:
        """What a button under `shown`, whose quotes are at `width`, widens them to; None where
        there is nothing more to show.
        """
        room = _room(shown.text, blocks_of(shown.entities)[: len(self.spans)])
        return next_width(self.article, self.spans, width, room, self.gap)

    def at(self, shown: Rendered, width: Width) -> Rendered | None:
        """`shown` with its quotes at `width`; None where it does not show these quotes."""
        blocks = blocks_of(shown.entities)[: len(self.spans)]
        if len(blocks) < len(self.spans):
            return None
        units = shown.text.encode(_ENCODING, "surrogatepass")
        room = _room(shown.text, blocks)
        now = [_cut(units, block.offset, block.offset + block.length) for block in blocks]
        try:
            old = self._shown_views(now, room)
            new = views(self.article, self.spans, width, room, self.gap)
        except NotVerbatim:
            return None
        if old is None:
            return None
        return _replaced(units, shown.entities, list(zip(blocks, old, new, strict=True)), width)

    def _shown_views(self, texts: Sequence[str], room: int) -> tuple[View, ...] | None:
        for width in Width:
            seen = views(self.article, self.spans, width, room, self.gap)
            if [view.text for view in seen] == list(texts):
                return seen
        return None


def highlights_in(shown: Rendered, quote: Quote) -> list[Span]:
    """The bold words of a quote that a message shows, as spans of the article's text."""
    units = shown.text.encode(_ENCODING, "surrogatepass")
    for block in blocks_of(shown.entities):
        text = _cut(units, block.offset, block.offset + block.length)
        at = text.find(quote.text)
        if at < 0:
            continue
        start = block.offset + utf16_length(text[:at])
        end = start + utf16_length(quote.text)
        return [
            Span(
                quote.span.start + len(_cut(units, start, bold.offset)),
                quote.span.start + len(_cut(units, start, bold.offset + bold.length)),
            )
            for bold in _moved(shown.entities, start, end, 0)
            if bold.type == MessageEntity.BOLD
        ]
    return []


def blocks_of(entities: Iterable[MessageEntity]) -> list[MessageEntity]:
    """The blockquotes of a message, in order."""
    return sorted(
        (entity for entity in entities if entity.type in BLOCKS),
        key=lambda entity: entity.offset,
    )


def _room(text: str, blocks: Sequence[MessageEntity]) -> int:
    """The UTF-16 units that are left for quotes beside what else the message says."""
    return MAX_UNITS - utf16_length(text) + sum(block.length for block in blocks)


def _cut(units: bytes, start: int, end: int) -> str:
    return units[2 * start : 2 * end].decode(_ENCODING, "surrogatepass")


def _replaced(
    units: bytes,
    entities: Sequence[MessageEntity],
    changes: Sequence[tuple[MessageEntity, View, View]],
    width: Width,
) -> Rendered:
    text = ""
    kept: list[MessageEntity] = []
    styles: list[MessageEntity] = []
    done = 0
    for block, old, new in changes:
        moved = utf16_length(text) - done
        text += _cut(units, done, block.offset)
        _add(_moved(entities, done, block.offset, moved), kept, styles)
        start = utf16_length(text)
        length = utf16_length(new.text)
        folded = width is not Width.QUOTE or start + length > EXPANDABLE_AFTER
        kind = MessageEntity.EXPANDABLE_BLOCKQUOTE if folded else MessageEntity.BLOCKQUOTE
        kept.append(MessageEntity(kind, start, length))
        quote_now = start + utf16_length(new.text[: new.start])
        quote_then = block.offset + utf16_length(old.text[: old.start])
        length = utf16_length(new.text[new.start : new.end])
        if width is not Width.QUOTE:
            styles.append(MessageEntity(MessageEntity.UNDERLINE, quote_now, length))
        inside = _moved(entities, quote_then, quote_then + length, quote_now - quote_then)
        styles += [entity for entity in inside if entity.type == MessageEntity.BOLD]
        text += new.text
        done = block.offset + block.length
    moved = utf16_length(text) - done
    end = len(units) // 2
    _add(_moved(entities, done, end, moved), kept, styles)
    return Rendered(text + _cut(units, done, end), in_order(kept, styles))


def _moved(entities: Iterable[MessageEntity], start: int, end: int, by: int) -> list[MessageEntity]:
    """The bot's own entities inside a range, shifted; Telegram finds the others again."""
    return [
        MessageEntity(entity.type, entity.offset + by, entity.length, url=entity.url)
        for entity in entities
        if entity.type in _OWN
        and start <= entity.offset
        and entity.offset + entity.length <= end
        and entity.length
    ]


def _add(
    entities: Iterable[MessageEntity], kept: list[MessageEntity], styles: list[MessageEntity]
) -> None:
    for entity in entities:
        (styles if entity.type == MessageEntity.BOLD else kept).append(entity)
