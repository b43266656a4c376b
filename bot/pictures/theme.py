"""The colours of the pictures."""

from __future__ import annotations

from dataclasses import dataclass

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Theme:
    """A set of colours, as red, green and blue from 0 to 255.

    `ink` is for quoted words, `accent` for the words that answer and the ornaments, `marker` lies
    behind those words, `label` and `faint` are for what is said about the quote.
    """

    paper: Colour
    ink: Colour
    accent: Colour
    marker: Colour
    label: Colour
    faint: Colour


LIGHT = Theme(
    paper=(251, 249, 244),
    ink=(33, 31, 28),
    accent=(163, 48, 36),
    marker=(248, 229, 217),
    label=(92, 86, 78),
    faint=(139, 131, 120),
)
DARK = Theme(
    paper=(24, 26, 31),
    ink=(235, 230, 220),
    accent=(240, 150, 112),
    marker=(62, 44, 41),
    label=(176, 170, 160),
    faint=(133, 129, 123),
)
