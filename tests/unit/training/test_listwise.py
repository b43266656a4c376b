from __future__ import annotations

import numpy as np

from bot.training.listwise import RankedList, fit_network


def lists(count: int) -> list[RankedList]:
    """Lists of five rows; the row with the greatest product of two features is right."""
    generator = np.random.default_rng(0)
    made = []
    for _ in range(count):
        features = generator.normal(size=(5, 3))
        right = np.zeros(5, dtype=bool)
        right[np.argmax(features[:, 0] * features[:, 1])] = True
        made.append(RankedList(features, right))
    return made


def test_learns_what_no_line_can_tell() -> None:
    """The hidden units find a product of features; unseen lists are ranked by it."""
    network = fit_network(lists(600), units=12, epochs=150, decay=1e-4, seed=0)
    unseen = lists(700)[600:]
    hits = sum(bool(each.right[np.argmax(network(each.features))]) for each in unseen)

    assert hits >= 70


def test_is_repeatable_and_passes_over_lists_without_an_answer() -> None:
    """The same input gives the same network; a list that teaches nothing changes nothing."""
    hopeless = RankedList(np.ones((3, 3)), np.zeros(3, dtype=bool))
    one = fit_network(lists(20), units=2, epochs=3, decay=1e-3, seed=1)
    other = fit_network([*lists(20), hopeless], units=2, epochs=3, decay=1e-3, seed=1)

    assert one == other
