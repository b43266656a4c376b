from __future__ import annotations

import numpy as np

from bot.article.bank import Fact, Gap
from bot.article.model import Span
from bot.retrieval.analysis import Analyzer
from bot.retrieval.index import index_text
from bot.retrieval.question_bank import QuestionBank, bank_questions
from bot.retrieval.table import PassageTable

TEXT = "长江全长约6300公里。\n\n黄河在山东入海。"
FACTS = (Fact(Span(0, 12), ("长江有多长", "长江长度")), Fact(Span(13, 21), ("黄河流到哪",)))
GAPS = (Gap("鱼", ("长江有几种鱼",)),)


def bank(analyzer: Analyzer, vectors: bool = False) -> QuestionBank:
    """A bank over two rivers; its vectors, if any, are the axes."""
    index = index_text(TEXT, analyzer)
    table = PassageTable(index.article, index.passages)
    return QuestionBank(
        FACTS, GAPS, table, analyzer, np.eye(4, dtype=np.float32) if vectors else None
    )


def test_finds_the_passage_of_the_nearest_question(analyzer: Analyzer) -> None:
    """A question of the bank leads to its passage with likeness 1."""
    match = bank(analyzer).match(["长江有多长"])

    assert [1.0, True] == [round(float(match.lexical[0]), 6), match.lexical[1] < 0.2]
    assert match.semantic is None
    assert 0 < match.gap_lexical < 1


def test_knows_what_the_article_does_not_say(analyzer: Analyzer) -> None:
    """A question like a gap's is nearer to it than to any fact."""
    match = bank(analyzer).match(["长江里有几种鱼"])

    assert match.gap_lexical > match.lexical.max()


def test_uses_vectors_where_there_are_some(analyzer: Analyzer) -> None:
    """The passage of the nearest vector leads; a gap's is told apart."""
    match = bank(analyzer, vectors=True).match(["x"], np.array([0.1, 0.0, 0.7, 0.3]))

    assert match.semantic is not None
    assert [0.1, 0.7] == [round(float(each), 6) for each in match.semantic]
    assert 0.3 == round(match.gap_semantic, 6)


def test_can_leave_questions_out(analyzer: Analyzer) -> None:
    """A question that is left out finds nothing by itself."""
    left_out = np.array([bank_questions(FACTS, GAPS).index("黄河流到哪")])

    assert 0.0 == bank(analyzer).match(["黄河流到哪"], left_out=left_out).lexical[1]
