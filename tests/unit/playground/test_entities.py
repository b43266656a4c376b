"""Message entities: what Telegram finds, keeps and refuses."""

from __future__ import annotations

import pytest

from bot.playground.entities import automatic_entities, clean, parse_entities
from bot.playground.errors import ApiError
from bot.playground.model import Json


def found(text: str) -> list[tuple[str, int, int]]:
    """Return the automatic entities as (type, offset, length)."""
    return [(e["type"], e["offset"], e["length"]) for e in automatic_entities(text)]


def mark(kind: str, offset: int, length: int) -> Json:
    """Return an entity."""
    return {"type": kind, "offset": offset, "length": length}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/start", [("bot_command", 0, 6)]),
        ("/topics@quoting_bot 细胞", [("bot_command", 0, 19)]),
        ("😀 @quoting_bot 你好", [("mention", 3, 12)]),
        ("@quoting_bot，你好", [("mention", 0, 12)]),
        ("@quoting_bot你好", []),
        ("你好@quoting_bot", []),
        ("a/b 1/2 //x", []),
        ("看 https://example.org/a?b=1。再说", [("url", 2, 25)]),
        ("#细胞 #123", [("hashtag", 0, 3)]),
        ("没有什么", []),
    ],
)
def test_finds_what_telegram_finds(text: str, expected: list[tuple[str, int, int]]) -> None:
    """Commands, mentions, addresses and hashtags are found, unless a letter touches them."""
    assert expected == found(text)


def test_trims_and_moves_entities() -> None:
    """White space at both ends goes, and the entities move with what is left."""
    assert ("引文", [mark("bold", 0, 2)]) == clean("\n 引文 \n", [mark("bold", 2, 3)])


def test_refuses_entity_past_the_end() -> None:
    """An entity that ends after the text is an error, not a guess."""
    with pytest.raises(ApiError, match="ends after the end of the text"):
        clean("引文", [mark("bold", 1, 2)])


def test_refuses_half_a_character() -> None:
    """An entity may not begin inside a surrogate pair."""
    with pytest.raises(ApiError, match="in a middle of a UTF-16 symbol"):
        clean("😀好", [mark("bold", 1, 2)])


def test_drops_nested_quotations_and_cuts_crossing_entities() -> None:
    """A quotation inside a quotation is dropped; an entity that sticks out is cut in two."""
    marks = [mark("blockquote", 0, 4), mark("blockquote", 1, 2), mark("bold", 2, 4)]
    expected = [mark("blockquote", 0, 4), mark("bold", 2, 2), mark("bold", 4, 2)]
    assert ("一二三四五六", expected) == clean("一二三四五六", marks)


def test_keeps_mentions_of_known_users_only() -> None:
    """A text mention carries the user as Telegram knows them; an unknown one is dropped."""
    known: dict[int, Json] = {7: {"id": 7, "is_bot": False, "first_name": "小林"}}
    sent = [
        {**mark("text_mention", 0, 1), "user": {"id": 7, "first_name": "?"}},
        {**mark("text_mention", 1, 1), "user": {"id": 8}},
    ]
    assert [{**mark("text_mention", 0, 1), "user": known[7]}] == parse_entities(sent, known.get)


@pytest.mark.parametrize(
    "value",
    [
        "bold",
        [1],
        [{"type": "shout", "offset": 0, "length": 1}],
        [{"type": "bold"}],
        [{"type": []}],
    ],
)
def test_refuses_what_is_not_entities(value: object) -> None:
    """Anything but a list of known entities is a 400."""
    with pytest.raises(ApiError, match="can't parse"):
        parse_entities(value, lambda _: None)
