"""Fitting the detector of distress: multinomial logistic regression over sparse features."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pypinyin import lazy_pinyin

from bot.article.datafile import Entry, read_toml
from bot.care.distress import KINDS, Distress, likeliest
from bot.care.linear import LinearModel, Logits, probability_of
from bot.retrieval.encoder import Vectors
from bot.training import linear
from bot.training.linear import SEED, Message

NONE = "none"
"""How an ordinary message is labelled."""

LABELS = (NONE, *(kind.value for kind in KINDS))
_EACH = 3
_MIX = 0.5
_VECTORS_STRENGTH = 3.0

MOST_ALARMS = 0.02
"""Of ordinary questions, the share that may count as distress."""

MOST_ALARMS_BY_WORDS = 0.015
"""The same where words alone decide, which are worse at what they have never met."""

_HAN = re.compile("[\u3400-\u9fff]{2,14}")
_WORD = re.compile("[a-z]")


class _Group(Entry):
    kind: Distress
    signs: tuple[str, ...]
    cries: tuple[str, ...]
    ordinary: tuple[str, ...]


class _Phrases(Entry):
    group: tuple[_Group, ...]


@dataclass(frozen=True)
class Judged:
    """A message as the detector judged it without having seen it."""

    message: Message
    kind: Distress
    probability: float


def put_together(path: Path, each: int = _EACH) -> list[Message]:
    """Messages out of care_phrases.toml: of each group `each` cries and as many ordinary ones.

    Raises:
        ArticleError: the file is missing or wrong.
    """
    chance = random.Random(SEED)  # noqa: S311 - the same every time
    made = {}
    for group in read_toml(path, _Phrases).group:
        for frames, label in ((group.cries, group.kind), (group.ordinary, NONE)):
            count = each * len(group.signs) // (1 if label != NONE else 2)
            for number in range(count):
                sign = group.signs[number % len(group.signs)]
                # Chinese words stand in Chinese, English ones in English.
                fitting = [frame for frame in frames if _latin(frame) == _latin(sign)]
                frame = chance.choice(fitting or ["{}"])
                made[frame.format(sign)] = label
    return [Message(text, label, made=True) for text, label in made.items()]


def in_pinyin(messages: Iterable[Message], most: int) -> list[Message]:
    """The first Chinese ones among `messages` as they are typed without an input method."""
    chinese = [message for message in messages if _HAN.fullmatch(message.text)]
    return [
        Message(" ".join(lazy_pinyin(message.text)), message.label, made=True)
        for message in chinese[:most]
    ]


def fit(messages: Sequence[Message], vectors: Vectors) -> LinearModel:
    """A detector fitted on `messages`, its thresholds as they are by default."""
    words = linear.fit_words(messages, LABELS)
    return linear.fit_vectors(words, messages, LABELS, vectors, _VECTORS_STRENGTH, _MIX)


def judge_unseen(messages: Sequence[Message], vectors: Vectors) -> list[tuple[Judged, Judged]]:
    """Each message that was not `made`, judged by a detector fitted on other folds: by words
    alone, and by its vector too.
    """
    return [
        (_judged(message, by_words), _judged(message, mixed))
        for message, by_words, mixed in linear.odds_unseen(
            messages, LABELS, vectors, _VECTORS_STRENGTH, _MIX
        )
    ]


def _judged(message: Message, odds: Logits) -> Judged:
    return Judged(message, likeliest(odds), probability_of(odds))


def choose_threshold(judged: Iterable[Judged], alarms: float) -> float:
    """The lowest threshold, in hundredths, that at most this share of questions reaches."""
    ordinary = sorted(
        (each.probability for each in judged if not each.message.authored), reverse=True
    )
    return min(0.99, math.ceil(100 * ordinary[int(alarms * len(ordinary))] + 1e-6) / 100)


def share(judged: Iterable[Judged], holds: Callable[[Message], bool], least: float) -> float:
    """Of the messages for which `holds`, the share that counts as distress."""
    chosen = [each.probability >= least for each in judged if holds(each.message)]
    return sum(chosen) / len(chosen) if chosen else 0.0


def report(judged: Sequence[Judged], least: float) -> str:
    """What a detector with this threshold reaches, on one line."""
    kinds = [(kind.value, lambda message, kind=kind: message.label == kind) for kind in KINDS]
    shares = [f"{name} {share(judged, holds, least):.1%}" for name, holds in kinds]
    near = share(judged, lambda m: m.authored and m.label == NONE, least)
    ordinary = share(judged, lambda m: not m.authored, least)
    right = [each.kind == each.message.label for each in judged if each.message.label != NONE]
    return (
        f"found: {', '.join(shares)}; alarms: ordinary {ordinary:.1%}, near misses {near:.1%}; "
        f"right kind {sum(right) / len(right):.1%}; threshold {least:.3f}"
    )


def _latin(text: str) -> bool:
    return _WORD.search(text.replace("{}", "")) is not None and not re.search(
        "[\u3400-\u9fff]", text
    )
