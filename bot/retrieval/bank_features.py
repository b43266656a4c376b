"""What the question bank tells of a passage and of an answer, in numbers."""

from __future__ import annotations

import numpy as np

from bot.retrieval.question_bank import BankMatch
from bot.retrieval.table import Vector
from bot.retrieval.weights import Matrix


def bank_features(log_probabilities: Vector, match: BankMatch) -> Matrix:
    """What the bank's network scores, a row a passage: what the reader thinks beside the bank."""
    likeness = match.lexical
    columns = [
        np.maximum(log_probabilities, -8.0) / 4,
        np.exp(log_probabilities),
        likeness,
        likeness - likeness.max(initial=0.0),
        likeness**2,
        match.votes,
        match.known,
        match.known_focus,
        match.known_numbers,
    ]
    if match.semantic is not None and match.semantic_votes is not None:
        semantic = match.semantic
        columns += [
            semantic,
            3 * (semantic - semantic.max(initial=0.0)),
            np.exp(6 * (semantic - semantic.max(initial=0.0))),
            match.semantic_votes,
        ]
    return np.column_stack(columns)


def bank_confidence_features(
    logit: float, probability: float, rows: slice, match: BankMatch
) -> list[float]:
    """What the bank's confidence is made of.

    `logit` is the reader's own confidence in the excerpt at `rows`, `probability` the share that
    the bank's network gives it.
    """
    likeness = float(match.lexical[rows].max())
    features = [
        max(-8.0, min(8.0, logit)) / 4,
        probability,
        likeness,
        match.gap_lexical,
        likeness - match.gap_lexical,
        float(match.votes[rows].max()),
        match.gap_votes,
        float(match.known[rows].max()),
        float(match.known.max()),
        float(match.known_focus[rows].max()),
        float(match.known_focus.max()),
        float(match.known_numbers[rows].max()),
        match.answerable,
    ]
    if match.semantic is not None and match.semantic_votes is not None:
        semantic = float(match.semantic[rows].max())
        features += [
            semantic,
            match.gap_semantic,
            3 * (semantic - match.gap_semantic),
            float(match.semantic_votes[rows].max()),
            match.gap_semantic_votes,
        ]
    return features
