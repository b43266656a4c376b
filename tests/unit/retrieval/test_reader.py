from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from bot.article.loader import article_from_text
from bot.article.topics import Topics
from bot.retrieval.analysis import Analyzer, grams
from bot.retrieval.index import index_article
from bot.retrieval.passages import passage_spans
from bot.retrieval.question import read_question
from bot.retrieval.ranker import Ranker
from bot.retrieval.reader import EXCERPT_LENGTH, Excerpt, Reader

RIVERS = (
    "长江发源于青海。它在上海入海。全长约6300公里。\n\n"
    "黄河发源于青海。它在山东入海。" + "黄河" * 60 + "。\n\n珠江在广东。"
)


def read(analyzer: Analyzer, text: str, question: str, limit: int = 5) -> list[tuple[str, Excerpt]]:
    """The excerpts of a plain text with their words."""
    article = article_from_text(text)
    index = index_article(article, Topics(), analyzer)
    documents = [
        [*p.words.split(" "), *grams(article.text[p.span.start : p.span.end])]
        for p in index.passages
    ]
    reader = Reader(article, index.passages, Ranker(documents))
    return [
        (article.text[each.span.start : each.span.end], each)
        for each in reader.read(read_question(question, analyzer), limit)
    ]


def test_quotes_a_sentence_with_its_better_neighbour(analyzer: Analyzer) -> None:
    """Two adjacent sentences of a paragraph are quoted together while they are short."""
    (first, _), *_ = read(analyzer, RIVERS, "长江在哪里入海")

    assert "长江发源于青海。它在上海入海。" == first


def test_never_joins_over_a_paragraph(analyzer: Analyzer) -> None:
    """A sentence alone in its paragraph stands alone."""
    (first, _), *_ = read(analyzer, RIVERS, "珠江")

    assert "珠江在广东。" == first


@given(st.sampled_from(["长江", "黄河多长", "入海", "珠江在哪", "x"]), st.integers(1, 6))
def test_excerpts_are_ranked_apart_and_short(analyzer: Analyzer, question: str, limit: int) -> None:
    """Best first, none overlapping, two sentences only where they fit."""
    excerpts = read(analyzer, RIVERS, question, limit)
    scores = [each.score for _, each in excerpts]

    assert len(excerpts) <= limit
    assert sorted(scores, reverse=True) == scores
    assert all(
        one.span.end <= other.span.start or other.span.end <= one.span.start
        for (_, one), (_, other) in combinations(excerpts, 2)
    )
    assert all(len(text) <= max(EXCERPT_LENGTH, 121) for text, _ in excerpts)


def test_a_sentence_too_long_to_quote_is_cut_at_a_clause() -> None:
    """Passages are never longer than a quote may be."""
    article = article_from_text("长江很长；" * 60 + "。")
    spans = [span for span, _ in passage_spans(article)]

    assert all(len(span) <= 200 for span in spans)
    assert all(article.text[span.end - 1] in "；。" for span in spans)
