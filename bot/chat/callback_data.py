"""What a button carries: everything its press needs, in at most 64 bytes.

Nothing is kept on the bot's side, so buttons survive a restart; a topic is named by its id, so
they survive a rebuilt index. The first character is the version of the format.
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
_TOPIC = r"[A-Za-z0-9_.-]{1,32}"
_TOPIC_ID = re.compile(_TOPIC)
_PACKED = re.compile(rf"{VERSION}:([a-z]):({_TOPIC})?:([0-9]{{1,4}}):([0-9]{{1,19}})")


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


@dataclass(frozen=True, slots=True)
class Press:
    """A button's meaning.

    `topic` is a topic id, empty for `Action.LIST`. `page` counts from 0. `asker` is the user
    whose button it is, or `ANYONE`.
    """

    action: Action
    topic: str = ""
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
    data = f"{VERSION}:{press.action}:{press.topic}:{press.page}:{press.asker}"
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
    letter, topic, page, asker = found.groups()
    try:
        action = Action(letter)
    except ValueError:
        return None
    if int(asker) > _MAX_USER or bool(topic) == (action is Action.LIST):
        return None
    return Press(action, topic or "", int(page), int(asker))


def clamp(page: int, pages: int) -> int:
    """The page to show when `page` was asked for and there are `pages` now."""
    return max(0, min(page, pages - 1, _MAX_PAGE))
