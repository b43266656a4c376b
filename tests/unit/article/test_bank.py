from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.article.bank import load_facts, load_gaps
from bot.article.model import Article
from bot.errors import ArticleError
from bot.project import PROJECT_ROOT
from bot.retrieval.analysis import clean, pack
from bot.retrieval.index import Sources
from bot.retrieval.question_bank import bank_questions


def test_the_bank_asks_about_every_sentence_that_states_something(sources: Sources) -> None:
    """At least one question for each sentence of more than twelve characters."""
    article = sources.article
    for sentence in article.sentences:
        if len(sentence) <= 12:
            continue
        assert any(
            span.start < sentence.end and sentence.start < span.end
            for fact in sources.facts
            for span in fact.spans
        ), article.text[sentence.start : sentence.end]


def test_no_question_of_the_bank_is_a_golden_one(sources: Sources) -> None:
    """What is measured was not indexed: no question stands in both, however it is written."""
    golden = {
        pack(clean(json.loads(line)["question"]))
        for path in (PROJECT_ROOT / "tests/golden").glob("*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    asked = bank_questions(sources.facts, sources.gaps)

    assert [] == [question for question in asked if pack(clean(question)) in golden]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('[[fact]]\nquote = "没有这句话"\nquestions = ["问"]\n', "is 0 times in the article"),
        ('[[fact]]\nquote = "张毅"\nquestions = ["问"]\n', "times in the article"),
        ('[[fact]]\nquote = "本报记者常娟"\nquestions = []\n', "fact.0.questions"),
    ],
)
def test_refuses_an_unsound_bank(
    tmp_path: Path, article: Article, content: str, message: str
) -> None:
    """The editor is told which fact is wrong."""
    path = tmp_path / "questions.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ArticleError, match=message):
        load_facts(path, article)


def test_reads_gaps(tmp_path: Path) -> None:
    """A gap is a focus and the questions after it."""
    path = tmp_path / "unanswered.toml"
    path.write_text('[[gap]]\nfocus = "电话"\nquestions = ["电话多少"]\n', encoding="utf-8")
    (gap,) = load_gaps(path)

    assert ("电话", ("电话多少",)) == (gap.focus, gap.questions)
