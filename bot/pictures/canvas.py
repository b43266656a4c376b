"""Blocks of text that are measured first and drawn then, one under the other."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from bot.article.model import Span
from bot.pictures.fonts import Typeface
from bot.pictures.theme import Colour
from bot.pictures.typesetting import Line, Placed, set_lines

_MARKER_FROM = 0.62
_MARKER_TO = 1.06
# A box that stands for a character without a glyph, in shares of an em.
_BOX = (0.12, 0.1, 0.88, 0.86)
_COLOURS = 128
# Two dashes are printed as one stroke; in most fonts two glyphs leave a gap.
_DASHES, _TWO_EM_DASH = "——", "⸺"


@dataclass(frozen=True, slots=True)
class Style:
    """How a block is set: pixels to the em, height of a line in em, colours, weight.

    `mark` colours the marked words, over `marker`; without them nothing is marked.
    """

    size: int
    colour: Colour
    leading: float = 1.6
    bold: bool = False
    mark: Colour | None = None
    marker: Colour | None = None
    justified: bool = True


@dataclass(frozen=True)
class Block:
    """Some text broken into lines, ready to be drawn."""

    text: str
    style: Style
    lines: tuple[Line, ...]
    marked: frozenset[int]

    @property
    def height(self) -> int:
        """In pixels, with the lines' leading."""
        return round(len(self.lines) * self.style.size * self.style.leading)


def set_block(
    text: str, style: Style, typeface: Typeface, width: float, marks: Iterable[Span] = ()
) -> Block:
    """Break `text` into lines of `width` pixels; `marks` are the words to mark."""
    spans = tuple(marks) if style.mark is not None else ()
    marked = frozenset(at for span in spans for at in range(span.start, span.end))
    regular = typeface.at(style.size, bold=style.bold)
    bold = typeface.at(style.size, bold=True)

    def measure(piece: str, start: int) -> float:
        if not all(typeface.has(character) for character in piece):
            return float(style.size * len(piece))
        return (bold if start in marked else regular).getlength(piece)

    lines = set_lines(
        text,
        measure,
        float(style.size),
        width,
        styles=_edges(spans),
        justified=style.justified,
    )
    return Block(text, style, tuple(lines), marked)


class Canvas:
    """A picture that grows no more: `width` and `height` in pixels."""

    def __init__(self, width: int, height: int, paper: Colour, typeface: Typeface) -> None:
        self._image = Image.new("RGB", (width, height), paper)
        self._typeface = typeface
        self.draw = ImageDraw.Draw(self._image)

    def put(self, block: Block, x: float, y: float) -> float:
        """Draw a block with its top left corner there; the y below it."""
        style = block.style
        step = style.size * style.leading
        for line in block.lines:
            self._mark(block, line, x, y)
            for placed in line:
                self._put_piece(block, placed, x + placed.x, y)
            y += step
        return y

    def png(self) -> bytes:
        """The picture as a PNG file."""
        buffer = io.BytesIO()
        # Few colours and their blends: a palette is a third of the size, and no slower.
        paletted = self._image.quantize(
            _COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
        )
        paletted.save(buffer, "PNG", compress_level=6)
        return buffer.getvalue()

    def _mark(self, block: Block, line: Line, x: float, y: float) -> None:
        """The marker's stroke behind the marked words, in one piece over those side by side."""
        size, marker = block.style.size, block.style.marker
        if marker is None:
            return
        top = y + size * (block.style.leading - 1) / 2
        run: list[Placed] = []
        for placed in (*line, None):
            if placed is not None and placed.start in block.marked:
                run.append(placed)
            elif run:
                # A mark without its left half stands partly before the line.
                left, right = x + max(run[0].x, 0), x + run[-1].x + run[-1].width
                box = (left, top + size * _MARKER_FROM, right, top + size * _MARKER_TO)
                self.draw.rectangle(box, fill=marker)
                run = []

    def _put_piece(self, block: Block, placed: Placed, x: float, y: float) -> None:
        style = block.style
        is_marked = placed.start in block.marked
        colour = style.mark if is_marked and style.mark is not None else style.colour
        font = self._typeface.at(style.size, bold=style.bold or is_marked)
        baseline = y + style.size * (style.leading / 2 + 0.38)
        if all(self._typeface.has(character) for character in placed.text):
            text = placed.text
            if text == _DASHES and self._typeface.has(_TWO_EM_DASH):
                text = _TWO_EM_DASH
            self.draw.text((x, baseline), text, fill=colour, font=font, anchor="ls")
            return
        for number, character in enumerate(placed.text):
            left = x + number * style.size
            if self._typeface.has(character):
                self.draw.text((left, baseline), character, fill=colour, font=font, anchor="ls")
            else:
                self._put_box(left, baseline - 0.86 * style.size, style.size, colour)

    def _put_box(self, x: float, y: float, size: int, colour: Colour) -> None:
        left, top, right, bottom = (size * share for share in _BOX)
        self.draw.rectangle(
            (x + left, y + top, x + right, y + bottom), outline=colour, width=max(2, size // 20)
        )


def _edges(spans: Sequence[Span]) -> Collection[int]:
    return frozenset(at for span in spans for at in (span.start, span.end))
