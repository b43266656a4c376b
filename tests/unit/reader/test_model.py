"""The reader's weights as files."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from bot.errors import BotError
from bot.project import PROJECT_ROOT
from bot.reader.model import FILES, WIDTH, ReaderModel

FOLDER = PROJECT_ROOT / "data" / "reader"
MOST_BYTES = 25_000_000


def test_the_model_is_small(model: ReaderModel) -> None:
    """All its files together are at most 25 MB."""
    assert sum((FOLDER / name).stat().st_size for name in FILES) <= MOST_BYTES


def test_layers_give_a_row_a_piece(model: ReaderModel) -> None:
    """Lower states are as wide as the model, joint outputs have five columns."""
    states = model.lower([0, 10, 11, 12, 2])

    assert states.shape == (5, WIDTH)
    assert model.joint(states).shape == (5, 5)
    assert np.isfinite(states).all()


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_told(tmp_path: Path, name: str) -> None:
    """The folder that cannot be loaded is named, in one line."""
    folder = tmp_path / "reader"
    shutil.copytree(FOLDER, folder)
    (folder / name).unlink()

    with pytest.raises(BotError, match=r"the reader in .* cannot be loaded"):
        ReaderModel(folder)


@pytest.mark.parametrize("name", ["lower.onnx", "joint.onnx", "parameters.npz", "pieces.json"])
def test_a_damaged_file_is_told(tmp_path: Path, name: str) -> None:
    """Half a file is no model."""
    folder = tmp_path / "reader"
    shutil.copytree(FOLDER, folder)
    data = (folder / name).read_bytes()
    (folder / name).write_bytes(data[: len(data) // 2])

    with pytest.raises(BotError, match=r"the reader in .* cannot be loaded"):
        ReaderModel(folder)
