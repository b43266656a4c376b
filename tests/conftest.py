from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from bot.article.model import Article
from bot.article.topics import Topics
from bot.retrieval import Quoter
from bot.retrieval.analysis import Analyzer
from bot.retrieval.index import load_index, load_sources
from bot.settings import PROJECT_ROOT

# Shared machines stall; a slow example is no failure.
settings.register_profile("default", deadline=None)
settings.load_profile("default")

DATA = PROJECT_ROOT / "data"


@pytest.fixture(scope="session")
def sources() -> tuple[Article, Topics]:
    """The project's article and topics, read from seeds/ and data/."""
    return load_sources(PROJECT_ROOT, DATA)


@pytest.fixture(scope="session")
def article(sources: tuple[Article, Topics]) -> Article:
    """The project's article."""
    return sources[0]


@pytest.fixture(scope="session")
def topics(sources: tuple[Article, Topics]) -> Topics:
    """The project's topics."""
    return sources[1]


@pytest.fixture(scope="session")
def cache_dir() -> Path:
    """Where jieba's compiled dictionary is kept between runs."""
    return DATA / "cache"


@pytest.fixture(scope="session")
def analyzer(cache_dir: Path) -> Analyzer:
    """An analyzer with its dictionary loaded."""
    analyzer = Analyzer(cache_dir)
    analyzer.warm_up()
    return analyzer


@pytest.fixture(scope="session")
def quoter(analyzer: Analyzer) -> Quoter:
    """A quoter over the committed index."""
    quoter = Quoter(load_index(PROJECT_ROOT, DATA), analyzer)
    quoter.warm_up()
    return quoter
