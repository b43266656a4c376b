"""Fitting linear models over words (bot/care/linear.py): logistic regression over sparse features,
judged by cross-validation.
"""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from bot.care.linear import SCALE, LinearModel, Logits, Teller, features, normalised
from bot.errors import BotError
from bot.retrieval.encoder import Vectors

SEED = 7
FOLDS = 5
_LEAST_MET = 2
_LEAST_WEIGHT = 12
_STRENGTH = 10.0
# Of what is found in the end, so little may be passed over without asking for its vector.
_PASSED_OVER = 0.003

YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Message:
    """A training message; `authored` ones were written for this, the others are ordinary
    questions that are asked anyway; `made` ones were put together of phrases, to learn from and
    not to be judged by.
    """

    text: str
    label: str
    authored: bool = True
    made: bool = False


# What a message counts for: one that was written for this, an ordinary question, one put together.
_WEIGHTS = {(True, False): 1.0, (False, False): 0.3, (True, True): 0.3}


def read_messages(path: Path, labels: Sequence[str]) -> list[Message]:
    """The messages of a file with one of `labels`, a tab and a message on each line; the first
    one of those that are alike.

    Raises:
        BotError: a line is something else.
    """
    messages: dict[str, Message] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        label, _, text = line.partition("\t")
        if label not in labels or not text.strip():
            raise BotError(f"{path.name}: line {number} is no label, tab and message")
        messages.setdefault(normalised(text), Message(text.strip(), label))
    return list(messages.values())


def read_questions(paths: Iterable[Path], most: int) -> list[str]:
    """A sample of the questions about other articles, the same every time."""
    found = [
        json.loads(line)["question"]
        for path in paths
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return sample(list(dict.fromkeys(found)), most)


def sample(texts: Sequence[str], most: int) -> list[str]:
    """At most so many of `texts`, the same every time."""
    if len(texts) <= most:
        return list(texts)
    return random.Random(SEED).sample(texts, most)  # noqa: S311 - no secret


def fit_words(messages: Sequence[Message], labels: Sequence[str]) -> LinearModel:
    """A model fitted on `messages`, whose classes are `labels` but for the first, which is none
    of them.
    """
    found = [features(normalised(message.text)) for message in messages]
    frequency = Counter(feature for each in found for feature in each)
    known = sorted(feature for feature, count in frequency.items() if count >= _LEAST_MET)
    columns = {feature: number for number, feature in enumerate(known)}
    # The root of the inverse document frequency: rare runs of characters tell more.
    rarity = np.sqrt(np.log(len(messages) / np.array([frequency[each] for each in known])))
    matrix = _matrix(found, columns) @ diags(rarity)
    model = fit(matrix.tocsr(), messages, labels, _STRENGTH)
    values = np.rint(coefficients(model) * rarity * SCALE).astype(int)
    kept = np.abs(values).max(axis=0) >= _LEAST_WEIGHT
    return LinearModel(
        bias=intercepts(model),
        threshold=0.5,
        weights={
            feature: tuple(values[:, column].tolist())
            for feature, column in columns.items()
            if kept[column]
        },
    )


def fit_vectors(
    model: LinearModel,
    messages: Sequence[Message],
    labels: Sequence[str],
    vectors: Vectors,
    strength: float,
    mix: float,
) -> LinearModel:
    """`model` with weights over the sentence vectors of `messages`."""
    center = vectors.mean(axis=0)
    centered = vectors - center
    centered /= np.linalg.norm(centered, axis=1, keepdims=True)
    fitted = fit(centered, messages, labels, strength)
    rows = np.round(coefficients(fitted), 3)
    return model.model_copy(
        update={
            "center": tuple(np.round(center, 4).tolist()),
            "vector": tuple(tuple(row) for row in rows.tolist()),
            "vector_bias": intercepts(fitted),
            "mix": mix,
        }
    )


def fit(
    matrix: csr_matrix | npt.NDArray[np.float32],
    messages: Sequence[Message],
    labels: Sequence[str],
    strength: float,
) -> LogisticRegression:
    """Logistic regression over the rows of `matrix`, one a message."""
    targets = np.array([labels.index(message.label) for message in messages])
    weights = [_WEIGHTS[message.authored, message.made] for message in messages]
    model = LogisticRegression(C=strength, max_iter=1_000, tol=1e-3)
    return model.fit(matrix, targets, sample_weight=weights)


def coefficients(model: LogisticRegression) -> npt.NDArray[np.float64]:
    """A row a class: what each column adds to its log-odds against the first class."""
    rows: npt.NDArray[np.float64] = model.coef_
    # Of two classes, scikit-learn keeps the second one's against the first.
    return rows if len(rows) == 1 else rows[1:] - rows[0]


def intercepts(model: LogisticRegression) -> Logits:
    """The log-odds of each class against the first to begin with."""
    values = model.intercept_
    values = values if len(values) == 1 else values[1:] - values[0]
    return tuple(np.round(values, 3).tolist())


def folds(messages: Sequence[Message]) -> Iterator[tuple[list[int], list[int]]]:
    """Of each fold the places of the messages to learn from, made ones too, and of those to judge,
    none of them made.
    """
    real = [at for at, message in enumerate(messages) if not message.made]
    made = [at for at, message in enumerate(messages) if message.made]
    kinds = [messages[at].label + str(messages[at].authored) for at in real]
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(real, kinds):
        yield [*(real[at] for at in train), *made], [real[at] for at in test]


@dataclass(frozen=True, slots=True)
class Told:
    """A message, whether the rules take it for one of the class, and the probability that a model
    gives which has not seen it.
    """

    message: Message
    by_rule: bool
    probability: float

    def is_yes(self, threshold: float) -> bool:
        """Whether it is taken for one of the class."""
        return self.by_rule or self.probability >= threshold


def odds_unseen(
    messages: Sequence[Message],
    labels: Sequence[str],
    vectors: Vectors,
    strength: float,
    mix: float,
) -> Iterator[tuple[Message, Logits, Logits]]:
    """Each message that was not `made`, with its log-odds by a model fitted on other folds: by
    words alone, and by its vector too.
    """
    for train, test in folds(messages):
        known = [messages[at] for at in train]
        by_words = fit_words(known, labels)
        teller = Teller(fit_vectors(by_words, known, labels, vectors[train], strength, mix))
        for at in test:
            odds = teller.by_words(normalised(messages[at].text))
            yield messages[at], odds, teller.mixed(odds, teller.by_vector(vectors[at].tolist()))


def choose_doubt(found: Sequence[float]) -> float:
    """The probability by words from which on a vector is asked for, so that hardly any of what is
    found in the end, of which these are the probabilities, is passed over.
    """
    return round(min(0.5, max(1e-4, sorted(found)[int(_PASSED_OVER * len(found))])), 4)


@dataclass(frozen=True, slots=True)
class Reached:
    """What a threshold reaches, the rules' share in it: of the messages written for this, how many
    are found, how many of those found are right and how many others are taken for such; and
    of the ordinary questions how many are.
    """

    threshold: float
    recall: float
    precision: float
    alarms: float
    ordinary: float

    def __str__(self) -> str:
        return (
            f"found {self.recall:.1%}, right {self.precision:.1%}; alarms: {self.alarms:.1%}, "
            f"ordinary {self.ordinary:.1%}; threshold {self.threshold:.2f}"
        )


def reached(told: Sequence[Told], threshold: float) -> Reached:
    """What this threshold reaches."""
    flags: dict[tuple[bool, str], list[bool]] = defaultdict(list)
    for each in told:
        flags[each.message.authored, each.message.label].append(each.is_yes(threshold))
    yes, no, other = flags[True, YES], flags[True, NO], flags[False, NO]
    found = sum(yes) + sum(no)
    return Reached(
        threshold,
        _share(yes),
        sum(yes) / found if found else 1.0,
        _share(no),
        _share(other),
    )


@dataclass(frozen=True, slots=True)
class Task:
    """How a model of one class is fitted: the strength of its weights over vectors, the share of
    words beside them, and what its thresholds must reach.
    """

    name: str
    strength: float
    mix: float
    holds: Callable[[Reached], bool]


ADDRESSED = Task(
    "addressed", 10.0, 0.5, lambda each: each.precision >= 0.97 and each.ordinary <= 0.005
)
# Of near misses more may bear the line: one too many harms nobody.
MEDICAL = Task("medical", 3.0, 0.3, lambda each: each.alarms <= 0.05 and each.ordinary <= 0.05)


def lowest(told: Sequence[Told], holds: Callable[[Reached], bool]) -> Reached:
    """What the lowest threshold, in hundredths, reaches for which `holds`; 0.99 where none does."""
    tried = (reached(told, hundredth / 100) for hundredth in range(5, 100))
    return next((each for each in tried if holds(each)), reached(told, 0.99))


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / len(flags) if flags else 0.0


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
