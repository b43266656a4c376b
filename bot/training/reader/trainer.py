"""Trains the reader: batches of texts with their questions, the loss, checkpoints."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from bot.training.reader.examples import Homophones, Materials, Question, TrainingText
from bot.training.reader.network import Job, Read, ReaderNetwork

_TEXTS_A_STEP = 4
_QUESTIONS_A_TEXT = 7
_BUDGETS = (140, 200, 260)
_WARM_UP = 60


@dataclass(frozen=True)
class Plan:
    """How long and how fast the reader is trained, and what is done to its questions.

    `lower`, `joint` and `heads` are learning rates; the first `frozen` layers and the embeddings
    stay as they are. `removed`, `foreign` and `swapped` are the shares of answerable questions
    that are made unanswerable: the answering passages taken away, another text asked, a name or
    number exchanged. `noisy` is the share that is typed in haste, `history` that of questions
    which stand alone and are read after others of their text.
    """

    minutes: float
    lower: float = 5e-5
    joint: float = 1e-4
    heads: float = 5e-4
    frozen: int = 2
    removed: float = 0.10
    foreign: float = 0.05
    swapped: float = 0.08
    noisy: float = 0.10
    history: float = 0.12
    seed: int = 0


@dataclass(frozen=True)
class _Drawn:
    job: Job
    question: Question
    gold: frozenset[int]


class Trainer:
    """Trains a network on questions grouped by their text."""

    def __init__(
        self,
        network: ReaderNetwork,
        materials: Materials,
        questions: Sequence[Question],
        plan: Plan,
    ) -> None:
        self._network = network
        self._materials = materials
        self._plan = plan
        self._generator = random.Random(plan.seed)  # noqa: S311 - nothing secret
        self._by_text: dict[str, list[Question]] = defaultdict(list)
        for question in questions:
            self._by_text[question.text.id].append(question)
        self._noise = Homophones([q.text.text for q in questions[::5]])
        self._order: list[str] = []
        for parameter in [network.words.weight, network.positions, *network.norm.parameters()]:
            parameter.requires_grad_(False)
        for layer in network.lower[: plan.frozen]:
            layer.requires_grad_(False)
        self._optimizer = torch.optim.AdamW(
            _groups(network, plan), weight_decay=0.01, betas=(0.9, 0.98)
        )
        self._rates = [group["lr"] for group in self._optimizer.param_groups]
        self.step = 0
        self.spent = 0.0

    def state(self) -> dict[str, Any]:
        """All that a resumed run needs."""
        return {
            "network": self._network.state_dict(),
            "optimizer": self._optimizer.state_dict(),
            "random": self._generator.getstate(),
            "order": self._order,
            "step": self.step,
            "spent": self.spent,
        }

    def resume(self, state: dict[str, Any]) -> None:
        """Go on where `state` was taken."""
        self._network.load_state_dict(state["network"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._generator.setstate(state["random"])
        self._order = list(state["order"])
        self.step = int(state["step"])
        self.spent = float(state["spent"])

    @property
    def is_done(self) -> bool:
        """Whether the planned time is spent."""
        return self.spent >= self._plan.minutes * 60

    def train_step(self) -> dict[str, float]:
        """One step; what it cost and how well it went."""
        began = time.monotonic()
        progress = self.spent / (self._plan.minutes * 60)
        factor = min(1.0, (self.step + 1) / _WARM_UP) * max(0.02, 1 - progress)
        for group, rate in zip(self._optimizer.param_groups, self._rates, strict=True):
            group["lr"] = rate * factor
        drawn = self._draw()
        self._network.train()
        with torch.autocast("cpu", torch.bfloat16):
            outputs = self._network([each.job for each in drawn], self._materials.prefix)
        losses = [_loss(each, read) for each, read in zip(drawn, outputs, strict=True)]
        loss = torch.stack(losses).mean()
        self._optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_([p for p in self._network.parameters() if p.requires_grad], 1.0)
        self._optimizer.step()
        self.step += 1
        self.spent += time.monotonic() - began
        return {"loss": float(loss), "questions": len(drawn), **_shares(drawn, outputs)}

    def _draw(self) -> list[_Drawn]:
        if len(self._order) < _TEXTS_A_STEP:
            self._order = sorted(self._by_text)
            # A text with many questions comes up more often.
            self._order += [
                name
                for name in self._order
                for _ in range(len(self._by_text[name]) // _QUESTIONS_A_TEXT - 1)
            ]
            self._generator.shuffle(self._order)
        names = [self._order.pop() for _ in range(_TEXTS_A_STEP)]
        texts = {name: self._by_text[name][0].text for name in names}
        drawn: list[_Drawn] = []
        for name in names:
            pool = self._by_text[name]
            others = [text for other, text in texts.items() if other != name]
            chosen = self._generator.sample(pool, min(len(pool), _QUESTIONS_A_TEXT))
            drawn += [self._drawn(question, others) for question in chosen]
        return drawn

    def _drawn(self, question: Question, others: Sequence[TrainingText]) -> _Drawn:
        plan, text, asked = self._plan, question.text, question.asked
        generator = self._generator
        budget = generator.choice(_BUDGETS)
        fate = generator.random()
        none: frozenset[int] = frozenset()
        turns = question.turns
        if len(turns) == 1 and generator.random() < plan.history:
            earlier = generator.sample(self._by_text[text.id], min(2, len(self._by_text[text.id])))
            turns = (*(q.turns[-1] for q in earlier if q is not question), *turns)
        if generator.random() < plan.noisy:
            turns = (*turns[:-1], self._noise(turns[-1], generator))
        if turns != question.turns:
            asked = self._materials.asked(turns, text)
        if question.gold:
            if fate < plan.removed and len(question.gold) < len(text.passages):
                return _Drawn(Job(text.pieces, asked, question.gold, none, budget), question, none)
            if fate < plan.removed + plan.foreign and others:
                other = generator.choice(others)
                asked = self._materials.asked(question.turns, other)
                return _Drawn(Job(other.pieces, asked, none, none, budget), question, none)
            if fate < plan.removed + plan.foreign + plan.swapped and question.swapped:
                job = Job(text.pieces, question.swapped, none, question.gold, budget)
                return _Drawn(job, question, none)
        keep = question.gold or question.nearest
        return _Drawn(Job(text.pieces, asked, none, keep, budget), question, question.gold)


def _loss(drawn: _Drawn, read: Read) -> Tensor:
    logits = torch.log_softmax(torch.cat([read.none[None], read.scores]), 0)
    if not drawn.gold:
        loss = -logits[0]
        if drawn.question.nearest and drawn.job.text is drawn.question.text.pieces:
            near = [i for i, p in enumerate(read.selected) if p in drawn.question.nearest]
            if near and not drawn.question.gold:
                loss = loss - 0.2 * torch.logsumexp(torch.log_softmax(read.scores, 0)[near], 0)
        return loss
    rows = [1 + i for i, p in enumerate(read.selected) if p in drawn.gold]
    loss = -torch.logsumexp(logits[rows], 0)
    first = torch.log_softmax(read.first, 0)
    present = [i for i, p in enumerate(read.present) if p in drawn.gold]
    loss = loss - 0.3 * torch.logsumexp(first[present], 0)
    places = [place for p in read.selected for place in drawn.question.text.places[p]]
    starts = [
        i
        for i, (a, b) in enumerate(places)
        if any(a <= start < b for start, _ in drawn.question.answers)
    ]
    ends = [
        i
        for i, (a, b) in enumerate(places)
        if any(a < end <= b for _, end in drawn.question.answers)
    ]
    if starts and ends:
        spans = torch.log_softmax(read.spans, 0)
        loss = loss - 0.15 * (
            torch.logsumexp(spans[starts, 0], 0) + torch.logsumexp(spans[ends, 1], 0)
        )
    return loss


def _shares(drawn: Sequence[_Drawn], outputs: Sequence[Read]) -> dict[str, float]:
    right = first = answerable = refused = none = 0
    for each, read in zip(drawn, outputs, strict=True):
        if each.gold:
            answerable += 1
            right += read.selected[int(read.scores.argmax())] in each.gold
            first += read.present[int(read.first.argmax())] in each.gold
        else:
            none += 1
            refused += float(read.none) > float(read.scores.max())
    return {
        "right": right,
        "first": first,
        "answerable": answerable,
        "refused": refused,
        "none": none,
    }


def _groups(network: ReaderNetwork, plan: Plan) -> list[dict[str, Any]]:
    heads = [network.segment, network.same, network.alike]
    for module in (
        network.attend,
        network.score,
        network.none,
        network.none_features,
        network.span,
        network.weigh,
    ):
        heads += module.parameters()
    return [
        {
            "params": [p for x in network.lower[plan.frozen :] for p in x.parameters()],
            "lr": plan.lower,
        },
        {"params": list(network.joint.parameters()), "lr": plan.joint},
        {"params": heads, "lr": plan.heads},
        {"params": list(network.project.parameters()), "lr": 2 * plan.joint, "weight_decay": 0.0},
        {
            "params": [
                network.interaction_scale,
                network.bm25_scale,
                network.idf_weight,
                network.history_weight,
            ],
            "lr": 2e-3,
            "weight_decay": 0.0,
        },
    ]
