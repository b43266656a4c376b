"""Fits the weights by which answers are marked.

On-line gradient steps, each weight with a rate of its own (AdaGrad, Duchi et al. 2011). The loss
is mostly one minus the expected F1 of the marked characters, for half an answer is worth more than
none; some of it is the likelihood of the exact answer, which tells where to begin.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bot.evaluation.dataset import Example
from bot.retrieval.analysis import Analyzer, clean, fold
from bot.retrieval.question import read_question
from bot.retrieval.spans import BITS, Matrix, SpanFeatures, Vector, span_features
from bot.retrieval.units import Indices, Units, read_units
from bot.retrieval.weights import Weights
from bot.training.examples import Material

_EPOCHS = 6
_RATE = 0.04
_DECAY = 2e-3
_OVERLAP = 5.0
_LIKELIHOOD = 0.2
_AT_END = "。，；.,;！？"


@dataclass(frozen=True)
class MarkedQuote:
    """A quote that answers a question, its spans' features, and the F1 of each with the answer."""

    features: SpanFeatures
    overlaps: Matrix


def answering_quotes(every: Iterable[Material], weights: Weights) -> Iterator[tuple[Example, str]]:
    """Each example with the excerpt that the reader ranks first among those that answer it."""
    for material in every:
        reader = material.reader(weights)
        for asked in material.asked:
            _, cosines = material.read(asked)
            reading = reader.read(asked.question, cosines)
            for excerpt in reader.excerpts(reading.probabilities, material.table.count):
                text = material.text[excerpt.span.start : excerpt.span.end]
                if asked.example.answered_by(text):
                    yield asked.example, text
                    break


def mark_quotes(quotes: Iterable[tuple[Example, str]], analyzer: Analyzer) -> Iterator[MarkedQuote]:
    """Examples, each with a quote that answers it; where no span can be the answer, left out."""
    for example, quote in quotes:
        question = read_question(clean(example.question), analyzer)
        features = span_features(question, read_units(quote, analyzer), analyzer)
        overlaps = _overlaps(features.units, example.answers)
        if (overlaps[features.allowed] == 1.0).any():
            yield MarkedQuote(features, overlaps)


def fit_spans(marked: Sequence[MarkedQuote], *, seed: int = 0) -> Vector:
    """The weights that mark best."""
    weights = np.zeros(2**BITS)
    squares = np.full(2**BITS, 1e-2)
    generator = random.Random(seed)  # noqa: S311 - repeatable, not secret
    order = list(marked)
    for _ in range(_EPOCHS):
        generator.shuffle(order)
        for each in order:
            gradient = _gradient(each, weights)
            touched = np.flatnonzero(gradient)
            steps = gradient[touched] + _DECAY * weights[touched]
            squares[touched] += steps**2
            weights[touched] -= _RATE * steps / np.sqrt(squares[touched])
    return weights


def _overlaps(units: Units, answers: Sequence[str]) -> Matrix:
    """For every span the F1 of its characters with the nearest answer's."""
    lengths = units.ends[np.newaxis, :] - units.starts[:, np.newaxis]
    best = np.zeros(lengths.shape)
    text = fold(units.text)
    for answer in set(answers):
        wanted = fold(answer.strip().rstrip(_AT_END))
        start = text.find(wanted) if wanted else -1
        while start >= 0:
            end = start + len(wanted)
            both = np.minimum(units.ends[np.newaxis, :], end) - np.maximum(
                units.starts[:, np.newaxis], start
            )
            overlap = 2 * np.maximum(both, 0) / np.maximum(lengths + len(wanted), 1)
            best = np.maximum(best, overlap)
            start = text.find(wanted, start + 1)
    return best


def _gradient(marked: MarkedQuote, weights: Vector) -> Vector:
    features, overlaps = marked.features, marked.overlaps
    scores = features.scores(weights)
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    exact = np.where(overlaps == 1.0, shares, 0.0)
    by_span = _LIKELIHOOD * (shares - exact / max(float(exact.sum()), 1e-12))
    by_span += (1 - _LIKELIHOOD) * _OVERLAP * shares * (float((shares * overlaps).sum()) - overlaps)
    by_start, by_end = by_span.sum(axis=1), by_span.sum(axis=0)
    by_unit = np.cumsum(by_start) - np.concatenate([[0.0], np.cumsum(by_end)[:-1]])
    places: list[Indices] = []
    values: list[Vector] = []
    rows: Indices
    for rows, each in (
        (features.starts, by_start),
        (features.ends, by_end),
        (features.insides, by_unit),
    ):
        places.append(rows.ravel())
        values.append(np.repeat(each, rows.shape[1]))
    for pair in features.pairs:
        places.append(pair[features.allowed])
        values.append(by_span[features.allowed])
    for first, last, place in features.entities:
        places.append(np.array([place]))
        values.append(by_span[first : first + 1, last])
    total = np.bincount(np.concatenate(places), np.concatenate(values), minlength=2**BITS)
    return total.astype(np.float64)
