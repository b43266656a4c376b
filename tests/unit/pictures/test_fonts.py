from __future__ import annotations

import re
import tomllib

import pytest
from fontTools.ttLib import TTFont

from bot.article.model import Article
from bot.locales import LANGUAGES
from bot.pictures.fonts import BOLD, FOLDER, REGULAR, Typeface
from bot.pictures.subset import characters
from bot.project import PROJECT_ROOT

LABEL = re.compile(r"^(?:picture|place|kind|article)-[a-z]+ = .*$", re.MULTILINE)
PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))


def _drawn(article: Article) -> set[str]:
    """All that a card or the timeline can show."""
    layout = tomllib.loads((PROJECT_ROOT / "data" / "article.toml").read_text(encoding="utf-8"))
    text = article.text + PRINTABLE + "，。、；：？！（）《》“”‘’……——·％"
    text += "".join(str(layout[name]) for name in ("title", "subtitle", "author", "publication"))
    text += "".join(section["heading"] for section in layout["section"])
    for language in LANGUAGES:
        path = PROJECT_ROOT / "bot" / "locales" / f"{language}.ftl"
        text += "".join(LABEL.findall(path.read_text(encoding="utf-8")))
    return {character for character in text if not character.isspace()}


@pytest.mark.parametrize("path", [REGULAR, BOLD])
def test_the_committed_fonts_have_all_that_is_drawn(article: Article, path: object) -> None:
    """Else: python -m bot.pictures.subset makes them again (the command is in its docstring)."""
    glyphs = {chr(code) for code in TTFont(str(path)).getBestCmap()}
    assert set() == _drawn(article) - glyphs


def test_the_subset_is_cut_for_all_that_is_drawn(article: Article) -> None:
    """What the command would put into the fonts is enough."""
    assert set() == _drawn(article) - set(characters())


def test_the_fonts_are_small_and_their_licence_lies_beside_them() -> None:
    """They are in the repository; their licence wants to go with them."""
    assert [] == [path.name for path in (REGULAR, BOLD) if path.stat().st_size > 700_000]
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FOLDER / "OFL.txt").read_text(encoding="utf-8")


def test_a_typeface_knows_its_characters() -> None:
    """As its table of characters has it."""
    typeface = Typeface()
    glyphs = {chr(code) for code in TTFont(str(REGULAR)).getBestCmap()}
    asked = {chr(code) for code in (*range(0x21, 0x7F), *range(0x4E00, 0x5400), 0x1F600)}
    assert asked & glyphs == {character for character in asked if typeface.has(character)}
    assert typeface.has(" ")
