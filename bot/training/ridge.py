"""Solves the regression that judges whether the article answers (bot/retrieval/answerability)."""

from __future__ import annotations

import numpy as np
from scipy.linalg import cho_factor, cho_solve

from bot.retrieval.question_bank import QuestionBank
from bot.retrieval.table import Vector

# What keeps a question from deciding alone about those that are like it.
_RIDGE_LEXICAL = 0.3
_RIDGE_SEMANTIC = 0.3


def answering_weights(bank: QuestionBank, *, semantic: bool) -> Vector:
    """A weight for each question of the bank; takes four bytes for each pair of them."""
    kernel = np.stack([bank.nearness(row, semantic=semantic) for row in range(bank.size)])
    kernel[np.diag_indices(bank.size)] += _RIDGE_SEMANTIC if semantic else _RIDGE_LEXICAL
    targets = np.where(np.arange(bank.size) < bank.answered, 1.0, -1.0).astype(np.float32)
    factor = cho_factor(kernel, lower=True, overwrite_a=True, check_finite=False)
    weights: Vector = cho_solve(factor, targets, check_finite=False).astype(np.float64)
    return weights
