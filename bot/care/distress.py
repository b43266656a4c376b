"""Distress: whether a message is a cry for help, and of which kind.

By a linear model (linear.py); `python -m bot train-care` fits it on data/training (docs/care.md).
"""

from __future__ import annotations

import enum
import hashlib
import re
import secrets
import threading
from collections import OrderedDict
from collections.abc import Iterator

from bot.care.linear import (
    Encode,
    LinearModel,
    Logits,
    Teller,
    has_words,
    normalised,
    parts_of,
)
from bot.project import PROJECT_ROOT

DISTRESS_FILE = PROJECT_ROOT / "data" / "distress.json"

_CLAUSE = re.compile(r"[^，,、:：]{4,}")
# Of a message of several sentences each is read too, so that a cry in it is not drowned; of one
# longer than this, each clause.
_LONG = 40
_MOST_PARTS = 40
_LEAST_QUESTION = 4


class Distress(enum.StrEnum):
    """What a cry for help is about."""

    SELF_HARM = "self_harm"
    """Somebody is a danger to themselves."""
    EMERGENCY = "emergency"
    """Somebody needs an ambulance."""
    GRIEF = "grief"
    """Grief, or despair over an illness."""


KINDS = tuple(Distress)

# Danger to oneself is answered also where another kind is somewhat likelier, and where grief is
# more so: whom to call helps then in any case.
_CAUTION = (0.3, 0.5)
_MOST_LATELY = 512


class Detector:
    """Tells cries for help from all else; with `encode`, better. The classes of `model` are
    `KINDS`.
    """

    def __init__(self, model: LinearModel, encode: Encode | None = None) -> None:
        self._teller = Teller(model, encode)
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
        for number, text in enumerate(_readings(normalised(message))):
            odds = self._teller.told(text, _SURE_OF_PART if number else 0.0)
            if odds is not None:
                return likeliest(odds)
        return None


# Out of its message a sentence says less than it seems to: many are read, and each is a chance of
# a false alarm.
_SURE_OF_PART = 0.75


def likeliest(odds: Logits) -> Distress:
    """The kind to answer; danger to oneself where it is in doubt."""
    danger, urgent, grief = odds
    leaning = (danger, urgent - _CAUTION[0], grief - _CAUTION[1])
    return KINDS[leaning.index(max(leaning))]


def _readings(text: str) -> Iterator[str]:
    if not has_words(text):
        return
    yield text
    parts = parts_of(text)
    if len(text) > _LONG:
        parts = [clause for part in parts for clause in (part, *_CLAUSE.findall(part))]
    if len(parts) > 1:
        yield from dict.fromkeys(parts[:_MOST_PARTS])


def load_weights() -> LinearModel:
    """The fitted weights, read once.

    Raises:
        IndexFileError: the file is missing or damaged.
    """
    return LinearModel.load(DISTRESS_FILE)


def calm_part(message: str, detector: Detector) -> str:
    """What of a message in distress is no cry itself, and may be a question of its own; empty
    where nothing is.
    """
    calm = [part for part in parts_of(message) if detector.recognise(part) is None]
    return " ".join(part for part in calm if len(part) >= _LEAST_QUESTION)
