from __future__ import annotations

import datetime

import pytest
from telegram import Chat, Message, MessageEntity, TextQuote, User

from bot.chat.verify import text_to_check

BOT_ID = 42
ME = User(BOT_ID, "Quoting", is_bot=True)
SOMEBODY = User(7, "Somebody", is_bot=False)
DATE = datetime.datetime.now(datetime.UTC)
CHAT = Chat(1, "private")


def _command(text: str, answered: Message | None = None, quote: str | None = None) -> Message:
    length = len(text.split(maxsplit=1)[0])
    return Message(
        2,
        DATE,
        CHAT,
        SOMEBODY,
        text=text,
        entities=[MessageEntity(MessageEntity.BOT_COMMAND, 0, length)],
        reply_to_message=answered,
        quote=TextQuote(quote, 0) if quote else None,
    )


SAID = Message(1, DATE, CHAT, SOMEBODY, text="说过的话")
CAPTION = Message(1, DATE, CHAT, SOMEBODY, caption="图片说明")
ANSWER = Message(
    1,
    DATE,
    CHAT,
    ME,
    text="😀开头\n\n第一段引文\n——出处\n\n第二段引文\n——出处",
    entities=[
        MessageEntity(MessageEntity.BLOCKQUOTE, 6, 5),
        MessageEntity(MessageEntity.EXPANDABLE_BLOCKQUOTE, 18, 5),
    ],
)
SENTENCE = Message(1, DATE, CHAT, ME, text="没有引文的回答")


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (_command("/verify 一句话"), "一句话"),
        (_command("/verify@quoting_bot\n两行\n话"), "两行\n话"),
        (_command("/verify 一句话", SAID), "一句话"),
        (_command("/verify", SAID), "说过的话"),
        (_command("/verify", CAPTION), "图片说明"),
        (_command("/verify", SAID, "说过"), "说过"),
        (_command("/verify", None, "别处的话"), "别处的话"),
        (_command("/verify", ANSWER), "第一段引文\n第二段引文"),
        (_command("/verify", SENTENCE), "没有引文的回答"),
        (_command("/verify"), ""),
        (_command("/verify   "), ""),
    ],
)
def test_what_is_checked(message: Message, expected: str) -> None:
    """The words after the command, else the part that is quoted, else the message replied to; of
    the bot's own answers, only the quotes.
    """
    assert expected == text_to_check(message, BOT_ID)
