from __future__ import annotations

import pytest

from bot.retrieval.answer import Reason
from bot.retrieval.smalltalk import recognise


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("你好", Reason.GREETING),
        ("嗨~", Reason.GREETING),
        ("hi there!", Reason.GREETING),
        ("谢谢啦", Reason.THANKS),
        ("Thanks a lot", Reason.THANKS),
        ("你是机器人吗?", Reason.ABOUT_BOT),
        ("怎么用", Reason.ABOUT_BOT),
        ("什么报纸", Reason.ABOUT_ARTICLE),
        ("这篇报道是哪天发的？", Reason.ABOUT_ARTICLE),
        ("文章什么时候见报的", Reason.ABOUT_ARTICLE),
        ("When was this article published?", Reason.ABOUT_ARTICLE),
        ("他什么时候发表的论文", None),
        ("你好,渐冻症能治吗", None),
        ("谢谢张毅的学生是谁", None),
        ("张毅是谁", None),
        ("在哪里", None),
        ("", None),
    ],
)
def test_only_a_whole_message_is_small_talk(text: str, reason: Reason | None) -> None:
    """A greeting before a question does not swallow the question."""
    assert reason == recognise(text)
