"""Updates as Telegram's JSON has them."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from telegram import Bot

from bot.chat.intake import read_update

BOT = Bot("123456789:" + "A" * 35)
CHAT = {"id": 5, "type": "private", "first_name": "A"}
MESSAGE = {"message_id": 1, "date": 0, "chat": CHAT, "text": "渐冻症"}


def test_reads_an_update() -> None:
    """A message with its chat and its text."""
    update = read_update({"update_id": 7, "message": MESSAGE}, BOT)

    assert update is not None
    assert update.message is not None
    assert (7, "渐冻症", 5) == (update.update_id, update.message.text, update.message.chat.id)


def test_an_unknown_kind_is_an_update_all_the_same() -> None:
    """Telegram may have learnt something new."""
    update = read_update({"update_id": 7, "something_new": {"a": 1}}, BOT)

    assert update is not None
    assert update.effective_message is None


@pytest.mark.parametrize(
    "raw",
    [
        {"update_id": 7, "message": "渐冻症"},
        {"update_id": 7, "message": {"text": "渐冻症"}},
        {"update_id": 7, "message": MESSAGE | {"chat": CHAT | {"id": [5]}}},
        {"message": MESSAGE},
    ],
)
def test_what_makes_no_sense_is_skipped_and_not_repeated(
    raw: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    """One line in the log, without what somebody wrote."""
    with caplog.at_level(logging.DEBUG):
        assert read_update(raw, BOT) is None
    assert 1 == len(caplog.records)
    assert "渐冻症" not in caplog.text
