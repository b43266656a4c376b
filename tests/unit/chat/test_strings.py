from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import bot

ROOT = Path(bot.__file__).parent
ROOMS = ("chat", "storage", "cli")
FILES = ("bootstrap.py", "doctor.py", "settings.py", "errors.py", "telemetry.py")
# Marks by themselves are no sentence: the splitter of questions knows them.
CHINESE = re.compile("[\u4e00-\u9fff]")


def spoken() -> list[Path]:
    """The modules whose words reach a reader or an operator."""
    files = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    return [*files, *(ROOT / name for name in FILES)]


@pytest.mark.parametrize("path", spoken(), ids=lambda path: path.stem)
def test_no_sentence_for_readers_stands_in_the_code(path: Path) -> None:
    """What the bot says is in the catalogues; no literal holds Chinese."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    # A string that is a statement by itself documents what stands before it.
    documenting = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    found = [
        node.value
        for node in nodes
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in documenting
        and CHINESE.search(node.value)
    ]
    assert [] == found
