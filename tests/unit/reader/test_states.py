"""The states of a text's passages, and the file they are kept in."""

from pathlib import Path

import numpy as np
import pytest

from bot.reader.model import WIDTH, ReaderModel
from bot.reader.states import read_passages

TEXTS = ["末班船延至零點半。", "单程全票三十五元，学生二十元。", "风力达七级时一律停航。"]


def test_every_passage_has_its_pieces_states(model: ReaderModel) -> None:
    """States are one a piece, passage after passage."""
    states = read_passages(model, TEXTS)

    assert states.starts.tolist() == [0, *np.cumsum(states.lengths).tolist()]
    assert states.of(1).shape == (states.lengths[1], WIDTH)
    assert np.allclose(np.linalg.norm(states.projected, axis=1), 1.0, atol=1e-4)


def test_states_are_read_back(model: ReaderModel, tmp_path: Path) -> None:
    """What was computed once is the same when it comes from the file."""
    file = tmp_path / "states.npz"
    first = read_passages(model, TEXTS, file)
    written = file.read_bytes()
    again = read_passages(model, TEXTS, file)

    assert np.array_equal(first.quantised, again.quantised)
    assert file.read_bytes() == written


def test_other_texts_are_read_anew(model: ReaderModel, tmp_path: Path) -> None:
    """A file of other texts is not used, and is replaced."""
    file = tmp_path / "states.npz"
    read_passages(model, TEXTS[:2], file)

    assert np.array_equal(
        read_passages(model, TEXTS, file).quantised, read_passages(model, TEXTS).quantised
    )


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 half", b"not a file of arrays"])
def test_a_damaged_file_is_replaced(model: ReaderModel, tmp_path: Path, damage: bytes) -> None:
    """Half a file, or another program's, costs a moment and nothing else."""
    file = tmp_path / "states.npz"
    file.write_bytes(damage)
    states = read_passages(model, TEXTS, file)

    assert np.array_equal(states.quantised, read_passages(model, TEXTS).quantised)
    assert np.array_equal(read_passages(model, TEXTS, file).quantised, states.quantised)


def test_wrong_shapes_and_numbers_are_not_believed(model: ReaderModel, tmp_path: Path) -> None:
    """Arrays of another shape, or with what is no number, are computed anew."""
    file = tmp_path / "states.npz"
    good = read_passages(model, TEXTS, file)
    with np.load(file) as data:
        kept = dict(data)
    for wrong in (
        {**kept, "scales": np.full_like(kept["scales"], np.nan)},
        {**kept, "states": kept["states"][:-1]},
        {**kept, "states": kept["states"].astype(np.float32)},
    ):
        np.savez(file, **wrong)
        assert np.array_equal(read_passages(model, TEXTS, file).scales, good.scales)


def test_a_folder_that_cannot_be_written_costs_no_answer(model: ReaderModel) -> None:
    """Where nothing can be kept the states are there all the same."""
    states = read_passages(model, TEXTS, Path("/proc/nowhere/states.npz"))

    assert len(states.pieces) == len(TEXTS)
