"""`python -m bot.pictures.subset REGULAR BOLD`: cut the pictures' fonts down to what they draw.

The committed files in data/fonts/ were made on Debian (package fonts-noto-cjk) by::

    python -m bot.pictures.subset \
        /usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc \
        /usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc

Needed again when a test says that a character has no glyph. Development only: fontTools is not
installed beside a running bot.
"""

from __future__ import annotations

import argparse
import string
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.pictures.fonts import BOLD, REGULAR

_ROOT = Path(__file__).resolve().parents[2]
_SOURCES = (
    "seeds/*.txt",
    *("data/article.toml", "data/topics.toml", "data/timeline.toml"),
    "bot/locales/*.ftl",
)
_MARKS = "，。、；：？！（）《》〈〉“”‘’「」『』【】［］…—⸺–·•～％‰℃×○□①②③④⑤⑥⑦⑧⑨⑩Ⅰ Ⅱ Ⅲ Ⅳ〇€£¥°±→"
# The simplified Chinese face among those of a Noto CJK collection.
_SIMPLIFIED = " SC"


def characters() -> str:
    """All characters of the article, of the files in data/ and of the bot's own sentences, with
    those of printed numbers, Latin words and punctuation.
    """
    text = string.printable + _MARKS
    for pattern in _SOURCES:
        for path in sorted(_ROOT.glob(pattern)):
            text += path.read_text(encoding="utf-8")
    return "".join(sorted({character for character in text if character.isprintable()}))


def cut(source: Path, target: Path, text: str) -> None:
    """Write the glyphs of `text` out of the font `source`; the same bytes on every machine."""
    # Development only.
    from fontTools import subset  # noqa: PLC0415
    from fontTools.ttLib import TTCollection, TTFont  # noqa: PLC0415

    faces = TTCollection(str(source)).fonts if source.suffix == ".ttc" else [TTFont(str(source))]
    font = next(
        (face for face in faces if str(face["name"].getDebugName(1)).endswith(_SIMPLIFIED)),
        faces[0],
    )
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.desubroutinize = True
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 13, 14]
    options.recalc_timestamp = False
    font.recalcTimestamp = False
    cutter = subset.Subsetter(options)
    cutter.populate(text=text)
    cutter.subset(font)
    target.parent.mkdir(parents=True, exist_ok=True)
    font.save(str(target))


def main(argv: Sequence[str]) -> None:
    """Make both fonts again."""
    parser = argparse.ArgumentParser(prog="python -m bot.pictures.subset")
    parser.add_argument("regular", type=Path)
    parser.add_argument("bold", type=Path)
    arguments = parser.parse_args(argv)
    text = characters()
    for source, target in ((arguments.regular, REGULAR), (arguments.bold, BOLD)):
        cut(source, target, text)
        sys.stdout.write(f"{target.name}: {len(text)} characters, {target.stat().st_size} bytes\n")


if __name__ == "__main__":
    main(sys.argv[1:])
