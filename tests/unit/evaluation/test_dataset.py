from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import BotError
from bot.evaluation.dataset import Example, read_examples


def test_reads_both_formats(tmp_path: Path) -> None:
    """Sets with an article a line and golden questions are read alike; other keys are ignored."""
    path = tmp_path / "set.jsonl"
    path.write_text(
        '{"id": "1", "article_id": "a", "title": "t", "article": "文", "question": "问", '
        '"answers": ["答"]}\n\n'
        '{"id": "2", "question": "问", "kind": "near_miss", "split": "dev"}\n',
        encoding="utf-8",
    )
    one, other = read_examples(path)

    assert ("文", ("答",)) == (one.article, one.answers)
    assert (None, (), "near_miss", "dev") == (
        other.article, other.answers, other.kind, other.split
    )  # fmt: skip


def test_compares_without_white_space() -> None:
    """A quote answers when it holds an answer, however either is spaced."""
    example = Example(id="1", question="", answers=("2024 年 10月", "CAR-T"))

    assert example.answered_by("始于2024年10 月。")
    assert example.answered_by("car-t细胞")
    assert not example.answered_by("2024年")


@pytest.mark.parametrize("line", ["{", '{"id": "1"}', '{"id": "1", "question": 3}'])
def test_names_the_broken_line(tmp_path: Path, line: str) -> None:
    """File and line number are in the message."""
    path = tmp_path / "set.jsonl"
    path.write_text('{"id": "1", "question": "问"}\n' + line, encoding="utf-8")

    with pytest.raises(BotError, match=r"set\.jsonl:2: "):
        list(read_examples(path))


def test_a_missing_file_is_one_error(tmp_path: Path) -> None:
    """The message names the file."""
    with pytest.raises(BotError, match="nowhere"):
        list(read_examples(tmp_path / "nowhere"))
