from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import pytest

from bot.errors import IndexFileError
from bot.project import PROJECT_ROOT
from bot.retrieval.analysis import Analyzer
from bot.retrieval.index import build_index, load_index, save_index

ItemT = TypeVar("ItemT")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of seeds/ and data/ to damage."""
    for folder in ("seeds", "data"):
        shutil.copytree(
            PROJECT_ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("cache")
        )
    return tmp_path


def test_the_committed_index_is_what_its_sources_give(project: Path, analyzer: Analyzer) -> None:
    """Building again writes the same bytes."""
    save_index(build_index(project, project / "data", analyzer), project / "data")

    assert (PROJECT_ROOT / "data/index.json").read_bytes() == (
        project / "data/index.json"
    ).read_bytes()


def test_loads_what_was_saved(project: Path, analyzer: Analyzer) -> None:
    """Nothing is lost on the way through the file."""
    built = build_index(project, project / "data", analyzer)

    loaded = load_index(project, project / "data")

    assert (built, built.id) == (loaded, loaded.id)


def test_shows_progress_over_the_passages(project: Path, analyzer: Analyzer) -> None:
    """The tracker sees every passage once."""
    seen: list[object] = []

    def track(items: Iterable[ItemT]) -> Iterable[ItemT]:
        for item in items:
            seen.append(item)
            yield item

    built = build_index(project, project / "data", analyzer, track)

    assert len(built.passages) == len(seen)


def edit_source(root: Path) -> None:
    """A topic is renamed."""
    path = root / "data/topics.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("育人", "带学生", 1), encoding="utf-8")


def edit_layout(root: Path) -> None:
    """A heading is changed."""
    path = root / "data/article.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("导语", "引子", 1), encoding="utf-8")


def cut_in_half(root: Path) -> None:
    """The file was not written whole."""
    path = root / "data/index.json"
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def forge_text(root: Path) -> None:
    """A number in the text is changed."""
    path = root / "data/index.json"
    path.write_text(path.read_text(encoding="utf-8").replace("3例", "9例"), encoding="utf-8")


def forge_words(root: Path) -> None:
    """The words of a passage are changed."""
    path = root / "data/index.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["index"]["passages"][3]["words"] = "假 的"
    path.write_text(json.dumps(content), encoding="utf-8")


def empty(root: Path) -> None:
    """The file is empty."""
    (root / "data/index.json").write_text("")


def remove(root: Path) -> None:
    """There is no file."""
    (root / "data/index.json").unlink()


def another_format(root: Path) -> None:
    """The file is of a later version."""
    path = root / "data/index.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"format": 3', '"format": 9'))


@pytest.mark.parametrize(
    "damage",
    [
        edit_source, edit_layout, cut_in_half, forge_text, forge_words, empty, remove,
        another_format,
    ],
)  # fmt: skip
def test_refuses_an_index_that_does_not_match(project: Path, damage: object) -> None:
    """One line that says what to run; never an answer from a wrong index."""
    assert callable(damage)
    damage(project)

    with pytest.raises(IndexFileError) as caught:
        load_index(project, project / "data")

    assert str(caught.value).endswith("run: python -m bot index")
    assert "\n" not in str(caught.value)


def test_a_failed_write_keeps_the_old_index(project: Path, analyzer: Analyzer) -> None:
    """The index is replaced whole or not at all."""
    before = (project / "data/index.json").read_bytes()
    built = build_index(project, project / "data", analyzer)
    (project / "data/index.partial").mkdir()

    with pytest.raises(IndexFileError):
        save_index(built, project / "data")

    assert before == (project / "data/index.json").read_bytes()
