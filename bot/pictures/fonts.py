"""The fonts of the pictures, and which characters they have."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from PIL import ImageFont

from bot.errors import ArticleError
from bot.project import PROJECT_ROOT

FOLDER = PROJECT_ROOT / "data" / "fonts"
REGULAR = FOLDER / "NotoSerifSC-Regular.subset.otf"
BOLD = FOLDER / "NotoSerifSC-Bold.subset.otf"

# A code point that is no character in any font.
_NOTHING = "\uffff"
_PROBE_SIZE = 24

_log = logging.getLogger(__name__)


class Typeface:
    """A font in a regular and a bold weight, at any size.

    Without `path` it is the committed one, cut down to the article and the labels; another font
    file serves for both weights.

    Raises:
        ArticleError: the file is missing, or not a font.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._paths = (REGULAR, BOLD) if path is None else (path, path)
        for one in self._paths:
            try:
                _load(one, _PROBE_SIZE)
            except OSError as error:
                raise ArticleError(f"{one.name}: {error.strerror or error}") from error

    def at(self, size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
        """The font at `size` pixels to the em."""
        return _load(self._paths[bold], size)

    def has(self, character: str, *, bold: bool = False) -> bool:
        """Whether there is a glyph for `character`; white space needs none."""
        return character.isspace() or _has(self._paths[bold], character)

    def report_missing(self, texts: Iterable[str]) -> None:
        """Say in the log which characters of `texts` are drawn as empty boxes."""
        missing = sorted({one for text in texts for one in text if not self.has(one)})
        if missing:
            codes = " ".join(f"U+{ord(character):04X}" for character in missing)
            _log.warning("%s has no glyph for %s", self._paths[0].name, codes)


@lru_cache(maxsize=64)
def _load(path: Path, size: int) -> ImageFont.FreeTypeFont:
    # Every character is placed by us, so the basic layout is enough, and quick.
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=16_384)
def _has(path: Path, character: str) -> bool:
    return _picture(path, character) != _missing_picture(path)


@cache
def _missing_picture(path: Path) -> tuple[tuple[int, int], bytes]:
    return _picture(path, _NOTHING)


def _picture(path: Path, character: str) -> tuple[tuple[int, int], bytes]:
    mask = _load(path, _PROBE_SIZE).getmask(character)
    return mask.size, bytes(mask)
