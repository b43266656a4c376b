"""The reader alone: articles it was not made for, and the project's own without its bank."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import chain

import pytest

from bot.evaluation.dataset import Example, read_examples
from bot.evaluation.figures import Outcome
from bot.evaluation.run import ask_all
from bot.project import PROJECT_ROOT
from bot.reader.model import ReaderModel
from bot.retrieval import Quoter
from bot.retrieval.analysis import Analyzer
from bot.retrieval.index import index_text, load_index

GOLDEN = PROJECT_ROOT / "tests" / "golden"

# First excerpts that answer, answered rightly, refused: what was reached, less two or three, for
# a question at the edge may fall to the other side on another processor.
FLOOR_ARTICLES = (103, 90, 34)
FLOOR_OWN = (574, 502, 228)


@pytest.fixture(scope="module")
def model() -> ReaderModel:
    """The weights that the bot comes with."""
    return ReaderModel(PROJECT_ROOT / "data" / "reader")


@pytest.fixture(scope="module")
def over(model: ReaderModel, analyzer: Analyzer) -> Callable[[str], Quoter]:
    """A quoter over any text."""
    return lambda text: Quoter(index_text(text, analyzer, "text"), analyzer, model=model)


@pytest.fixture(scope="module")
def bare(analyzer: Analyzer, model: ReaderModel) -> Quoter:
    """A quoter over the project's own article, without what its editors wrote questions for."""
    index = load_index(PROJECT_ROOT, PROJECT_ROOT / "data")
    sources = replace(index.sources, facts=(), gaps=())
    return Quoter(replace(index, sources=sources), analyzer, model=model)


def counts(outcomes: list[Outcome]) -> tuple[int, int, int]:
    """How often the first excerpt answers, a quote answers, and what is not stated is refused."""
    answerable = [each for each in outcomes if each.example.answers]
    others = [each for each in outcomes if not each.example.answers]
    return (
        sum(each.rank == 1 for each in answerable),
        sum(each.answered_rightly for each in answerable),
        sum(not each.went_wrong for each in others),
    )


def nothing() -> Quoter:
    """Every one of these questions has its article with it."""
    raise AssertionError


def test_short_articles_are_read(over: Callable[[str], Quoter]) -> None:
    """News, notices, lives and rules, 140 questions that they answer and 60 that they do not: at
    least as many right as when this was last written.
    """
    examples = list(read_examples(GOLDEN / "articles.jsonl"))
    first, right, refused = counts(list(ask_all(examples, own=nothing, over=over)))

    assert len(examples) == 200
    assert first >= FLOOR_ARTICLES[0]
    assert right >= FLOOR_ARTICLES[1]
    assert refused >= FLOOR_ARTICLES[2]


def test_the_own_article_is_read_without_its_bank(bare: Quoter) -> None:
    """Three batches of questions, asked of the article as of any text."""
    files = [
        f"{name}{batch}.jsonl"
        for name in ("answerable", "unanswerable", "followups")
        for batch in ("", "_2", "_3")
    ]
    examples: list[Example] = list(
        chain.from_iterable(read_examples(GOLDEN / file) for file in files)
    )
    outcomes = list(ask_all(examples, own=lambda: bare, over=lambda _: nothing()))
    first, right, refused = counts(outcomes)

    assert first >= FLOOR_OWN[0]
    assert right >= FLOOR_OWN[1]
    assert refused >= FLOOR_OWN[2]
