"""The part of an answer that looks after the person who asked."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.care.distress import Distress


@dataclass(frozen=True, slots=True)
class Care:
    """What is said to a reader beside, or in the place of, quotes.

    `distress` is the kind of cry for help that the message is; `calm` what of it is none and may
    be a question. `medical` says that a disease or its treatment is asked for or quoted, so that
    the medical line stands below.
    """

    distress: Distress | None = None
    calm: str = field(default="", repr=False)
    medical: bool = False
