"""Several questions in one message."""

from __future__ import annotations

import re

_PART = re.compile(r"[^？?。\n]*[？?。\n]+[”」』’\"')）]*|[^？?。\n]+")
_MARKS = "？?"
_CLOSING = "”」』’\"')） \t\r\n"


def split_questions(text: str) -> tuple[str, ...]:
    """The questions in `text`, where it consists of questions and nothing else; otherwise `text`
    as it is, for what stands round a question is part of it.

    Parts end at ？ ? 。 and line breaks; each must end in a question mark.
    """
    parts = [part.strip() for part in _PART.findall(text)]
    # White space and marks that stand alone are nobody's question.
    parts = [part for part in parts if part.strip(_MARKS + _CLOSING)]
    if len(parts) < 2 or not all(part.rstrip(_CLOSING).endswith(tuple(_MARKS)) for part in parts):
        return (text,)
    return tuple(parts)
