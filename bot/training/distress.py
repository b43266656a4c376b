"""Fitting the detector of distress: multinomial logistic regression over sparse features."""

from __future__ import annotations

import math
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pypinyin import lazy_pinyin
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from bot.article.bank import Fact, Gap
from bot.article.datafile import Entry, read_toml
from bot.care.distress import (
    KINDS,
    Detector,
    Distress,
    Logits,
    Weights,
    features,
    likeliest,
    normalised,
    probability_of,
)
from bot.errors import BotError
from bot.retrieval.encoder import Vectors

NONE = "none"
"""How an ordinary message is labelled."""

_LABELS = (NONE, *(kind.value for kind in KINDS))
_SEED = 7
_SCALE = 100
_EACH = 3
_LEAST_MET = 2
_LEAST_WEIGHT = 12
_FOLDS = 5
_MIX = 0.6
_WORDS_STRENGTH = 30.0
_VECTORS_STRENGTH = 10.0
# What a message counts for: one that was written for this, an ordinary question, one put together.
_WEIGHTS = {(True, False): 1.0, (False, False): 0.3, (True, True): 0.3}

MOST_ALARMS = 0.01
"""Of ordinary questions, the share that may count as distress."""

MOST_ALARMS_BY_WORDS = 0.006
"""The same where words alone decide, which are worse at what they have never met."""

_HAN = re.compile("[\u3400-\u9fff]{2,14}")
_WORD = re.compile("[a-z]")


@dataclass(frozen=True, slots=True)
class Message:
    """A training message; `authored` ones were written for this, the others are ordinary
    questions that are asked of the article anyway; `made` ones were put together of phrases, to
    learn from and not to be judged by.
    """

    text: str
    label: str
    authored: bool = True
    made: bool = False


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


def read_messages(path: Path) -> list[Message]:
    """The messages of a file with a kind, a tab and a message on each line.

    Raises:
        BotError: a line is something else.
    """
    messages = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        label, _, text = line.partition("\t")
        if label not in _LABELS or not text.strip():
            raise BotError(f"{path.name}: line {number} is no kind, tab and message")
        messages.append(Message(text.strip(), label))
    return messages


def put_together(path: Path, each: int = _EACH) -> list[Message]:
    """Messages out of care_phrases.toml: of each group `each` cries and as many ordinary ones.

    Raises:
        ArticleError: the file is missing or wrong.
    """
    chance = random.Random(_SEED)  # noqa: S311 - the same every time
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


def fit_words(messages: Sequence[Message]) -> Weights:
    """The weights of words, fitted on `messages`; all else as it is by default."""
    found = [features(normalised(message.text)) for message in messages]
    frequency = Counter(feature for each in found for feature in each)
    known = sorted(feature for feature, count in frequency.items() if count >= _LEAST_MET)
    columns = {feature: number for number, feature in enumerate(known)}
    # The root of the inverse document frequency: rare runs of characters tell more.
    rarity = np.sqrt(np.log(len(messages) / np.array([frequency[each] for each in known])))
    matrix = _matrix(found, columns) @ diags(rarity)
    model = _fitted(matrix.tocsr(), messages, _WORDS_STRENGTH)
    coefficients = (model.coef_[1:] - model.coef_[0]) * rarity
    values = np.rint(coefficients * _SCALE).astype(int)
    kept = np.abs(values).max(axis=0) >= _LEAST_WEIGHT
    return Weights(
        bias=_bias(model),
        threshold=0.5,
        weights={
            feature: _triple(values[:, column])
            for feature, column in columns.items()
            if kept[column]
        },
    )


def fit_vectors(weights: Weights, messages: Sequence[Message], vectors: Vectors) -> Weights:
    """`weights` with those over the sentence vectors of `messages`."""
    center = vectors.mean(axis=0)
    centered = vectors - center
    centered /= np.linalg.norm(centered, axis=1, keepdims=True)
    model = _fitted(centered, messages, _VECTORS_STRENGTH)
    rows = np.round(model.coef_[1:] - model.coef_[0], 3)
    return weights.model_copy(
        update={
            "center": tuple(np.round(center, 4).tolist()),
            "vector": tuple(tuple(row) for row in rows.tolist()),
            "vector_bias": _bias(model),
            "mix": _MIX,
        }
    )


def judge_unseen(messages: Sequence[Message], vectors: Vectors) -> list[tuple[Judged, Judged]]:
    """Each message that was not `made`, judged by a detector fitted on other folds: by words
    alone, and by its vector too.
    """
    real = [at for at, message in enumerate(messages) if not message.made]
    made = [at for at, message in enumerate(messages) if message.made]
    labels = [messages[at].label + str(messages[at].authored) for at in real]
    judged = []
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED)
    for train, test in folds.split(real, labels):
        rows = [*(real[at] for at in train), *made]
        known = [messages[at] for at in rows]
        weights = fit_vectors(fit_words(known), known, vectors[rows])
        detector = Detector(weights)
        for at in (real[each] for each in test):
            by_words = detector.by_words(normalised(messages[at].text))
            mixed = detector.mixed(by_words, detector.by_vector(vectors[at].tolist()))
            judged.append((_judged(messages[at], by_words), _judged(messages[at], mixed)))
    return judged


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


def ordinary_questions(
    facts: Iterable[Fact],
    gaps: Iterable[Gap],
    golden: Iterable[str],
    authored: Iterable[Message],
) -> list[Message]:
    """What is asked of an article anyway, by its bank and its golden questions; none that was
    labelled by hand.
    """
    labelled = {message.text for message in authored}
    bank = [*(fact.questions for fact in facts), *(gap.questions for gap in gaps)]
    questions = dict.fromkeys([*golden, *(each for questions in bank for each in questions)])
    return [Message(text, NONE, authored=False) for text in questions if text not in labelled]


def _fitted(
    matrix: csr_matrix | Vectors, messages: Sequence[Message], strength: float
) -> LogisticRegression:
    labels = np.array([_LABELS.index(message.label) for message in messages])
    weights = [_WEIGHTS[message.authored, message.made] for message in messages]
    model = LogisticRegression(C=strength, max_iter=1_000, tol=1e-3)
    return model.fit(matrix, labels, sample_weight=weights)


def _bias(model: LogisticRegression) -> Logits:
    first, second, third = np.round(model.intercept_[1:] - model.intercept_[0], 3).tolist()
    return first, second, third


def _matrix(found: Sequence[set[str]], columns: dict[str, int]) -> csr_matrix:
    """A row a message; each feature counts one over the root of their number, known or not."""
    rows, cols, values = [], [], []
    for row, each in enumerate(found):
        value = 1 / np.sqrt(len(each) or 1)
        for feature in each:
            column = columns.get(feature)
            if column is not None:
                rows.append(row)
                cols.append(column)
                values.append(value)
    return csr_matrix((values, (rows, cols)), shape=(len(found), len(columns)))


def _triple(values: npt.NDArray[np.int64]) -> tuple[int, int, int]:
    first, second, third = (int(value) for value in values)
    return first, second, third


def _latin(text: str) -> bool:
    return _WORD.search(text.replace("{}", "")) is not None and not re.search(
        "[\u3400-\u9fff]", text
    )
