from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from bot.retrieval.analysis import Analyzer
from bot.retrieval.finder import Finder
from bot.retrieval.index import index_text
from bot.retrieval.passages import passage_spans
from bot.retrieval.reader import EXCERPT_LENGTH, Excerpt
from bot.retrieval.weights import load_weights

RIVERS = (
    "长江发源于青海。它在上海入海。全长约6300公里。\n\n"
    "黄河发源于青海。它在山东入海。" + "黄河" * 60 + "。\n\n珠江在广东。"
)


def read(analyzer: Analyzer, text: str, question: str, limit: int = 5) -> list[tuple[str, Excerpt]]:
    """The excerpts of a plain text with their words, by the lexical model."""
    index = index_text(text, analyzer)
    finding = Finder(index, analyzer, load_weights()).find(question, limit=limit)
    return [
        (index.article.text[each.span.start : each.span.end], each) for each in finding.excerpts
    ]


def test_quotes_a_sentence_with_its_better_neighbour(analyzer: Analyzer) -> None:
    """Two adjacent sentences of a paragraph are quoted together while they are short."""
    (first, _), *_ = read(analyzer, RIVERS, "长江在哪里入海")

    assert "长江发源于青海。它在上海入海。" == first


def test_never_joins_over_a_paragraph(analyzer: Analyzer) -> None:
    """A sentence alone in its paragraph stands alone."""
    (first, _), *_ = read(analyzer, RIVERS, "珠江在哪里")

    assert "珠江在广东。" == first


@given(st.sampled_from(["长江", "黄河多长", "入海", "珠江在哪", "x"]), st.integers(1, 6))
def test_excerpts_are_ranked_apart_and_short(analyzer: Analyzer, question: str, limit: int) -> None:
    """Likeliest first, none overlapping, two sentences only where they fit."""
    excerpts = read(analyzer, RIVERS, question, limit)
    shares = [each.probability for _, each in excerpts]

    assert 0 < len(excerpts) <= limit
    assert sorted(shares, reverse=True) == shares
    assert all(
        one.span.end <= other.span.start or other.span.end <= one.span.start
        for (_, one), (_, other) in combinations(excerpts, 2)
    )
    assert all(len(text) <= max(EXCERPT_LENGTH, 121) for text, _ in excerpts)


def test_a_sentence_too_long_to_quote_is_cut_at_a_clause(analyzer: Analyzer) -> None:
    """Passages are never longer than a quote may be."""
    article = index_text("长江很长；" * 60 + "。", analyzer).article
    spans = [span for span, _ in passage_spans(article)]

    assert all(len(span) <= 200 for span in spans)
    assert all(article.text[span.end - 1] in "；。" for span in spans)
