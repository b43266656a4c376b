from __future__ import annotations

from bot.retrieval.ranker import Ranker


def test_rare_terms_count_most() -> None:
    """A document with the rarer term of the query comes first; one with none scores 0."""
    ranker = Ranker([["a", "b"], ["a", "c"], ["a", "d"], ["e", "f"]])
    scores = ranker.scores(["a", "c"])

    assert [1, 0] == sorted(range(4), key=lambda index: -scores[index])[:2]
    assert 0.0 == scores[3]


def test_a_common_term_never_counts_against() -> None:
    """In a tiny text every term is in most documents, and still worth something."""
    scores = Ranker([["a"], ["a"], ["b"]]).scores(["a"])

    assert scores[0] > 0
    assert scores[0] > scores[2]


def test_unknown_terms_count_nothing() -> None:
    """A query in another language scores 0 everywhere."""
    assert [0.0, 0.0] == Ranker([["a"], ["b"]]).scores(["x", "y"]).tolist()
