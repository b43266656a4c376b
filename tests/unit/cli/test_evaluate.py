from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli import main

WORDS = {"BOT_ENCODER": "false"}
"""Encoding the bank takes two minutes where it was not done before."""


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    """Two questions of two splits."""
    path = tmp_path / "set.jsonl"
    path.write_text(
        '{"id": "1", "question": "渐冻症的研究是什么时候开始的", "answers": ["2024年10月"], '
        '"kind": "direct", "split": "dev"}\n'
        '{"id": "2", "question": "渐冻症", "answers": ["没有这句话"], "kind": "short"}\n',
        encoding="utf-8",
    )
    return path


def test_prints_figures_by_kind(golden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The whole set and each kind have a row, and misses are listed when asked for."""
    assert 0 == main(["eval", "--misses", str(golden)], WORDS)
    output = capsys.readouterr().out

    assert ["all", "direct", "short"] == [
        line.split()[1] for line in output.splitlines() if line.startswith("│")
    ]
    assert "short\t渐冻症\t" in output


def test_takes_one_split(golden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Only the questions of the named split are asked; a split without any is an error."""
    assert 0 == main(["eval", "--split", "dev", str(golden)], WORDS)
    assert "short" not in capsys.readouterr().out
    assert 1 == main(["eval", "--split", "none", str(golden)], WORDS)
    assert "no questions in the split none" in capsys.readouterr().err


def test_asks_the_own_article_without_its_bank(
    golden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The reader's own figures, and what its confidence is worth."""
    assert 0 == main(["eval", "--without-bank", "--split", "dev", str(golden)], WORDS)
    output = capsys.readouterr().out

    assert "100.0 %" in output
    assert "confidence: AUROC" in output
