"""The timeline: the article's dated events one under the other, as a picture for a phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.article.model import Metadata
from bot.errors import ArticleError
from bot.locales import Catalog, catalog
from bot.pictures.canvas import Block, Canvas, Style, set_block
from bot.pictures.card import WIDTH, place, source_line
from bot.pictures.events import Event
from bot.pictures.fonts import Typeface
from bot.pictures.theme import Theme

MAX_HEIGHT = 8900
"""In pixels: Telegram takes photos whose width and height are together at most 10,000."""

_MARGIN = 80
_RULE = 96
_LEFT = 160
_INNER = WIDTH - _LEFT - _MARGIN
_RADIUS = 15
_SMALL_RADIUS = 10
_GAP = 40
_BETWEEN = 58
# Pixels to the em of the quoted words, from the size wanted to the least one.
_SIZES = range(40, 22, -2)


@dataclass(frozen=True)
class _Entry:
    """An event's blocks; without a date it is that of the one before."""

    date: Block | None
    words: Block
    place: Block

    @property
    def blocks(self) -> list[Block]:
        return [block for block in (self.date, self.words, self.place) if block is not None]

    @property
    def height(self) -> int:
        return sum(block.height for block in self.blocks)

    @property
    def middle(self) -> float:
        """How far below its top its dot is: in the middle of the first line."""
        first = self.blocks[0].style
        return first.size * first.leading / 2


def draw_timeline(
    events: Sequence[Event],
    metadata: Metadata,
    theme: Theme,
    *,
    say: Catalog | None = None,
    font: Path | None = None,
) -> bytes:
    """The events as a PNG, 1080 pixels wide and within Telegram's limits for photos.

    `say` has the labels' language, Chinese without it; `font` as for `draw_card`.

    Raises:
        ArticleError: the font cannot be read, or there are more events than a photo can hold.
    """
    say = say or catalog()
    typeface = Typeface(font)
    head = _head(metadata, theme, say, typeface)
    foot = set_block(
        say("picture-verbatim"), Style(28, theme.faint, justified=False), typeface, _INNER
    )
    labels = [event.label for event in events]
    for size in _SIZES:
        entries = [
            _entry(event, theme, say, typeface, size, is_dated=label != before)
            for event, label, before in zip(events, labels, [None, *labels], strict=False)
        ]
        height = _height(head, entries, foot)
        if height <= MAX_HEIGHT:
            break
    else:
        raise ArticleError(f"{len(events)} events are too many for one picture")
    texts = [event.quote.text for event in events]
    typeface.report_missing([*texts, *(entry.place.text for entry in entries)])
    canvas = Canvas(WIDTH, height, theme.paper, typeface)
    y: float = _MARGIN
    for block in head:
        y = canvas.put(block, _MARGIN, y)
    y = _put_entries(canvas, entries, y + _GAP, theme)
    canvas.put(foot, _LEFT, y + _GAP)
    return canvas.png()


def _head(metadata: Metadata, theme: Theme, say: Catalog, typeface: Typeface) -> list[Block]:
    title = Style(64, theme.ink, bold=True, justified=False)
    plain = Style(34, theme.label, leading=1.75, justified=False)
    named = say("article-named", title=metadata.title) if metadata.title else ""
    texts = (
        (say("picture-timeline"), title),
        (named, plain),
        (source_line(metadata, say), plain),
    )
    width = WIDTH - 2 * _MARGIN
    return [set_block(text, style, typeface, width) for text, style in texts if text]


def _entry(
    event: Event, theme: Theme, say: Catalog, typeface: Typeface, size: int, *, is_dated: bool
) -> _Entry:
    date = Style(size + 6, theme.accent, leading=1.7, bold=True, justified=False)
    words = Style(size, theme.ink, leading=1.62, mark=theme.accent)
    small = Style(max(size - 11, 20), theme.faint, leading=1.8, justified=False)
    where = place(event.quote.locator, say)
    if event.is_relative:
        printed = say("picture-printed", words=event.words)
        where = say("place-separator").join((printed, where))
    return _Entry(
        set_block(event.label, date, typeface, _INNER) if is_dated else None,
        set_block(event.quote.text, words, typeface, _INNER, event.quote.highlights),
        set_block(where, small, typeface, _INNER),
    )


def _height(head: Sequence[Block], entries: Sequence[_Entry], foot: Block) -> int:
    tall = sum(block.height for block in head) + sum(entry.height for entry in entries)
    return 2 * _MARGIN + tall + 2 * _GAP + max(len(entries) - 1, 0) * _BETWEEN + foot.height


def _put_entries(canvas: Canvas, entries: Sequence[_Entry], top: float, theme: Theme) -> float:
    tops: list[float] = []
    y = top
    for entry in entries:
        tops.append(y)
        y += entry.height + _BETWEEN
    middles = [start + entry.middle for start, entry in zip(tops, entries, strict=True)]
    if middles:
        canvas.draw.line((_RULE, middles[0], _RULE, middles[-1]), fill=theme.marker, width=5)
    for entry, start, middle in zip(entries, tops, middles, strict=True):
        radius = _RADIUS if entry.date else _SMALL_RADIUS
        dot = (_RULE - radius, middle - radius, _RULE + radius, middle + radius)
        canvas.draw.ellipse(dot, fill=theme.accent, outline=theme.paper, width=4)
        below = start
        for block in entry.blocks:
            below = canvas.put(block, _LEFT, below)
    return y - _BETWEEN if entries else y
