from __future__ import annotations

import pytest
from telegram import MessageEntity

from bot.article.model import Span
from bot.chat.richtext import RichText


def test_one_message_is_appended_to_another() -> None:
    """Its entities move along, in UTF-16 units; it counts on from where the other ends."""
    first = RichText()
    first.add("😀", MessageEntity.BOLD)
    first.add_blockquote("一二", (), expandable=False)
    second = RichText(before=first.end)
    second.add_blockquote("三四五", [Span(1, 2)], expandable=True)
    second.add_link("x", "https://t.me/b")
    first.append(second)
    built = first.build()
    assert ("😀一二三四五x", 8, 8) == (built.text, first.end, second.end)
    assert [
        (MessageEntity.BOLD, 0, 2),
        (MessageEntity.BLOCKQUOTE, 2, 2),
        (MessageEntity.EXPANDABLE_BLOCKQUOTE, 4, 3),
        (MessageEntity.BOLD, 5, 1),
        (MessageEntity.TEXT_LINK, 7, 1),
    ] == [(e.type, e.offset, e.length) for e in built.entities]
    assert "https://t.me/b" == built.entities[-1].url


def test_what_does_not_fit_is_refused_whole() -> None:
    """Nothing of it is appended."""
    first, second = RichText(limit=3), RichText()
    first.add("ab")
    second.add("cd")
    with pytest.raises(ValueError, match="too long"):
        first.append(second)
    assert "ab" == first.build().text
