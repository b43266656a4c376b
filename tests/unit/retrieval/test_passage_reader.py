"""The reader over an index, and what the quoter makes of it for a text without a question bank."""

from pathlib import Path

import pytest

from bot.project import PROJECT_ROOT
from bot.reader.model import ReaderModel
from bot.retrieval import Quoter
from bot.retrieval.analysis import Analyzer
from bot.retrieval.answer import Reason
from bot.retrieval.index import index_text
from bot.retrieval.passage_reader import PassageReader
from bot.retrieval.table import PassageTable

FERRY = PROJECT_ROOT / "tests" / "golden" / "articles" / "05-night-ferry.txt"


@pytest.fixture(scope="module")
def model() -> ReaderModel:
    """The weights that the bot comes with."""
    return ReaderModel(PROJECT_ROOT / "data" / "reader")


@pytest.fixture(scope="module")
def ferry(model: ReaderModel) -> Quoter:
    """A quoter over a notice that it was not made for."""
    analyzer = Analyzer()
    text = FERRY.read_text(encoding="utf-8")
    return Quoter(index_text(text, analyzer, "ferry"), analyzer, model=model)


@pytest.mark.parametrize(
    ("question", "answering"),
    [
        ("坐一趟船多少钱", "單程全票三十五元"),
        ("刮多大的风就不开船了", "風力達七級時一律停航"),
        ("How many people can the new boat carry?", "可坐一百四十人"),
    ],
)
def test_a_text_without_a_bank_is_answered(ferry: Quoter, question: str, answering: str) -> None:
    """In a person's own words, and in English: the quote is the text's."""
    answer = ferry.ask(question)

    assert answering in answer.candidates[0].text
    assert answer.candidates[0].text in ferry.article.text


def test_what_the_text_does_not_state_is_refused(ferry: Quoter) -> None:
    """A question of nothing in the text has no quote."""
    assert ferry.ask("红烧肉怎么做才好吃").reason is Reason.NOT_IN_ARTICLE


def test_a_follow_up_is_read_with_what_was_asked(ferry: Quoter) -> None:
    """The same words ask of something else after another question."""
    after = ferry.ask("那骑脚踏车呢", ["单程票多少钱"])

    assert "腳踏車另加十五元" in after.candidates[0].text


def test_the_texts_own_words_are_found(ferry: Quoter) -> None:
    """A sentence of the text, sent as it is, is answered with its place."""
    answer = ferry.ask("票價方面，單程全票三十五元")

    assert answer.confidence == 1.0
    assert "單程全票三十五元" in answer.quotes[0].text


def test_marks_lie_in_the_quote(ferry: Quoter) -> None:
    """What is marked is a piece of the quote, not all of it."""
    for question in ("坐一趟船多少钱", "新船能坐多少人", "谁是港务课课长"):
        for quote in ferry.ask(question).quotes:
            for mark in quote.highlights:
                assert 0 <= mark.start < mark.end <= len(quote.text)
                assert mark.end - mark.start < len(quote.text)


def test_chances_sum_to_one(model: ReaderModel, tmp_path: Path) -> None:
    """Of the passages and of none; the states are kept where a file is named."""
    analyzer = Analyzer()
    index = index_text(FERRY.read_text(encoding="utf-8"), analyzer, "ferry")
    file = tmp_path / "states.npz"
    reader = PassageReader(model, PassageTable(index.article, index.passages), analyzer, file)
    chances = reader.read(["末班船几点"])

    assert chances.passages.sum() + chances.none == pytest.approx(1.0)
    assert file.exists()
