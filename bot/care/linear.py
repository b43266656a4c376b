"""Linear models of messages: logistic regression over runs of one to four characters and over Latin
words, some 25 µs a message; where it is in doubt and there is a sentence encoder, a second one over
the message's vector is asked too.

`python -m bot train-care` fits them (bot/training/linear.py); distress, the medical line and
messages to somebody else are told by one each.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Self

import numpy as np
import opencc
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import IndexFileError

SCALE = 100
"""Weights are kept as hundredths."""

_LONGEST_RUN = 4
_LATIN = re.compile(r"[a-z']+")
_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])")
_REPEATED = re.compile(r"(.)\1{2,}")
_PART = re.compile(r"[^。！？!?\n；;]+[。！？!?\n；;]*|[。！？!?\n；;]+")

Logits = tuple[float, ...]
"""Log-odds against none of the classes, one a class."""


Encode = Callable[[str], Sequence[float]]
"""Gives a text's sentence vector."""


class LinearModel(BaseModel):
    """A fitted model: of each feature, what it adds to the log-odds of each class against none of
    them, in hundredths, and `bias`, the log-odds to begin with. `threshold` is the least
    probability of any of them.

    `vector`, a row a class, and `vector_bias` are the weights over sentence vectors less `center`.
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
    vector_bias: Logits = ()
    weights: Mapping[str, tuple[int, ...]]

    def odds(self, text: str) -> Logits:
        """The log-odds of each class by the words of a normalised text."""
        found = features(text)
        sums = [0] * len(self.bias)
        for feature in found:
            weight = self.weights.get(feature)
            if weight is not None:
                for at, each in enumerate(weight):
                    sums[at] += each
        length = SCALE * math.sqrt(len(found) or 1)
        return tuple(bias + each / length for bias, each in zip(self.bias, sums, strict=True))

    def save(self, path: Path) -> None:
        """Write the model, a feature a line."""
        content = self.model_dump(mode="json")
        weights = content.pop("weights")
        head = json.dumps(content)
        lines = ",\n".join(
            f"{json.dumps(feature, ensure_ascii=False)}: {json.dumps(values)}"
            for feature, values in sorted(weights.items())
        )
        path.write_text(f'{head[:-1]}, "weights": {{\n{lines}\n}}}}\n', encoding="utf-8")

    @classmethod
    @cache
    def load(cls, path: Path) -> Self:
        """The model in a file, read once.

        Raises:
            IndexFileError: the file is missing or damaged.
        """
        mend = "run: python -m bot train-care"
        try:
            return cls.model_validate_json(path.read_bytes())
        except OSError as error:
            raise IndexFileError(f"{path}: {error.strerror}; {mend}") from error
        except ValidationError as error:
            raise IndexFileError(f"{path} is damaged; {mend}") from error


class Teller:
    """Tells messages of a model's classes from all else; with `encode`, better."""

    def __init__(self, model: LinearModel, encode: Encode | None = None) -> None:
        self._model = model
        self._encode = encode if model.vector else None
        self._center = np.array(model.center)
        self._vector = np.array(model.vector)
        self._vector_bias = np.array(model.vector_bias)

    def recognises(self, message: str) -> bool:
        """Whether a raw message is of any of the classes."""
        text = normalised(message)
        return has_words(text) and self.told(text) is not None

    def told(self, text: str, least_sure: float = 0.0) -> Logits | None:
        """The log-odds of the classes of a normalised text; None where it is of none of them, or
        less probably so than `least_sure`.
        """
        odds = self.by_words(text)
        least = self._model.threshold
        if self._encode is not None:
            if probability_of(odds) < self._model.doubt:
                return None
            odds = self.mixed(odds, self.by_vector(self._encode(text)))
            least = self._model.mixed_threshold
        return odds if probability_of(odds) >= max(least, least_sure) else None

    def by_words(self, text: str) -> Logits:
        """The log-odds by the words of a normalised text."""
        return self._model.odds(text)

    def by_vector(self, vector: Sequence[float]) -> Logits:
        """The log-odds by a sentence vector."""
        centered = np.asarray(vector, dtype=float) - self._center
        centered /= np.linalg.norm(centered) or 1.0
        return tuple((self._vector @ centered + self._vector_bias).tolist())

    def mixed(self, by_words: Logits, by_vector: Logits) -> Logits:
        """Both put together."""
        share = self._model.mix
        return tuple(
            share * one + (1 - share) * other
            for one, other in zip(by_words, by_vector, strict=True)
        )


def probability_of(odds: Logits) -> float:
    """That it is any of the classes."""
    total = sum(math.exp(min(30.0, each)) for each in odds)
    return total / (1 + total)


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


def has_words(text: str) -> bool:
    """Whether there is any letter, digit or picture in a text."""
    return any(unicodedata.category(character)[0] in "LNS" for character in text)


def parts_of(message: str) -> list[str]:
    """The sentences of a message, each with its marks."""
    return [part.strip() for part in _PART.findall(message) if part.strip()]


@cache
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
