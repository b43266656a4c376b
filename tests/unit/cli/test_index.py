from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.cli import main
from bot.project import PROJECT_ROOT


@pytest.fixture
def environ(tmp_path: Path, cache_dir: Path) -> dict[str, str]:
    """Settings with a data folder to write in."""
    shutil.copytree(
        PROJECT_ROOT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("cache")
    )
    return {"BOT_DATA_DIR": str(tmp_path / "data"), "BOT_CACHE_DIR": str(cache_dir)}


def test_builds_the_index_and_says_what_is_in_it(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The file is written, and its figures are printed."""
    path = Path(environ["BOT_DATA_DIR"]) / "index.json"
    path.unlink()

    assert 0 == main(["index"], environ)

    assert (PROJECT_ROOT / "data/index.json").read_bytes() == path.read_bytes()
    assert "53 paragraphs" in capsys.readouterr().out


def test_check_writes_nothing_and_fails_on_a_stale_index(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """CI learns by the exit code that somebody forgot to build."""
    assert 0 == main(["index", "--check"], environ)
    path = Path(environ["BOT_DATA_DIR"]) / "topics.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("育人", "带学生", 1), encoding="utf-8")
    before = (Path(environ["BOT_DATA_DIR"]) / "index.json").read_bytes()

    assert 1 == main(["index", "--check"], environ)

    assert "run: python -m bot index" in capsys.readouterr().err
    assert before == (Path(environ["BOT_DATA_DIR"]) / "index.json").read_bytes()
