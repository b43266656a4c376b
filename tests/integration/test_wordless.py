from __future__ import annotations

from typing import Any

import pytest

from bot.chat import QuotingApplication
from bot.playground import World
from tests.integration.talk import ALS, GROUP, READER, count, group_said, said

SENDER = {"id": READER, "is_bot": False, "first_name": "小林", "language_code": "zh-hans"}
FILE = {"file_id": "f", "file_unique_id": "u"}
PHOTO = {"photo": [{**FILE, "width": 9, "height": 9}]}
POLL = {
    "id": "1", "question": "几点？", "options": [], "total_voter_count": 0, "is_closed": False,
    "is_anonymous": True, "type": "regular", "allows_multiple_answers": False,
    "allows_revoting": False, "shuffle_options": False, "allow_adding_options": False,
    "hide_results_until_closes": False, "members_only": False,
}  # fmt: skip
STICKER = {
    **FILE, "type": "regular", "width": 9, "height": 9, "is_animated": False, "is_video": False
}  # fmt: skip
KINDS: list[dict[str, Any]] = [
    {"voice": {**FILE, "duration": 3}},
    {"sticker": STICKER},
    {"poll": POLL},
    PHOTO,
    {"location": {"latitude": 1.0, "longitude": 2.0}},
    {"dice": {"emoji": "🎲", "value": 3}},
    {"video_note": {**FILE, "length": 9, "duration": 3}},
]


def _message(number: int, chat_id: int, **content: object) -> dict[str, Any]:
    kind = "private" if chat_id > 0 else "supergroup"
    named = {"first_name": "小林"} if chat_id > 0 else {"title": "G"}
    chat = {"id": chat_id, "type": kind, **named}
    return {
        "message": {
            "message_id": 900 + number, "date": 1, "chat": chat, "from": SENDER, **content
        }
    }  # fmt: skip


@pytest.mark.parametrize("content", KINDS, ids=lambda content: next(iter(content)))
async def test_what_is_no_text_gets_one_friendly_line(
    world: World, chat: QuotingApplication, content: dict[str, Any]
) -> None:
    """In private."""
    world.send_update(_message(1, READER, **content))
    answer = await world.wait_for_bot_message(chat_id=READER)
    assert "这个我看不懂，我只读得懂文字" == (answer.text or "")[:14]


@pytest.mark.parametrize("content", KINDS, ids=lambda content: next(iter(content)))
async def test_in_a_group_it_is_met_with_silence(
    world: World, chat: QuotingApplication, content: dict[str, Any]
) -> None:
    """Also as a reply to the bot, and in an album."""
    own = {"message_id": 5, "date": 1, "chat": {"id": GROUP, "type": "supergroup", "title": "G"}}
    own |= {"from": {"id": world.bot.id, "is_bot": True, "first_name": "B"}, "text": "x"}
    world.send_update(_message(1, GROUP, **content, reply_to_message=own))
    world.send_update(_message(2, GROUP, **content, media_group_id="7"))
    await group_said(world, "@quoting_bot 谢谢")
    assert 1 == count(world, "sendMessage")


async def test_an_album_gets_one_line(world: World, chat: QuotingApplication) -> None:
    """Not one for each of its pictures; the next album is another matter."""
    for number in range(4):
        world.send_update(_message(number, READER, **PHOTO, media_group_id="7"))
    world.send_update(_message(5, READER, **PHOTO, media_group_id="8"))
    await world.wait_for(lambda: count(world, "sendMessage") == 2)
    await said(world, "谢谢")
    assert 3 == count(world, "sendMessage")


async def test_an_albums_caption_is_a_question(world: World, chat: QuotingApplication) -> None:
    """The words are answered, and nothing is said of the other pictures."""
    world.send_update(_message(1, READER, **PHOTO, media_group_id="7", caption=ALS))
    world.send_update(_message(2, READER, **PHOTO, media_group_id="7"))
    await world.wait_for(lambda: count(world, "sendMessage"))
    await said(world, "谢谢")
    texts = [message.text or "" for message in world.messages() if message.from_bot]
    assert (2, True) == (len(texts), "2024年10月" in texts[0])
