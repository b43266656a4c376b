"""Attribution: whose words a question asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.article.model import Locator

_SAYING = re.compile(
    "(?:说|讲)(?:过|了|道|出|的)?(?!明|服|法|说|起|课|座)|原话|亲口|表示"
    "|\\b(?:said?|says|saying|quoted?)\\b|in (?:his|her) own words"
)
_BEFORE = re.compile(r"\b(?:did|does|by|from) $")
_NEAR = 8
"""Between a name and 说 stand at most so many characters: 张毅教授到底有没有说过."""


def asks_for_words(question: str, names: Sequence[str]) -> str | None:
    """The person, one of `names` in a folded question, whose words it asks for; None where it
    asks for nobody's.

    ``张毅说过什么`` asks for 张毅's; ``说说张毅`` for nobody's
    """
    for name in names:
        at = question.find(name)
        if at < 0:
            continue
        after = question[at + len(name) :]
        before = question[:at]
        saying = _SAYING.search(after)
        if saying and saying.start() <= _NEAR:
            return name
        if _BEFORE.search(before) and _SAYING.search(question):
            return name
    return None


def is_said_by(locator: Locator, speaker: str) -> bool:
    """Whether a quote is the speech of this person."""
    return locator.speaker is not None and (
        locator.speaker == speaker or speaker.endswith(locator.speaker)
    )
