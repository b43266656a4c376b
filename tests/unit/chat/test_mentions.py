from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot, Chat, ForumTopicCreated, Message, MessageEntity, User

from bot.chat.mentions import (
    after_command,
    is_mentioned,
    is_reply_to,
    question_of,
    without_mentions,
)
from bot.chat.richtext import utf16_length

ME = User(42, "Quoting", is_bot=True, username="Quoting_Bot")
SOMEBODY = User(7, "Somebody", is_bot=False)


class KnownBot(Bot):
    """A bot that has already asked who it is."""

    @property
    def bot(self) -> User:
        """The bot's user."""
        return ME


BOT = KnownBot("42:TEST")


def _mention(offset: int, text: str) -> MessageEntity:
    return MessageEntity(MessageEntity.MENTION, offset, utf16_length(text))


def _message(
    text: str,
    chat_type: str = "supergroup",
    entities: list[MessageEntity] | None = None,
    answered: Message | None = None,
) -> Message:
    date = datetime.datetime.now(datetime.UTC)
    chat = Chat(-1, chat_type)
    return Message(1, date, chat, SOMEBODY, text=text, entities=entities, reply_to_message=answered)


@given(st.text(), st.text(), st.sampled_from(["@quoting_bot", "@QUOTING_BOT", "@Quoting_Bot"]))
def test_a_mention_is_found_and_taken_away_whatever_stands_round_it(
    before: str, after: str, name: str
) -> None:
    """Also between characters that take two UTF-16 units."""
    entity = _mention(utf16_length(before), name)
    stripped = without_mentions(before + name + after, (entity,), BOT)
    assert stripped is not None
    assert (before + " " + after).split() == stripped.split()


@given(st.text(), st.lists(st.tuples(st.integers(), st.integers()), max_size=4))
def test_wrong_offsets_are_harmless(text: str, ranges: list[tuple[int, int]]) -> None:
    """Offsets outside the text, negative, or inside a character never raise."""
    entities = tuple(MessageEntity(MessageEntity.MENTION, *each) for each in ranges)
    stripped = without_mentions(text, entities, BOT)
    assert stripped is None or isinstance(stripped, str)


def test_a_text_mention_goes_by_its_user() -> None:
    """The words are anybody's, the user counts."""
    mine = MessageEntity(MessageEntity.TEXT_MENTION, 0, 2, user=ME)
    other = MessageEntity(MessageEntity.TEXT_MENTION, 0, 2, user=SOMEBODY)
    assert ("你好", None) == (
        without_mentions("助手你好", (mine,), BOT),
        without_mentions("助手你好", (other,), BOT),
    )


@pytest.mark.parametrize(
    ("text", "entities", "expected"),
    [
        ("@quoting_bot 什么是CAR-T", [_mention(0, "@quoting_bot")], "什么是CAR-T"),
        ("请问 @quoting_bot 什么是CAR-T", [_mention(3, "@quoting_bot")], "请问 什么是CAR-T"),
        (
            "@quoting_bot @quoting_bot",
            [_mention(0, "@quoting_bot"), _mention(13, "@quoting_bot")],
            "",
        ),
        ("@someone 什么是CAR-T", [_mention(0, "@someone")], None),
        ("@quoting_bot 什么是CAR-T", [], None),
    ],
)
def test_in_a_group_only_an_entity_speaks_to_the_bot(
    text: str, entities: list[MessageEntity], expected: str | None
) -> None:
    """The name in plain text, in code or in a link, is no mention."""
    assert expected == question_of(_message(text, entities=entities), BOT)


def test_in_private_every_message_is_a_question() -> None:
    """No mention is needed."""
    assert "你好" == question_of(_message("你好", "private"), BOT)


def test_a_reply_to_the_message_that_opened_a_forum_topic_is_none() -> None:
    """Telegram marks every message of a topic as a reply to it."""
    date = datetime.datetime.now(datetime.UTC)
    opened = ForumTopicCreated("T", 1)
    opener = Message(1, date, Chat(-1, "supergroup"), from_user=ME, forum_topic_created=opened)
    answer = Message(2, date, Chat(-1, "supergroup"), from_user=ME, text="答")
    assert (False, True) == (
        is_reply_to(_message("嗯", answered=opener), BOT),
        is_reply_to(_message("嗯", answered=answer), BOT),
    )


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        ("/ask 渐冻症？", 4, "渐冻症？"),
        ("/ask@quoting_bot\n 渐冻症", 16, "渐冻症"),
        ("/ask", 4, ""),
    ],
)
def test_what_stands_after_a_command(text: str, length: int, expected: str) -> None:
    """Whatever white space stands between."""
    command = MessageEntity(MessageEntity.BOT_COMMAND, 0, length)
    assert expected == after_command(_message(text, entities=[command]))


def test_a_message_without_a_command_has_nothing_after_it() -> None:
    """Neither a command further on nor another entity at the beginning is one."""
    late = MessageEntity(MessageEntity.BOT_COMMAND, 2, 4)
    bold = MessageEntity(MessageEntity.BOLD, 0, 2)
    messages = [_message("问 /ask", entities=entities) for entities in ([late], [bold], [])]
    assert [None, None, None] == [after_command(message) for message in messages]


def test_a_mention_is_told_from_a_reply() -> None:
    """A group may want the one and not the other."""
    mention = _message("@quoting_bot 问", entities=[_mention(0, "@quoting_bot")])
    assert (True, False) == (is_mentioned(mention, BOT), is_mentioned(_message("问"), BOT))
