"""The quote card: one quote with its source and place, as a picture for a phone."""

from __future__ import annotations

from pathlib import Path

from bot.article.model import Kind, Locator, Metadata
from bot.article.quote import Quote
from bot.locales import Catalog, catalog
from bot.pictures.canvas import Block, Canvas, Style, set_block
from bot.pictures.fonts import Typeface
from bot.pictures.theme import Theme

WIDTH = 1080
"""In pixels, three to each of a phone's points."""

MAX_HEIGHT = 2400
"""In pixels; a long quote is set smaller to stay below it."""

_MIN_HEIGHT = 810
_MARGIN = 100
_INNER = WIDTH - 2 * _MARGIN
# Pixels to the em for a quote up to so many characters.
_SIZES = ((36, 67), (80, 62), (130, 55), (WIDTH, 48))
_LEAST_SIZE = 20
_MARK = "“"
_ORNAMENT = 220
_NUMBERED = (Kind.LEAD, Kind.BODY, Kind.TESTIMONY)


def draw_card(
    quote: Quote,
    metadata: Metadata,
    theme: Theme,
    *,
    say: Catalog | None = None,
    font: Path | None = None,
) -> bytes:
    """The quote as a PNG, 1080 pixels wide and as high as it needs, at most 2,400.

    Its highlights are marked; `say` has the labels' language, Chinese without it. `font` is
    another font file than the committed one; characters it lacks are drawn as boxes, and logged.

    Raises:
        ArticleError: the font cannot be read.
    """
    say = say or catalog()
    typeface = Typeface(font)
    source = _source_blocks(quote.locator, metadata, theme, say, typeface)
    typeface.report_missing([quote.text, *(block.text for block in source)])
    size = next(size for length, size in _SIZES if len(quote.text) <= length)
    words = _words(quote, theme, typeface, size)
    while _height(words, source) > MAX_HEIGHT and size > _LEAST_SIZE:
        size -= 2
        words = _words(quote, theme, typeface, size)
    height = max(_height(words, source), _MIN_HEIGHT)
    canvas = Canvas(WIDTH, height, theme.paper, typeface)
    _put_ornament(canvas, theme, typeface)
    spare = height - _height(words, source)
    canvas.put(words, _MARGIN, 250 + spare / 3)
    y: float = height - _MARGIN - sum(block.height for block in source)
    canvas.draw.rectangle((_MARGIN, y - 44, _MARGIN + 72, y - 39), fill=theme.accent)
    for block in source:
        y = canvas.put(block, _MARGIN, y)
    return canvas.png()


def place(locator: Locator, say: Catalog) -> str:
    """Where a quote stands: section and paragraph, or what else it is."""
    if locator.kind in _NUMBERED:
        number = locator.paragraph_in_section if locator.section else locator.paragraph
        part = say("place-paragraph", number=str(number))
    else:
        part = say(f"kind-{locator.kind.value}")
    return say("place-separator").join(filter(None, (locator.section, part)))


def source_line(metadata: Metadata, say: Catalog) -> str:
    """The newspaper and its date, as far as they are known."""
    date = metadata.published.isoformat() if metadata.published else None
    return say("place-separator").join(filter(None, (metadata.publication, date)))


def _words(quote: Quote, theme: Theme, typeface: Typeface, size: int) -> Block:
    style = Style(size, theme.ink, leading=1.72, mark=theme.accent, marker=theme.marker)
    # Whole characters wide, so that lines are full without stretching.
    return set_block(quote.text, style, typeface, _INNER // size * size, quote.highlights)


def _source_blocks(
    locator: Locator, metadata: Metadata, theme: Theme, say: Catalog, typeface: Typeface
) -> list[Block]:
    title = Style(38, theme.ink, bold=True, justified=False)
    plain = Style(32, theme.label, leading=1.7, justified=False)
    small = Style(28, theme.faint, leading=2.2, justified=False)
    texts = (
        (say("article-named", title=metadata.title) if metadata.title else "", title),
        (source_line(metadata, say), plain),
        (place(locator, say), plain),
        (say("picture-verbatim"), small),
    )
    return [set_block(text, style, typeface, _INNER) for text, style in texts if text]


def _height(words: Block, source: list[Block]) -> int:
    return 250 + words.height + 130 + sum(block.height for block in source) + _MARGIN


def _put_ornament(canvas: Canvas, theme: Theme, typeface: Typeface) -> None:
    if not typeface.has(_MARK, bold=True):
        return
    font = typeface.at(_ORNAMENT, bold=True)
    # The mark has an empty half: its ink begins at the margin.
    mask, (left, top) = font.getmask2(_MARK, anchor="ls")
    ink = mask.getbbox() or (0, 0, 0, 0)
    corner = (_MARGIN - left - ink[0], _MARGIN - top - ink[1])
    canvas.draw.text(corner, _MARK, fill=theme.accent, font=font, anchor="ls")
