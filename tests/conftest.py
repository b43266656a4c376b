from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from bot.article.model import Article
from bot.article.topics import Topics
from bot.project import PROJECT_ROOT
from bot.retrieval import Quoter
from bot.retrieval.analysis import Analyzer
from bot.retrieval.index import Sources, load_index, load_sources

# Shared machines stall; a slow example is no failure.
settings.register_profile("default", deadline=None)
settings.load_profile("default")

DATA = PROJECT_ROOT / "data"


@pytest.fixture(scope="session")
def sources() -> Sources:
    """The project's article and what was written for it, read from seeds/ and data/."""
    return load_sources(PROJECT_ROOT, DATA)


@pytest.fixture(scope="session")
def article(sources: Sources) -> Article:
    """The project's article."""
    return sources.article


@pytest.fixture(scope="session")
def topics(sources: Sources) -> Topics:
    """The project's topics."""
    return sources.topics


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
    """A quoter over the committed index, without an encoder: the same on every machine."""
    quoter = Quoter(load_index(PROJECT_ROOT, DATA), analyzer)
    quoter.warm_up()
    return quoter
