from __future__ import annotations

from pathlib import Path

import pytest

from bot.article.glossary import load_glossary
from bot.article.model import Article
from bot.errors import ArticleError


def test_names_are_the_articles_own(tmp_path: Path, article: Article) -> None:
    """A name the article does not write would be put into readers' mouths."""
    path = tmp_path / "glossary.toml"
    path.write_text('[[term]]\nname = "渐冻症"\naliases = ["ALS"]\n', encoding="utf-8")
    (term,) = load_glossary(path, article)
    assert ("渐冻症", ("ALS",)) == (term.name, term.aliases)

    path.write_text('[[term]]\nname = "水痘"\naliases = ["出水痘"]\n', encoding="utf-8")
    with pytest.raises(ArticleError, match="水痘"):
        load_glossary(path, article)
