"""The words of a quote that answer."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.errors import IndexFileError
from bot.retrieval.analysis import Analyzer
from bot.retrieval.highlighter import (
    HIGHLIGHTER_FILE,
    Highlighter,
    SpanWeights,
    load_span_weights,
    save_span_weights,
)
from bot.retrieval.question import read_question
from bot.retrieval.spans import BITS

AWARD = "2015年，副研究员张震到比利时作访问学者，2024年亦入选“全球前2%顶尖科学家榜单”。"
BELGIUM = "1992年，她在比利时的布鲁塞尔取得博士学位，导师是诺贝尔奖得主德·迪夫。"


@pytest.fixture(scope="module")
def highlighter(analyzer: Analyzer) -> Highlighter:
    """With the committed weights."""
    return Highlighter(analyzer, load_span_weights())


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("张震哪年去比利时", AWARD, ["2015年"]),
        ("哪年入选榜单", AWARD, ["2024年"]),
        ("张震去了哪个国家", AWARD, ["比利时"]),
        ("她的导师是谁", BELGIUM, ["诺贝尔奖得主德·迪夫"]),
        ("？", AWARD, []),
    ],
)
def test_marks_the_words_that_answer(
    highlighter: Highlighter, analyzer: Analyzer, question: str, text: str, expected: list[str]
) -> None:
    """The words that the question is after, and not those of another answer beside them."""
    marks = highlighter.highlight(read_question(question, analyzer), text)

    assert expected == [text[mark.start : mark.end] for mark in marks]


@pytest.mark.parametrize("text", ["黄河很长。", "黄河", "", "，。", "“”"])
def test_never_marks_the_whole(highlighter: Highlighter, analyzer: Analyzer, text: str) -> None:
    """What is all bold tells the eye nothing; a text without words has nothing to mark."""
    marks = highlighter.highlight(read_question("黄河有多长", analyzer), text)

    assert all(len(mark) < len(text.strip("。")) for mark in marks)


def test_a_file_of_weights_reads_as_it_was_written(tmp_path: Path) -> None:
    """Each weight comes back to within half a step of its byte."""
    table = np.linspace(-1, 1, 2**BITS)
    path = tmp_path / "weights.json"
    save_span_weights(table, path)

    assert np.allclose(table, load_span_weights(path), atol=0.006)
    assert path.stat().st_size < 64_000


@pytest.mark.parametrize(
    "content", ["", "{}", '{"format":1,"scale":1,"weights":"AAAA"}', '{"format":2}']
)
def test_a_damaged_file_is_named(tmp_path: Path, content: str) -> None:
    """One line for the operator, whatever is wrong with it."""
    path = tmp_path / "weights.json"
    path.write_text(content)
    with pytest.raises(IndexFileError, match=r"weights\.json"):
        load_span_weights(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """As a damaged one is."""
    with pytest.raises(IndexFileError, match=r"none\.json"):
        load_span_weights(tmp_path / "none.json")


def test_the_committed_weights_fit_the_model() -> None:
    """As many as the model looks up, under 64 kB."""
    assert HIGHLIGHTER_FILE.stat().st_size < 64_000
    weights = SpanWeights.model_validate_json(HIGHLIGHTER_FILE.read_bytes())
    assert 2**BITS == len(weights.table())
