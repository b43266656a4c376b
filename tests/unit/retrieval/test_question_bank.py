from __future__ import annotations

import numpy as np
import pytest

from bot.article.bank import Fact, Gap
from bot.article.glossary import Term
from bot.article.model import Span
from bot.retrieval.analysis import Analyzer
from bot.retrieval.answerability import Answerability
from bot.retrieval.index import index_text
from bot.retrieval.question import Question, read_question
from bot.retrieval.question_bank import QuestionBank, bank_questions
from bot.retrieval.table import PassageTable

TEXT = "长江全长约6300公里。\n\n黄河在山东入海。"
FACTS = (Fact((Span(0, 12),), ("长江有多长", "长江长度")), Fact((Span(13, 21),), ("黄河流到哪",)))
GAPS = (Gap("鱼", ("长江有几种鱼",)),)


def read(analyzer: Analyzer, question: str) -> Question:
    """The question as it is read."""
    return read_question(question, analyzer)


def bank(
    analyzer: Analyzer, vectors: bool = False, answerability: Answerability | None = None
) -> QuestionBank:
    """A bank over two rivers; its vectors, if any, are the axes."""
    index = index_text(TEXT, analyzer)
    table = PassageTable(index.article, index.passages)
    return QuestionBank(
        FACTS,
        GAPS,
        table,
        analyzer,
        np.eye(4, dtype=np.float32) if vectors else None,
        answerability=answerability,
    )


def test_finds_the_passage_of_the_nearest_question(analyzer: Analyzer) -> None:
    """A question of the bank leads to its passage with likeness 1."""
    match = bank(analyzer).match(["长江有多长"], read(analyzer, "长江有多长"))

    assert [1.0, True] == [round(float(match.lexical[0]), 6), match.lexical[1] < 0.2]
    assert match.semantic is None
    assert 0 < match.gap_lexical < 1


def test_knows_what_the_article_does_not_say(analyzer: Analyzer) -> None:
    """A question like a gap's is nearer to it than to any fact."""
    match = bank(analyzer).match(["长江里有几种鱼"], read(analyzer, "长江里有几种鱼"))

    assert match.gap_lexical > match.lexical.max()


def test_uses_vectors_where_there_are_some(analyzer: Analyzer) -> None:
    """The passage of the nearest vector leads; a gap's is told apart."""
    vectors = bank(analyzer, vectors=True)
    of_river, of_fish = (vectors.match(["x"], read(analyzer, "x"), np.eye(4)[at]) for at in (2, 3))

    assert of_river.semantic is not None
    assert of_fish.semantic is not None
    assert 1.0 == pytest.approx(float(of_river.semantic[1]), abs=1e-5)
    assert max(float(of_river.semantic[0]), of_river.gap_semantic) < 0.5
    assert 1.0 == pytest.approx(of_fish.gap_semantic, abs=1e-5)
    assert of_fish.semantic.max() < 0.5


def test_can_leave_questions_out(analyzer: Analyzer) -> None:
    """A question that is left out finds nothing by itself."""
    left_out = np.array([bank_questions(FACTS, GAPS).index("黄河流到哪")])

    match = bank(analyzer).match(["黄河流到哪"], read(analyzer, "黄河流到哪"), left_out=left_out)
    assert 0.0 == match.lexical[1]


def test_the_nearest_questions_vote(analyzer: Analyzer) -> None:
    """All votes together are one, and most are for the passage that is asked for."""
    match = bank(analyzer).match(["黄河流到哪"], read(analyzer, "黄河流到哪"))

    assert pytest.approx(1.0) == match.votes.sum() + match.gap_votes
    assert match.votes[1] > match.votes[0]


def test_knows_which_words_and_numbers_of_the_question_a_passage_knows(
    analyzer: Analyzer,
) -> None:
    """From its text, or from the questions that it answers."""
    match = bank(analyzer).match(["x"], read(analyzer, "长江流到5000公里外的哪里"))

    assert match.known[0] > match.known[1] > 0
    assert [0.0, 0.0] == match.known_numbers.tolist()
    flows = bank(analyzer).match(["x"], read(analyzer, "黄河流向哪里"))
    assert 1.0 == flows.known_numbers[1]


def test_all_of_a_list_is_found(analyzer: Analyzer) -> None:
    """The spans of the list whose question is the nearest; none for a single fact."""
    rivers = Fact((Span(0, 12), Span(15, 22)), ("有哪些河",))
    index = index_text(TEXT, analyzer)
    table = PassageTable(index.article, index.passages)
    lists = QuestionBank((*FACTS, rivers), GAPS, table, analyzer)

    assert rivers.spans == lists.match(["有哪些河流"], read(analyzer, "有哪些河流")).listed
    assert () == lists.match(["长江有多长"], read(analyzer, "长江有多长")).listed


def test_a_question_about_somebody_is_unlike_one_about_another(analyzer: Analyzer) -> None:
    """The same words with another person's name are no match."""
    index = index_text("李峰去了美国。\n\n张震去了比利时。", analyzer)
    table = PassageTable(index.article, index.passages)
    facts = (Fact((Span(0, 7),), ("李峰去了哪个国家",)), Fact((Span(9, 17),), ("他去了哪个国家",)))
    people = [Term(name, (name,), person=True) for name in ("李峰", "张震")]
    question = "张震去了哪个国家"
    alone = QuestionBank(facts, (), table, analyzer).match([question], read(analyzer, question))
    named = QuestionBank(facts, (), table, analyzer, people=people).match(
        [question], read(analyzer, question)
    )

    assert named.lexical[0] < 0.7 * alone.lexical[0]
    assert named.lexical[1] == alone.lexical[1]
