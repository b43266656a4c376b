"""Distress: whether a message is a cry for help, and of which kind.

A logistic regression over runs of one to four characters and over Latin words, in a fraction of a
millisecond; where it is in doubt and there is a sentence encoder, a second one over the message's
vector is asked too. `python -m bot train-care` fits both on data/training (docs/care.md).
"""

from __future__ import annotations

import enum
import hashlib
import json
import math
import re
import secrets
import threading
import unicodedata
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import opencc
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import IndexFileError
from bot.project import PROJECT_ROOT

DISTRESS_FILE = PROJECT_ROOT / "data" / "distress.json"

_LONGEST_RUN = 4
_LATIN = re.compile(r"[a-z']+")
_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])")
_REPEATED = re.compile(r"(.)\1{2,}")
_PART = re.compile(r"[^。！？!?\n；;]+[。！？!?\n；;]*|[。！？!?\n；;]+")
_CLAUSE = re.compile(r"[^，,、:：]{4,}")
# Of a message of several sentences each is read too, so that a cry in it is not drowned; of one
# longer than this, each clause.
_LONG = 40
_MOST_PARTS = 40
_LEAST_QUESTION = 4
_SCALE = 100
"""Weights are kept as hundredths."""


class Distress(enum.StrEnum):
    """What a cry for help is about."""

    SELF_HARM = "self_harm"
    """Somebody is a danger to themselves."""
    EMERGENCY = "emergency"
    """Somebody needs an ambulance."""
    GRIEF = "grief"
    """Grief, or despair over an illness."""


KINDS = tuple(Distress)

Logits = tuple[float, float, float]
"""Log-odds against an ordinary message, one a kind."""

_CAUTION = 0.3
_MOST_LATELY = 512


class Weights(BaseModel):
    """A fitted detector: of each feature, what it adds to the log-odds of each of `KINDS` against
    an ordinary message, in hundredths, and `bias`, the log-odds to begin with. `threshold` is the
    least probability of any of them.

    `vector`, a row a kind, and `vector_bias` are those over sentence vectors less `center`.
    From `doubt` on both are asked; their log-odds are mixed, `mix` of them the first one's, and
    `mixed_threshold` then decides.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    bias: Logits
    threshold: float = Field(gt=0, lt=1)
    doubt: float = Field(default=0.5, gt=0, lt=1)
    mix: float = Field(default=1.0, ge=0, le=1)
    mixed_threshold: float = Field(default=0.5, gt=0, lt=1)
    center: tuple[float, ...] = ()
    vector: tuple[tuple[float, ...], ...] = ()
    vector_bias: Logits = (0.0, 0.0, 0.0)
    weights: Mapping[str, tuple[int, int, int]]


Encode = Callable[[str], Sequence[float]]
"""Gives a text's sentence vector."""


class Detector:
    """Tells cries for help from all else; with `encode`, better."""

    def __init__(self, weights: Weights, encode: Encode | None = None) -> None:
        self._weights = weights
        self._encode = encode if weights.vector else None
        self._center = np.array(weights.center)
        self._vector = np.array(weights.vector)
        self._vector_bias = np.array(weights.vector_bias)
        # By a hash that means nothing outside this process: a message is judged several times on
        # its way, and its words are kept nowhere.
        self._lately: OrderedDict[bytes, Distress | None] = OrderedDict()
        self._salt = secrets.token_bytes(16)
        self._lock = threading.Lock()

    def recognise(self, message: str) -> Distress | None:
        """The kind of distress that a raw message shows, or None."""
        key = hashlib.blake2b(
            message.encode("utf-8", "surrogatepass"), digest_size=16, key=self._salt
        ).digest()
        with self._lock:
            if key in self._lately:
                return self._lately[key]
        found = self._recognise(message)
        with self._lock:
            self._lately[key] = found
            while len(self._lately) > _MOST_LATELY:
                self._lately.popitem(last=False)
        return found

    def _recognise(self, message: str) -> Distress | None:
        for text in _readings(normalised(message)):
            odds = self.by_words(text)
            least = self._weights.threshold
            if self._encode is not None:
                if probability_of(odds) < self._weights.doubt:
                    continue
                odds = self.mixed(odds, self.by_vector(self._encode(text)))
                least = self._weights.mixed_threshold
            if probability_of(odds) >= least:
                return likeliest(odds)
        return None

    def by_words(self, text: str) -> Logits:
        """The log-odds of each kind by the words of a normalised text."""
        known = self._weights.weights
        found = features(text)
        first = second = third = 0
        for feature in found:
            weight = known.get(feature)
            if weight is not None:
                first += weight[0]
                second += weight[1]
                third += weight[2]
        length = _SCALE * math.sqrt(len(found) or 1)
        bias = self._weights.bias
        return bias[0] + first / length, bias[1] + second / length, bias[2] + third / length

    def by_vector(self, vector: Sequence[float]) -> Logits:
        """The log-odds of each kind by a sentence vector."""
        centered = np.asarray(vector, dtype=float) - self._center
        centered /= np.linalg.norm(centered) or 1.0
        first, second, third = (self._vector @ centered + self._vector_bias).tolist()
        return first, second, third

    def mixed(self, by_words: Logits, by_vector: Logits) -> Logits:
        """Both put together."""
        share = self._weights.mix
        first, second, third = (
            share * one + (1 - share) * other
            for one, other in zip(by_words, by_vector, strict=True)
        )
        return first, second, third


def probability_of(odds: Logits) -> float:
    """That it is distress of any kind."""
    total = sum(math.exp(min(30.0, each)) for each in odds)
    return total / (1 + total)


def likeliest(odds: Logits) -> Distress:
    """The kind to answer; danger to oneself also where another is somewhat likelier, for what is
    said then helps in either case.
    """
    leaning = (odds[0] + _CAUTION, odds[1], odds[2])
    return KINDS[leaning.index(max(leaning))]


def normalised(message: str) -> str:
    """A message as features are taken of it: half-width, lower case, simplified, single spaces.

    ``我 不想活了！！！！`` is ``我不想活了!!``
    """
    text = unicodedata.normalize("NFKC", message).lower().replace("’", "'")
    text = "".join(
        character
        for character in text
        if character == "\n" or unicodedata.category(character)[0] != "C"
    )
    text = _to_simplified().convert(text)
    text = "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
    return _REPEATED.sub(r"\1\1", _BETWEEN_HAN.sub("", text))


def features(text: str) -> set[str]:
    """The runs of characters and the Latin words of a normalised text."""
    padded = f"^{text}$"
    found = {
        padded[at : at + size]
        for size in range(1, _LONGEST_RUN + 1)
        for at in range(len(padded) - size + 1)
    }
    words = _LATIN.findall(text)
    found.update(f"w {word}" for word in words)
    found.update(f"w {first} {second}" for first, second in pairwise(words))
    return found


def parts_of(message: str) -> list[str]:
    """The sentences of a message, each with its marks."""
    return [part.strip() for part in _PART.findall(message) if part.strip()]


def _readings(text: str) -> Iterator[str]:
    if not any(unicodedata.category(character)[0] in "LNS" for character in text):
        return
    yield text
    parts = parts_of(text)
    if len(text) > _LONG:
        parts = [clause for part in parts for clause in (part, *_CLAUSE.findall(part))]
    if len(parts) > 1:
        yield from dict.fromkeys(parts[:_MOST_PARTS])


def save_weights(weights: Weights, path: Path = DISTRESS_FILE) -> None:
    """Write a fitted detector, a feature a line."""
    content = weights.model_dump(mode="json")
    features_of = content.pop("weights")
    head = json.dumps(content)
    lines = ",\n".join(
        f"{json.dumps(feature, ensure_ascii=False)}: {json.dumps(values)}"
        for feature, values in sorted(features_of.items())
    )
    path.write_text(f'{head[:-1]}, "weights": {{\n{lines}\n}}}}\n', encoding="utf-8")


@cache
def load_weights(path: Path = DISTRESS_FILE) -> Weights:
    """The fitted weights, read once.

    Raises:
        IndexFileError: the file is missing or damaged.
    """
    try:
        return Weights.model_validate_json(path.read_bytes())
    except OSError as error:
        raise IndexFileError(f"{path}: {error.strerror}; run: python -m bot train-care") from error
    except ValidationError as error:
        raise IndexFileError(f"{path} is damaged; run: python -m bot train-care") from error


@cache
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def calm_part(message: str, detector: Detector) -> str:
    """What of a message in distress is no cry itself, and may be a question of its own; empty
    where nothing is.
    """
    calm = [part for part in parts_of(message) if detector.recognise(part) is None]
    return " ".join(part for part in calm if len(part) >= _LEAST_QUESTION)
