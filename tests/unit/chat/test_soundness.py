from __future__ import annotations

from typing import Any

import pytest
from telegram import Update

from bot.chat.soundness import is_sound

PERSON: dict[str, Any] = {"id": 7, "is_bot": False, "first_name": "小林", "language_code": "zh"}
CHAT: dict[str, Any] = {"id": 7, "type": "private"}
MESSAGE: dict[str, Any] = {
    "message_id": 1,
    "date": 1,
    "chat": CHAT,
    "from": PERSON,
    "text": "你好",
    "entities": [{"type": "bold", "offset": 0, "length": 2}],
}


def _sound(**kinds: Any) -> bool:  # noqa: ANN401 - that is the point
    return is_sound(Update.de_json({"update_id": 1, **kinds}, None))


@pytest.mark.parametrize(
    "kinds",
    [
        {"message": MESSAGE},
        {"edited_message": MESSAGE | {"reply_to_message": MESSAGE}},
        {"message": {"message_id": 1, "date": 1, "chat": CHAT}},
        {"callback_query": {"id": "1", "from": PERSON, "chat_instance": "1", "data": "x"}},
        {
            "callback_query": {
                "id": "1",
                "from": PERSON,
                "chat_instance": "1",
                "message": {"message_id": 1, "date": 0, "chat": CHAT},
            }
        },
        {"inline_query": {"id": "1", "from": PERSON, "query": "", "offset": ""}},
        {"unheard_of": {}},
        {},
    ],
)
def test_what_telegram_sends_is_sound(kinds: dict[str, Any]) -> None:
    """Also where fields are left out that may be."""
    assert _sound(**kinds)


@pytest.mark.parametrize(
    "wrong",
    [
        {"chat": None},
        {"chat": CHAT | {"id": {"id": None}}},
        {"chat": CHAT | {"id": "7"}},
        {"chat": CHAT | {"type": None}},
        {"from": PERSON | {"id": []}},
        {"from": PERSON | {"language_code": 7}},
        {"text": 7},
        {"text": ["你好"]},
        {"message_id": None},
        {"message_thread_id": "x"},
        {"entities": [{"type": "bold", "offset": 1.5, "length": 2}]},
        {"entities": [{"type": "bold", "offset": 0, "length": None}]},
        {"reply_to_message": MESSAGE | {"text": {}}},
    ],
)
def test_a_field_of_another_type_is_not(wrong: dict[str, Any]) -> None:
    """In a message, and in one that a button stands under."""
    message = MESSAGE | wrong
    press = {"id": "1", "from": PERSON, "chat_instance": "1", "data": "x", "message": message}
    assert (False, False) == (_sound(message=message), _sound(callback_query=press))


@pytest.mark.parametrize("missing", ["id", "query", "offset"])
def test_an_inline_query_has_all_its_texts(missing: str) -> None:
    """They are never left out, and never null."""
    query = {"id": "1", "from": PERSON, "query": "", "offset": ""}
    assert not _sound(inline_query=query | {missing: None})
