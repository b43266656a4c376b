"""A training run: reads the sets, trains for a time, keeps a checkpoint, exports at the end."""

from __future__ import annotations

import json
import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from bot.errors import BotError
from bot.evaluation.dataset import Example, read_examples
from bot.retrieval.analysis import Analyzer
from bot.training.reader.examples import Materials, Question, TrainingText
from bot.training.reader.export import export
from bot.training.reader.network import ReaderNetwork
from bot.training.reader.pretrained import Pretrained
from bot.training.reader.progress import evaluate
from bot.training.reader.trainer import Plan, Trainer
from bot.training.reader.vocabulary import cut_tokenizer, kept_pieces

_log = logging.getLogger(__name__)

_LOG_EVERY = 50
_SAVE_EVERY = 250
_CENTRED_ON = 40
_MOST_HELD_OUT = 400


@dataclass(frozen=True)
class Run:
    """What is read and written.

    `sets` are open sets with their articles, `written` questions about articles of those sets,
    `held` a JSON list of article ids that are kept out, `dev` sets to look at only. `start` is a
    checkpoint to begin from, `checkpoint` the one to write and to resume from.
    """

    sets: Sequence[Path]
    written: Sequence[Path]
    held: Path | None
    dev: Sequence[Path]
    vocabulary: Path
    start: Path | None
    checkpoint: Path
    plan: Plan
    threads: int = 1


def train(run: Run, analyzer: Analyzer, folder: Path | None, *, resume: bool) -> None:
    """Train as `run` says and write the model into `folder`, where there is one.

    Raises:
        BotError: a file cannot be read, or there is nothing to learn from.
    """
    torch.set_num_threads(run.threads)
    torch.manual_seed(run.plan.seed)
    pretrained = Pretrained()
    kept = kept_pieces(pretrained, run.vocabulary)
    tokenizer = cut_tokenizer(pretrained, kept)
    materials = Materials(tokenizer, analyzer)
    held = frozenset(json.loads(run.held.read_text("utf-8"))) if run.held else frozenset()
    examples = examples_of(run.sets, run.written)
    texts: dict[str, TrainingText] = {}
    questions = materials.with_swaps(
        _questions([each for each in examples if each.article_id not in held], materials, texts),
        random.Random(run.plan.seed),  # noqa: S311 - nothing secret
    )
    if not questions:
        raise BotError("there are no questions to learn from")
    held_out = _questions([each for each in examples if each.article_id in held], materials, texts)
    asked = [_questions(list(read_examples(path)), materials, {}) for path in run.dev]
    unanswered = sum(not each.gold for each in questions)
    _log.info("%d texts, %d questions, %d unanswered", len(texts), len(questions), unanswered)
    network = ReaderNetwork(len(kept))
    network.load(pretrained, kept.tolist())
    if run.start is not None:
        network.load_state_dict(torch.load(run.start)["network"])
    else:
        _centre(network, materials, questions)
    trainer = Trainer(network, materials, questions, run.plan)
    if resume and run.checkpoint.exists():
        trainer.resume(torch.load(run.checkpoint))
    recent: list[dict[str, float]] = []
    while not trainer.is_done:
        recent.append(trainer.train_step())
        if trainer.step % _LOG_EVERY == 0:
            _report(trainer, recent)
            recent.clear()
        if trainer.step % _SAVE_EVERY == 0 or trainer.is_done:
            torch.save(trainer.state(), run.checkpoint)
            for each in (held_out[:_MOST_HELD_OUT], *asked):
                if each:
                    _log.info("not trained on: %s", evaluate(network, materials, each))
    if folder is not None:
        export(network, tokenizer, kept, folder)


def examples_of(sets: Sequence[Path], written: Sequence[Path]) -> list[Example]:
    """Examples of the open sets, and the project's own questions with those sets' articles or
    with its own.

    Raises:
        BotError: a file cannot be read.
    """
    found: list[Example] = []
    articles: dict[str, str] = {}
    for path in sets:
        for example in read_examples(path):
            articles[example.article_id] = example.article or ""
            found.append(example)
    for path in written:
        for example in read_examples(path):
            text = example.article or articles.get(example.article_id)
            if text:
                found.append(example.model_copy(update={"article": text}))
    return found


def _questions(
    examples: Sequence[Example], materials: Materials, texts: dict[str, TrainingText]
) -> list[Question]:
    made: list[Question] = []
    for example in examples:
        name = example.article_id
        if name not in texts:
            texts[name] = materials.text(name, example.article or "")
        question = materials.question(example, texts[name])
        if question is not None:
            made.append(question)
    return made


def _centre(network: ReaderNetwork, materials: Materials, questions: Sequence[Question]) -> None:
    some = list({each.text.id: each.text.pieces for each in questions}.values())[:_CENTRED_ON]
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        states = network.passages([(text, frozenset()) for text in some], materials.prefix)
        network.centre(torch.cat([each for found in states for each in found.values()]).mean(0))


def _report(trainer: Trainer, recent: Sequence[dict[str, float]]) -> None:
    total = {key: sum(each[key] for each in recent) for key in recent[0]}
    _log.info(
        "step %d, %.1f min: loss %.3f, right %.2f, first score right %.2f, refused %.2f",
        trainer.step,
        trainer.spent / 60,
        total["loss"] / len(recent),
        total["right"] / max(1, total["answerable"]),
        total["first"] / max(1, total["answerable"]),
        total["refused"] / max(1, total["none"]),
    )
