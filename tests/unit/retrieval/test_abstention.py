from __future__ import annotations

from bot.retrieval.abstention import Judge
from bot.retrieval.analysis import Analyzer
from bot.retrieval.question import read_question

TEXT = "长江全长约6300公里，发源于青海。 黄河在山东入海。 珠江在广东入海。"


def test_confidence_grows_with_what_is_met(analyzer: Analyzer) -> None:
    """A question met by the excerpt beats one met elsewhere, and that one a foreign question."""
    judge = Judge(analyzer, TEXT.split())
    excerpt = "长江全长约6300公里，发源于青海。"

    here, elsewhere, nowhere, nothing = (
        judge.confidence(read_question(question, analyzer), excerpt)
        for question in ("长江全长多少公里", "黄河在山东入海吗", "番茄炒蛋怎么做", "什么呢")
    )
    assert here > 0.8 > elsewhere > 0.2 > nowhere
    assert 0.0 == nothing
