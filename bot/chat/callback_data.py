"""What a button carries: everything its press needs, in at most 64 bytes.

A topic is named by its id and a quote by its place, so buttons survive a restart and a rebuilt
index; only what needs the question itself (`Action.LITERAL`, `Action.CHOOSE`) asks the bot's
memory. The first character is the version of the format.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

MAX_BYTES = 64
"""Telegram's limit on callback data."""

VERSION = "1"
ANYONE = 0
"""In place of an asker's id: everybody may press."""

_MAX_PAGE = 9999
_MAX_USER = 2**63 - 1
_KEY = r"[A-Za-z0-9_.-]{1,32}"
_TOPIC_ID = re.compile(_KEY)
_PACKED = re.compile(rf"{VERSION}:([a-z]):({_KEY})?:([0-9]{{1,4}}):([0-9]{{1,19}})")


class Action(enum.StrEnum):
    """What a press asks for."""

    OPEN = "o"
    """Send the topic's page as a new message."""
    PAGE = "p"
    """Show the topic's page in this message."""
    LIST = "l"
    """Show all topics in this message."""
    COUNT = "n"
    """Nothing: the button only shows the page number."""
    WIDEN = "w"
    """Show the quotes in this message at another width, `page` being the `Width`."""
    CARD = "c"
    """Send the quote as a picture; `page` 1 is the dark one."""
    LITERAL = "t"
    """Ask the question again as it was typed, and show that answer in this message."""
    CHOOSE = "k"
    """Ask the choice numbered `page`, and show its answer in this message."""
    VOTE = "v"
    """Judge an answer: `page` 1 is good, 0 is bad."""
    FAULT = "f"
    """Say what was wrong with an answer: `page` counts `votes.Fault`."""
    EVENTS = "e"
    """Send the timeline as text."""
    READING = "r"
    """Send the quotes in traditional characters."""
    LANGUAGE = "g"
    """Speak another language to this reader."""
    SETTING = "s"
    """Change one of the group's settings."""


_KEYLESS = frozenset({Action.LIST, Action.LITERAL, Action.CHOOSE, Action.EVENTS})


@dataclass(frozen=True, slots=True)
class Press:
    """A button's meaning.

    `key` is what it is about: a topic id; packed spans for `WIDEN`, `CARD` and `READING`; an
    answer id for `VOTE` and `FAULT`; a language for `LANGUAGE`; a name and its value for
    `SETTING`; empty for the others. `page` counts from 0. `asker` is the user whose
    button it is, or `ANYONE`.
    """

    action: Action
    key: str = ""
    page: int = 0
    asker: int = ANYONE


def is_topic_id(text: str) -> bool:
    """Whether a button can carry `text` as a topic's id."""
    return _TOPIC_ID.fullmatch(text) is not None


def pack(press: Press) -> str:
    """The callback data for a button.

    Raises:
        ValueError: a part does not fit; nothing that `unpack` would misread is ever packed.
    """
    data = f"{VERSION}:{press.action}:{press.key}:{press.page}:{press.asker}"
    if unpack(data) != press:
        raise ValueError(f"no button can carry {press!r}")
    return data


def unpack(data: str | None) -> Press | None:
    """The meaning of callback data, or None when it is stale, forged or not a button's at all."""
    if data is None or len(data) > MAX_BYTES:
        return None
    found = _PACKED.fullmatch(data)
    if found is None:
        return None
    letter, key, page, asker = found.groups()
    try:
        action = Action(letter)
    except ValueError:
        return None
    if int(asker) > _MAX_USER or bool(key) == (action in _KEYLESS):
        return None
    return Press(action, key or "", int(page), int(asker))


def clamp(page: int, pages: int) -> int:
    """The page to show when `page` was asked for and there are `pages` now."""
    return max(0, min(page, pages - 1, _MAX_PAGE))
