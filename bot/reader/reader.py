"""Reads a question together with passages: which of them answers, with which words, or none."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.reader.model import Array, ReaderModel
from bot.reader.pieces import END
from bot.reader.states import PassageStates
from bot.reader.windows import QuestionPieces, question_pieces, select

BUDGET = 240
"""Pieces of candidates that are read together."""
_LOW_MATCH = 0.6
_LONGEST_SPAN = 40


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of a question.

    `scores` (one a passage) and `none` are logits of one softmax: how well each passage answers,
    and that none does; a passage that was not among the `selected` has minus infinity. `words`
    are, for a selected passage, the characters `[start, end)` of it that answer, and how much
    that span is preferred to the next best that does not overlap.
    """

    scores: npt.NDArray[np.float64]
    none: float
    first: npt.NDArray[np.float64]
    selected: tuple[int, ...]
    words: dict[int, tuple[int, int, float]]

    def probabilities(self) -> npt.NDArray[np.float64]:
        """Of every passage, then of none of them: their sum is 1."""
        logits = np.append(self.scores, self.none)
        shares = np.exp(logits - logits.max())
        total: npt.NDArray[np.float64] = shares / shares.sum()
        return total


class Reader:
    """One is enough for a process; may be asked from any thread."""

    def __init__(self, model: ReaderModel) -> None:
        self._model = model

    def read(
        self, turns: Sequence[str], passages: PassageStates, bm25: npt.NDArray[np.float64]
    ) -> Reading:
        """Read the clean `turns` of a conversation, the question last, over a text's passages.

        `bm25` has one score a passage.
        """
        asked = question_pieces(turns, self._model.tokenizer)
        states = self._model.lower(asked.ids)
        first = _interaction(self._model, asked, states, passages, bm25)
        selected = select(passages.lengths, dict(enumerate(first.scores.tolist())), BUDGET)
        return self._read(asked, states, passages, first, selected)

    def _read(
        self,
        asked: QuestionPieces,
        states: Array,
        passages: PassageStates,
        first: _First,
        selected: tuple[int, ...],
    ) -> Reading:
        parameters = self._model.parameters
        ids = [piece for i in selected for piece in passages.pieces[i].ids]
        in_passages, in_question = set(ids), set(asked.ids)
        content = np.array(asked.content)
        question_match = np.zeros(len(asked.ids), dtype=np.float32)
        question_match[first.rows] = first.question_match
        same_question = np.array(
            [
                float(mark > 0 and piece in in_passages)
                for piece, mark in zip(asked.ids, asked.content, strict=True)
            ],
            dtype=np.float32,
        )
        same_passage = np.array(
            [float(piece > END and piece in in_question) for piece in ids], dtype=np.float32
        )
        piece_match = np.concatenate(
            [first.piece_match[passages.starts[i] : passages.starts[i + 1]] for i in selected]
        )
        question = (
            states
            + parameters.segment[(content == 2).astype(int)]
            + same_question[:, None] * parameters.same[0]
            + question_match[:, None] * parameters.alike[0]
        )
        read = (
            np.concatenate([passages.of(i) for i in selected])
            + parameters.segment[2]
            + same_passage[:, None] * parameters.same[1]
            + piece_match[:, None] * parameters.alike[1]
        )
        outputs = self._model.joint(np.concatenate([question, read]))
        scores = np.full(len(passages.pieces), -np.inf)
        words: dict[int, tuple[int, int, float]] = {}
        place = len(asked.ids)
        for i in selected:
            end = place + passages.lengths[i]
            attention = np.exp(outputs[place:end, 1] - outputs[place:end, 1].max())
            scored = float((attention * outputs[place:end, 2]).sum() / attention.sum())
            scores[i] = first.scores[i] + scored
            words[i] = _best_span(outputs[place:end, 3:5], passages.pieces[i].spans)
            place = end
        level = max(float(first.scores[i]) for i in selected)
        none = (
            level
            + float(outputs[0, 0])
            + float(first.features @ parameters.none_features)
            + parameters.none_bias
        )
        return Reading(scores, none, first.scores, selected, words)


@dataclass(frozen=True, slots=True)
class _First:
    """The late interaction: scores of all passages, and which pieces met what."""

    scores: npt.NDArray[np.float64]
    rows: npt.NDArray[np.int64]
    features: Array
    piece_match: Array
    question_match: Array


def _interaction(
    model: ReaderModel,
    asked: QuestionPieces,
    states: Array,
    passages: PassageStates,
    bm25: npt.NDArray[np.float64],
) -> _First:
    """ColBERT's MaxSim (Khattab and Zaharia 2020) with learned weights, and BM25."""
    parameters = model.parameters
    content = np.array(asked.content)
    rows = np.flatnonzero(content)
    if not len(rows):
        rows = np.arange(len(content))
    hidden = states[rows]
    count = len(passages.pieces)
    idf = np.array(
        [math.log((count + 1) / (passages.frequency[asked.ids[i]] + 0.5)) for i in rows.tolist()]
    )
    raw = (
        hidden @ parameters.weigh
        + parameters.weigh_bias
        + parameters.idf_weight * idf
        + parameters.history_weight * (content[rows] == 2)
    )
    weights = np.logaddexp(0.0, raw)
    weights = weights / weights.sum()
    cosines = model.projected(hidden) @ passages.projected.T
    best = np.maximum.reduceat(cosines, passages.starts[:-1], axis=1)
    interaction = weights @ best
    highest = max(float(bm25.max()), 1e-6)
    scores = parameters.interaction_scale * interaction + parameters.bm25_scale * bm25 / highest
    top = best.max(axis=1)
    features = np.array(
        [
            interaction.max(),
            weights @ top,
            math.log1p(highest) / 3,
            ((top < _LOW_MATCH) * weights).sum(),
        ],
        dtype=np.float32,
    )
    piece_match = (cosines * (weights / weights.max())[:, None]).max(axis=0)
    return _First(
        scores,
        rows,
        features,
        piece_match.astype(np.float32),
        cosines.max(axis=1).astype(np.float32),
    )


def _best_span(logits: Array, spans: Sequence[tuple[int, int]]) -> tuple[int, int, float]:
    """The characters of the best start and end, and its lead over the best span apart from it."""
    count = len(logits)
    pairs = logits[:, None, 0] + logits[None, :, 1]
    reach = np.arange(count)[None, :] - np.arange(count)[:, None]
    pairs = np.where((reach >= 0) & (reach < _LONGEST_SPAN), pairs, -np.inf)
    start, end = (int(each) for each in np.unravel_index(int(pairs.argmax()), pairs.shape))
    rest = pairs.copy()
    rest[: end + 1, start:] = -np.inf
    lead = float(pairs[start, end] - rest.max(initial=-1e9))
    return spans[start][0], spans[end][1], lead
