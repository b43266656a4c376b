"""The reader as a PyTorch network: what is trained, and exported by `export`.

The lower layers read passages once, in windows of one text, and a question by itself. A late
interaction over their states and BM25 make a first score, which chooses the candidates; the joint
layers read the question and the candidates as one sequence. Out come a score for each candidate,
one for "none of them answers", and start and end scores for every piece.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.rnn import pad_sequence

from bot.reader.pieces import END, PADDING
from bot.reader.windows import WINDOW, select, windows
from bot.training.reader.pretrained import Pretrained

WIDTH = 384
HEADS = 12
INNER = 1536
LOWER = 5
JOINT = 4
MOST_SELECTED = 240
"""Pieces of candidates that the joint layers read."""
_BATCH = 16
_FEATURES = 4
_LOW_MATCH = 0.6
_MASKED = -1e4


class Layer(nn.Module):
    """One layer of BERT: attention, then a feed-forward network, each normalised after it."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query = nn.Linear(WIDTH, WIDTH)
        self.key = nn.Linear(WIDTH, WIDTH)
        self.value = nn.Linear(WIDTH, WIDTH)
        self.attended = nn.Linear(WIDTH, WIDTH)
        self.attended_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.outer_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = dropout

    def forward(self, states: Tensor, mask: Tensor | None) -> Tensor:
        """States (batch, pieces, width), additive mask (batch, 1, 1, pieces) or None."""
        batch, length, _ = states.shape

        def heads(projected: Tensor) -> Tensor:
            return projected.view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)

        query, key, value = (
            heads(self.query(states)),
            heads(self.key(states)),
            heads(self.value(states)),
        )
        mixed = functional.scaled_dot_product_attention(
            query, key, value, attn_mask=None if mask is None else mask.to(query.dtype)
        )
        mixed = mixed.transpose(1, 2).reshape(batch, length, WIDTH)
        drop = self.dropout if self.training else 0.0
        states = self.attended_norm(states + functional.dropout(self.attended(mixed), drop))
        fed = self.outer(functional.gelu(self.inner(states)))
        return self.outer_norm(states + functional.dropout(fed, drop))

    def load(self, pretrained: Pretrained, number: int) -> None:
        """Take the weights of the pretrained model's layer of that number."""
        for own, name in (
            (self.query, "q"),
            (self.key, "k"),
            (self.value, "v"),
            (self.attended, "ao"),
            (self.inner, "fi"),
            (self.outer, "fo"),
            (self.attended_norm, "aln"),
            (self.outer_norm, "oln"),
        ):
            own.weight.data = torch.tensor(
                pretrained.tensor(f"l{number}.{name}.w", *own.weight.shape)
            )
            own.bias.data = torch.tensor(
                pretrained.tensor(
                    f"l{number}.{name}.b", WIDTH if own.bias.shape[0] == WIDTH else INNER
                )
            )


@dataclass(frozen=True)
class Text:
    """The passages of a text as pieces, each without the marks that a window adds."""

    passages: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Asked:
    """A question as pieces: `ids` whole; `content` says for each whether it is of the asker's
    words (1), of an earlier question's (2), or a mark (0). `bm25`: a score for every passage.
    """

    ids: tuple[int, ...]
    content: tuple[int, ...]
    bm25: tuple[float, ...]


@dataclass(frozen=True)
class Job:
    """One question of one text; passages in `without` are not there."""

    text: Text
    asked: Asked
    without: frozenset[int] = frozenset()
    keep: frozenset[int] = frozenset()
    budget: int = MOST_SELECTED


@dataclass(frozen=True)
class Read:
    """What comes out: `none` and `scores` (one a selected passage) are logits of one softmax.

    `selected` are the passages' numbers; `spans` (pieces of them in order, 2) are start and end
    logits; `first` are the first scores of `present` passages.
    """

    none: Tensor
    scores: Tensor
    spans: Tensor
    selected: tuple[int, ...]
    first: Tensor
    present: tuple[int, ...]


class ReaderNetwork(nn.Module):
    """See the module."""

    def __init__(self, pieces: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(pieces, WIDTH)
        self.positions = nn.Parameter(torch.zeros(WINDOW + 128, WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.lower = nn.ModuleList(Layer(dropout) for _ in range(LOWER))
        self.joint = nn.ModuleList(Layer(dropout) for _ in range(JOINT))
        self.project = nn.Linear(WIDTH, WIDTH)
        self.weigh = nn.Linear(WIDTH, 1)
        self.idf_weight = nn.Parameter(torch.tensor(0.5))
        self.history_weight = nn.Parameter(torch.tensor(-0.7))
        self.interaction_scale = nn.Parameter(torch.tensor(25.0))
        self.bm25_scale = nn.Parameter(torch.tensor(2.5))
        # Question, its history, passage.
        self.segment = nn.Parameter(torch.randn(3, WIDTH) * 0.02)
        self.same = nn.Parameter(torch.randn(2, WIDTH) * 0.02)
        self.alike = nn.Parameter(torch.randn(2, WIDTH) * 0.1)
        self.attend = nn.Linear(WIDTH, 1)
        self.score = nn.Linear(WIDTH, 1)
        self.none = nn.Linear(WIDTH, 1)
        self.none_features = nn.Linear(_FEATURES, 1)
        self.span = nn.Linear(WIDTH, 2)
        for zeroed in (self.weigh, self.score, self.none, self.none_features):
            nn.init.zeros_(zeroed.weight)
            nn.init.zeros_(zeroed.bias)

    def load(self, pretrained: Pretrained, kept: Sequence[int]) -> None:
        """Take the pretrained embeddings of the kept pieces and the first layers."""
        words = pretrained.tensor("emb.word", -1, WIDTH)[np.asarray(kept)]
        self.words.weight.data = torch.tensor(words)
        positions = (
            pretrained.tensor("emb.pos", -1, WIDTH) + pretrained.tensor("emb.type", -1, WIDTH)[:1]
        )
        self.positions.data = torch.tensor(positions[: self.positions.shape[0]])
        self.norm.weight.data = torch.tensor(pretrained.tensor("emb.ln.w", WIDTH))
        self.norm.bias.data = torch.tensor(pretrained.tensor("emb.ln.b", WIDTH))
        for number, layer in enumerate([*self.lower, *self.joint]):
            layer.load(pretrained, number)
        self.project.weight.data = torch.eye(WIDTH)
        nn.init.zeros_(self.project.bias)

    def centre(self, mean: Tensor) -> None:
        """Let the projection take `mean` from every state: raw states all lean one way."""
        self.project.bias.data = -(self.project.weight.data @ mean.float()).float()

    def encode(self, sequences: Sequence[Sequence[int]]) -> list[Tensor]:
        """The lower layers' states of each sequence of ids: (its length, width)."""
        states: list[Tensor] = [torch.empty(0)] * len(sequences)
        order = sorted(range(len(sequences)), key=lambda i: len(sequences[i]))
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            ids = pad_sequence([torch.tensor(sequences[i]) for i in rows], True, PADDING)
            mask = _mask(ids != PADDING)
            hidden = self.norm(self.words(ids) + self.positions[: ids.shape[1]])
            for layer in self.lower:
                hidden = layer(hidden, mask)
            for row, number in enumerate(rows):
                states[number] = hidden[row, : len(sequences[number])].float()
        return states

    def passages(
        self, texts: Sequence[tuple[Text, frozenset[int]]], prefix: Sequence[int]
    ) -> list[dict[int, Tensor]]:
        """States of every passage of each text that is not left out, read in windows."""
        all_windows = [
            (number, window)
            for number, (text, without) in enumerate(texts)
            for window in windows(text.passages, prefix, without)
        ]
        found: list[dict[int, Tensor]] = [{} for _ in texts]
        encoded = self.encode([ids for _, (ids, _) in all_windows])
        for (number, (_, places)), states in zip(all_windows, encoded, strict=True):
            for passage, start, end in places:
                found[number][passage] = states[start:end]
        return found

    def forward(self, jobs: Sequence[Job], prefix: Sequence[int]) -> list[Read]:
        """Read every job; the same text with the same passages left out is encoded once."""
        numbers: dict[tuple[int, frozenset[int]], int] = {}
        variants: list[tuple[Text, frozenset[int]]] = []
        for job in jobs:
            key = (id(job.text), job.without)
            if key not in numbers:
                numbers[key] = len(variants)
                variants.append((job.text, job.without))
        prepared = [
            self.prepare(text, states)
            for (text, _), states in zip(variants, self.passages(variants, prefix), strict=True)
        ]
        questions = self.encode([job.asked.ids for job in jobs])
        firsts = [
            self.first(prepared[numbers[id(job.text), job.without]], states, job)
            for job, states in zip(jobs, questions, strict=True)
        ]
        return self.read(firsts)

    def prepare(self, text: Text, states: dict[int, Tensor]) -> Prepared:
        """What the late interaction needs of a text's passages."""
        present = tuple(sorted(states))
        projected = functional.normalize(
            self.project(torch.cat([states[i] for i in present])).float(), dim=-1
        )
        owner = torch.tensor([row for row, i in enumerate(present) for _ in text.passages[i]])
        frequency = Counter(piece for i in present for piece in set(text.passages[i]))
        return Prepared(text, states, present, projected, owner, frequency)

    def first(self, prepared: Prepared, question: Tensor, job: Job) -> First:
        """The first scores: each of the question's pieces meets its best in every passage."""
        content = torch.tensor(job.asked.content)
        rows = content.nonzero()[:, 0]
        if len(rows) == 0:
            rows = torch.arange(len(content))
        hidden = question[rows]
        count = len(prepared.present)
        idf = torch.tensor(
            [
                math.log((count + 1) / (prepared.frequency.get(job.asked.ids[i], 0) + 0.5))
                for i in rows.tolist()
            ]
        )
        earlier = (content[rows] == 2).float()
        weights = functional.softplus(
            self.weigh(hidden).float()[:, 0] + self.idf_weight * idf + self.history_weight * earlier
        )
        weights = weights / weights.sum()
        cosines = (
            functional.normalize(self.project(hidden).float(), dim=-1) @ prepared.projected.T
        ).float()
        best = torch.full((len(rows), count), -1.0).scatter_reduce(
            1, prepared.owner.expand(len(rows), -1), cosines, "amax", include_self=False
        )
        interaction = (weights[:, None] * best).sum(0)
        bm25 = torch.tensor([job.asked.bm25[i] for i in prepared.present])
        highest = bm25.max().clamp(min=1e-6)
        scores = self.interaction_scale * interaction + self.bm25_scale * bm25 / highest
        top = best.max(1).values
        features = torch.stack(
            [
                interaction.max(),
                (weights * top).sum(),
                torch.log1p(highest) / 3,
                ((top < _LOW_MATCH).float() * weights).sum(),
            ]
        )
        piece_match = (cosines * (weights / weights.max())[:, None]).max(0).values
        return First(
            prepared, job, question, rows, scores, features, piece_match, cosines.max(1).values
        )

    def read(self, firsts: Sequence[First]) -> list[Read]:
        """The joint layers over question and candidates, in batches of like length."""
        inputs = [self._joint_input(first) for first in firsts]
        order = sorted(range(len(firsts)), key=lambda i: len(inputs[i][0]))
        read: list[Read | None] = [None] * len(firsts)
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            hidden = pad_sequence([inputs[i][0] for i in rows], True)
            lengths = torch.tensor([len(inputs[i][0]) for i in rows])
            mask = _mask(torch.arange(hidden.shape[1])[None] < lengths[:, None])
            for layer in self.joint:
                hidden = layer(hidden, mask)
            hidden = hidden.float()
            attention, scored = self.attend(hidden)[..., 0], self.score(hidden)[..., 0]
            spans, none = self.span(hidden), self.none(hidden[:, 0])[:, 0]
            for row, number in enumerate(rows):
                read[number] = self._outputs(
                    firsts[number],
                    inputs[number][1],
                    none[row],
                    attention[row].float(),
                    scored[row].float(),
                    spans[row].float(),
                )
        return [each for each in read if each is not None]

    def _joint_input(self, first: First) -> tuple[Tensor, tuple[int, ...]]:
        job, prepared = first.job, first.prepared
        selected = select(
            [len(ids) for ids in job.text.passages],
            dict(zip(prepared.present, first.scores.tolist(), strict=True)),
            job.budget,
            job.keep,
        )
        chosen = set(selected)
        ids = [piece for i in selected for piece in job.text.passages[i]]
        passage_set, question_set = set(ids), set(job.asked.ids)
        inside = torch.tensor([prepared.present[row] in chosen for row in prepared.owner.tolist()])
        same_passage = torch.tensor([float(i in question_set and i > END) for i in ids])
        content = torch.tensor(job.asked.content)
        same_question = torch.tensor(
            [
                float(i in passage_set and c > 0)
                for i, c in zip(job.asked.ids, job.asked.content, strict=True)
            ]
        )
        question_match = torch.zeros(len(job.asked.ids)).scatter(
            0, first.rows, first.question_match
        )
        question = (
            first.question
            + self.segment[(content == 2).long()]
            + same_question[:, None] * self.same[0]
            + question_match[:, None] * self.alike[0]
        )
        passages = (
            torch.cat([prepared.states[i] for i in selected])
            + self.segment[2]
            + same_passage[:, None] * self.same[1]
            + first.piece_match[inside][:, None] * self.alike[1]
        )
        return torch.cat([question, passages]), selected

    def _outputs(
        self,
        first: First,
        selected: tuple[int, ...],
        none: Tensor,
        attention: Tensor,
        scored: Tensor,
        spans: Tensor,
    ) -> Read:
        place = len(first.job.asked.ids)
        begin = place
        joint: list[Tensor] = []
        for i in selected:
            end = place + len(first.job.text.passages[i])
            joint.append((torch.softmax(attention[place:end], 0) * scored[place:end]).sum())
            place = end
        rows = {passage: row for row, passage in enumerate(first.prepared.present)}
        scores = first.scores[[rows[i] for i in selected]]
        # "None" starts level with the best first score, so that it means the same for every text.
        level = scores.max().detach()
        return Read(
            level + none + self.none_features(first.features)[0],
            scores + torch.stack(joint),
            spans[begin:place],
            selected,
            first.scores,
            first.prepared.present,
        )


@dataclass(frozen=True)
class Prepared:
    """A text's passages as the late interaction sees them; `owner`: a row of `present` a piece."""

    text: Text
    states: dict[int, Tensor]
    present: tuple[int, ...]
    projected: Tensor
    owner: Tensor
    frequency: Counter[int]


@dataclass(frozen=True)
class First:
    """The late interaction's outcome for one job."""

    prepared: Prepared
    job: Job
    question: Tensor
    rows: Tensor
    scores: Tensor
    features: Tensor
    piece_match: Tensor
    question_match: Tensor


def _mask(valid: Tensor) -> Tensor:
    return torch.zeros(valid.shape).masked_fill(~valid, _MASKED)[:, None, None, :]
