from __future__ import annotations

import ast
import re
from pathlib import Path

import bot.chat

CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def test_no_sentence_for_readers_stands_in_the_code() -> None:
    """What the bot says is in the catalogues; no literal in bot/chat holds Chinese."""
    found = [
        (path.name, node.value)
        for path in Path(bot.chat.__file__).parent.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and CHINESE.search(node.value)
    ]
    assert [] == found
