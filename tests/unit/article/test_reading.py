from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import bot
from bot.article.loader import article_from_text
from bot.article.model import Article
from bot.article.quote import make_quote
from bot.article.reading import reading_copy

HAN = re.compile("[\u4e00-\u9fff]")
ROOT = Path(bot.__file__).parent
# They make keys to compare by, and send nothing.
COMPARING = {
    "care/linear.py",
    "reader/pieces.py",
    "retrieval/analysis.py",
    "retrieval/wording.py",
    "training/reader/vocabulary.py",
}


def test_a_copy_is_the_quote_in_traditional_characters(article: Article) -> None:
    """Character for character; figures, Latin words and punctuation stay as printed."""
    for span in article.sentences:
        quote = make_quote(article, span)
        copy = reading_copy(quote)
        assert (quote, len(quote.text)) == (copy.quote, len(copy.text))
        assert HAN.sub("", quote.text) == HAN.sub("", copy.text)


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [("渐冻症", "漸凍症"), ("临床研究", "臨床研究"), ("干细胞", "幹細胞"), ("头发", "頭髮")],
)
def test_characters_are_chosen_by_the_words_they_are_in(simplified: str, traditional: str) -> None:
    """干 is 幹 in 幹細胞, and 发 is 髮 in 頭髮."""
    article = article_from_text(simplified)
    assert traditional == reading_copy(make_quote(article, article.sentences[0])).text


def test_nothing_else_converts_text() -> None:
    """This is the one door by which converted text can leave."""
    converting = {
        str(path.relative_to(ROOT))
        for path in ROOT.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Import) and any(each.name == "opencc" for each in node.names))
        or (isinstance(node, ast.ImportFrom) and node.module == "opencc")
    }
    assert {"article/reading.py", *COMPARING} == converting
