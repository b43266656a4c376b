from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.article.sentences import split_clauses, split_sentences

chinese = st.text(st.sampled_from("细胞治疗张毅说，。！？；：“”‘’（）…… .3aT\n"), max_size=300)


def cut(text: str) -> list[str]:
    """The sentences of `text`."""
    return [text[span.start : span.end] for span in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他来了。她走了！", ["他来了。", "她走了！"]),
        ("“好。”张毅说。后来他走了。", ["“好。”张毅说。", "后来他走了。"]),
        ("“什么？”他问", ["“什么？”", "他问"]),
        ("占全球的54%……“这些都好。”", ["占全球的54%……", "“这些都好。”"]),
        ("长度是3.5米。", ["长度是3.5米。"]),
        ("没有句号的话", ["没有句号的话"]),
        ("（他来了。）她走了。", ["（他来了。）", "她走了。"]),
        ("一、二……，三。", ["一、二……，三。"]),
        ("", []),
    ],
)
def test_splits_sentences(text: str, expected: list[str]) -> None:
    """Closing marks and the words that say who spoke stay with what was said."""
    assert expected == cut(text)


@given(chinese)
def test_every_character_is_in_one_sentence(text: str) -> None:
    """Nothing but white space falls between sentences, and none overlap."""
    assert "".join(text.split()) == "".join("".join(cut(text)).split())
    spans = split_sentences(text)
    assert all(one.end <= other.start for one, other in pairwise(spans))


@given(chinese, st.integers(min_value=3, max_value=80))
def test_clauses_fit_and_lose_nothing(text: str, limit: int) -> None:
    """Each piece is within the limit, and together they are the text."""
    spans = split_clauses(text, limit)

    assert all(0 < len(span) <= limit for span in spans)
    pieces = "".join(text[span.start : span.end] for span in spans)
    assert "".join(text.split()) == "".join(pieces.split())


def test_cuts_at_a_semicolon_before_a_comma() -> None:
    """The strongest mark that fits decides."""
    text = "前面的话，很长；" + "后" * 5 + "，" + "尾" * 10
    assert "前面的话，很长；" == text[: split_clauses(text, 18)[0].end]
