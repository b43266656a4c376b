"""What a check gives back: a `Verification`, with the places of the text or what was done to it."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from bot.article.model import Span
from bot.article.quote import Quote
from bot.retrieval.wording import Difference


class Verdict(enum.StrEnum):
    """Whether a text is in the article."""

    FOUND = "found"
    """Word for word."""
    NORMALISED = "normalised"
    """Word for word but for what `Difference` lists."""
    ALTERED = "altered"
    """The article says something like it: `Change` lists what is not the same."""
    STITCHED = "stitched"
    """Pieces of the article that do not stand together there."""
    ABSENT = "absent"
    """Nothing in the article is like it."""


class Action(enum.StrEnum):
    """What was done to the article's words."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference of words: `asked` is the span of the asked text, empty where words were
    removed; `quotes` are the words the article has there, none where words were added.
    """

    action: Action
    asked: Span
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the asked text and what the article has for it.

    `quotes` cover, in order, the article's words that `asked` stands for, at most 200 characters
    each and never over two paragraphs; none when the piece is absent. `headings` are printed
    headings within it, which no quote can hold. `changes` are in order, and empty when the piece
    is found or normalised.
    """

    verdict: Verdict
    asked: Span
    quotes: tuple[Quote, ...] = ()
    headings: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome of one check; true where the text is in the article.

    All spans are of `text`, in code points. `pieces` are in the order of the asked text.
    `left_out` are the parts that were not checked: links, emoji, > marks, a source line at the
    end. `occurrences` says how often a found text stands in the article, and `elsewhere` quotes
    where else it begins, at most five. `nearest` is the sentence most like an absent text, None
    where there is none.
    """

    text: str
    verdict: Verdict
    pieces: tuple[Piece, ...] = ()
    left_out: tuple[Span, ...] = ()
    occurrences: int = 0
    elsewhere: tuple[Quote, ...] = ()
    nearest: Quote | None = None

    def __bool__(self) -> bool:
        return self.verdict in (Verdict.FOUND, Verdict.NORMALISED)

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What was passed over, each once, in the order of `Difference`."""
        found = {difference for piece in self.pieces for difference in piece.differences}
        return tuple(difference for difference in Difference if difference in found)

    @property
    def changes(self) -> tuple[Change, ...]:
        """All changes, in the order of the asked text."""
        return tuple(change for piece in self.pieces for change in piece.changes)
