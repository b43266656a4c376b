from __future__ import annotations

import numpy as np
import pytest

from bot.retrieval.projection import DIMENSIONS, discriminating


@pytest.fixture
def groups() -> tuple[np.ndarray, list[int]]:
    """Thirty groups of ten; they differ in eight directions a little, in style a lot."""
    generator = np.random.default_rng(0)
    centres = np.repeat(np.pad(2 * generator.normal(size=(30, 8)), ((0, 0), (0, 40))), 10, axis=0)
    style = np.pad(2 * generator.normal(size=(300, 40)), ((0, 0), (8, 0)))
    vectors = centres + style + 0.2 * generator.normal(size=(300, 48)) + 5.0
    return vectors.astype(np.float32), np.repeat(np.arange(30), 10).tolist()


def own_group_first(vectors: np.ndarray, groups: list[int]) -> float:
    """How often the nearest other vector is of the same group."""
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = unit @ unit.T
    np.fill_diagonal(cosines, -1.0)
    nearest = np.asarray(groups)[cosines.argmax(axis=1)]
    return float((nearest == np.asarray(groups)).mean())


def test_groups_stand_apart(groups: tuple[np.ndarray, list[int]]) -> None:
    """What was hidden by how the members of a group differ comes out."""
    vectors, numbers = groups
    projected = discriminating(vectors, numbers).of(vectors)

    assert own_group_first(vectors, numbers) < 0.4
    assert own_group_first(projected, numbers) > 0.6


def test_gives_unit_vectors(groups: tuple[np.ndarray, list[int]]) -> None:
    """Of no more than so many directions, for one vector as for many."""
    vectors, numbers = groups
    projection = discriminating(vectors, numbers)

    assert (300, min(DIMENSIONS, 48)) == projection.of(vectors).shape
    assert 1.0 == pytest.approx(float(np.linalg.norm(projection.of(vectors[0]))), abs=1e-5)


def test_takes_what_does_not_differ() -> None:
    """One vector alone, or the same one again and again, is no error."""
    same = np.ones((3, 4), dtype=np.float32)

    assert np.isfinite(discriminating(same, [0, 1, 1]).of(same)).all()
    assert np.isfinite(discriminating(same[:1], [0]).of(same)).all()
