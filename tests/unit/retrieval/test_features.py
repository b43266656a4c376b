from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.retrieval.analysis import Analyzer, clean
from bot.retrieval.features import LEXICAL, SEMANTIC, lexical_features, semantic_features
from bot.retrieval.index import index_text
from bot.retrieval.question import read_question
from bot.retrieval.table import PassageTable

TEXT = "长江全长约6300公里。它发源于青海，因为那里有雪山。\n\n黄河在山东入海，共有12座水库。"


def columns(analyzer: Analyzer, question: str) -> dict[str, list[float]]:
    """Each feature of a question by its name, a value a passage."""
    index = index_text(TEXT, analyzer)
    table = PassageTable(index.article, index.passages)
    matrix = lexical_features(read_question(question, analyzer), table, analyzer)
    assert (table.count, len(LEXICAL)) == matrix.shape
    return {name: matrix[:, at].tolist() for at, name in enumerate(LEXICAL)}


def test_tells_the_passage_that_has_the_words(analyzer: Analyzer) -> None:
    """Shares of words and pairs are greatest where they stand."""
    found = columns(analyzer, "黄河在哪里入海")

    assert 2 == int(np.argmax(found["words both"]))
    assert 2 == int(np.argmax(found["pairs"]))
    assert 1.0 == found["bm25 of best"][2]
    assert 1.0 == found["bm25 rank"][2]


def test_tells_what_is_sought(analyzer: Analyzer) -> None:
    """A measure word finds its number; why finds because; other questions find neither."""
    assert [0.0, 0.0, 1.0] == columns(analyzer, "有几座水库")["measure"]
    assert [0.0, 1.0, 0.0] == columns(analyzer, "为什么发源于青海")["cue 0"]
    assert [0.0, 0.0, 0.0] == columns(analyzer, "青海")["cue 0"]


def test_neighbours_lend_within_a_paragraph_only(analyzer: Analyzer) -> None:
    """The sentence after 长江 knows that 长江 stood before it; the next paragraph does not."""
    found = columns(analyzer, "长江")

    assert found["previous words"][1] > 0
    assert 0.0 == found["previous words"][2]
    assert 0.0 == found["next words"][0]


@given(st.text(max_size=50))
def test_every_question_has_finite_features(analyzer: Analyzer, text: str) -> None:
    """No question makes a feature infinite or undefined."""
    for values in columns(analyzer, clean(text)).values():
        assert np.isfinite(values).all()


def test_semantic_features_follow_the_cosines(analyzer: Analyzer) -> None:
    """The nearest passage leads in every column."""
    index = index_text(TEXT, analyzer)
    table = PassageTable(index.article, index.passages)
    matrix = semantic_features(np.array([0.8, 0.9, 0.85]), table)

    assert (3, len(SEMANTIC)) == matrix.shape
    assert [1, 1, 1, 1] == matrix[:, :4].argmax(axis=0).tolist()
