"""Fits a `Network` so that a softmax over the rows of each list favours its right rows.

The loss of a list is -log of the share that its right rows have together (Cao et al. 2007, with
several right answers), plus weight decay; Adam (Kingma and Ba 2015) with a falling rate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.retrieval.weights import Matrix, Network, Vector

_BATCH = 512
_RATE = 0.01
_MOMENTS = (0.9, 0.999)


@dataclass(frozen=True)
class RankedList:
    """One question: a row of features a passage, and which passages answer."""

    features: Matrix
    right: npt.NDArray[np.bool_]


def fit_network(
    lists: Sequence[RankedList], *, units: int, epochs: int, decay: float, seed: int
) -> Network:
    """Fit a network with `units` hidden units; the same input gives the same network.

    Lists without a right row teach nothing and are left out.
    """
    lists = [each for each in lists if each.right.any()]
    rows = np.concatenate([each.features for each in lists]).astype(np.float64)
    right = np.concatenate([each.right for each in lists]).astype(np.float64)
    sizes = np.array([len(each.right) for each in lists])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    rows = (rows - mean) / scale

    generator = np.random.default_rng(seed)
    width = rows.shape[1]
    parameters = [
        generator.normal(0, 1 / np.sqrt(width), (units, width)),
        np.zeros(units),
        generator.normal(0, 0.3, units),
        np.zeros(width),
    ]
    optimizer = _Adam(parameters, decay)
    for epoch in range(epochs):
        rate = _RATE * (1 - epoch / epochs)
        order = generator.permutation(len(lists))
        for batch in np.array_split(order, max(1, len(lists) // _BATCH)):
            chosen = np.concatenate([np.arange(starts[at], starts[at] + sizes[at]) for at in batch])
            gradients = _gradients(parameters, rows[chosen], right[chosen], sizes[batch])
            optimizer.step(gradients, rate)
    hidden, bias, output, linear = parameters
    return Network(
        mean=tuple(mean.tolist()),
        scale=tuple(scale.tolist()),
        linear=tuple(linear.tolist()),
        hidden=tuple(tuple(row) for row in hidden.tolist()),
        bias=tuple(bias.tolist()),
        output=tuple(output.tolist()),
    )


def _gradients(
    parameters: Sequence[Matrix], rows: Matrix, right: Vector, sizes: npt.NDArray[np.int64]
) -> list[Matrix]:
    hidden, bias, output, linear = parameters
    active = np.tanh(rows @ hidden.T + bias)
    scores = active @ output + rows @ linear
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    owner = np.repeat(np.arange(len(sizes)), sizes)
    shares = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
    shares /= np.add.reduceat(shares, starts)[owner]
    together = np.maximum(np.add.reduceat(shares * right, starts), 1e-9)
    by_score = (shares - shares * right / together[owner]) / len(sizes)
    by_active = np.outer(by_score, output) * (1 - active**2)
    return [by_active.T @ rows, by_active.sum(axis=0), active.T @ by_score, rows.T @ by_score]


class _Adam:
    def __init__(self, parameters: Sequence[Matrix], decay: float) -> None:
        self._parameters = parameters
        self._decay = decay
        self._first = [np.zeros_like(each) for each in parameters]
        self._second = [np.zeros_like(each) for each in parameters]
        self._steps = 0

    def step(self, gradients: Sequence[Matrix], rate: float) -> None:
        self._steps += 1
        one, two = _MOMENTS
        for at, gradient in enumerate(gradients):
            parameter, first, second = self._parameters[at], self._first[at], self._second[at]
            decayed = gradient + self._decay * parameter
            # In place: the network is made of these very arrays.
            np.add(first, (1 - one) * (decayed - first), out=first)
            np.add(second, (1 - two) * (decayed**2 - second), out=second)
            unbiased = first / (1 - one**self._steps)
            spread = np.sqrt(second / (1 - two**self._steps)) + 1e-8
            np.subtract(parameter, rate * unbiased / spread, out=parameter)
