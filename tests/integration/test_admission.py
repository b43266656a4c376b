from __future__ import annotations

from bot.playground import World
from tests.integration.conftest import Running
from tests.integration.talk import ADMIN, ALS, GROUP, GUEST, count, group_said, said

HELLO = "@quoting_bot 你好"


async def test_too_many_questions_get_one_notice_and_then_silence(
    world: World, running: Running
) -> None:
    """The reader is told once, in their language; others are answered as ever."""
    async with running(ask_per_user="2/hour"):
        for _ in range(2):
            await group_said(world, HELLO, user_id=GUEST)
        told = await group_said(world, HELLO, user_id=GUEST)
        for text in (HELLO, f"/ask {ALS}", f"/verify {ALS}"):
            world.send_text(text, chat_id=GROUP, user_id=GUEST)
        answer = await group_said(world, f"@quoting_bot {ALS}")
    assert ("You are asking a little fast", 4) == (
        (told.text or "")[:28],
        count(world, "sendMessage"),
    )
    assert "2024年10月" in answer.quotes()[0]


async def test_a_groups_limit_is_told_to_the_group_once(world: World, running: Running) -> None:
    """Whoever asks then."""
    async with running(ask_per_group="1/hour"):
        await group_said(world, HELLO)
        told = await group_said(world, HELLO, user_id=GUEST)
        world.send_text(HELLO, chat_id=GROUP)
        last = await group_said(world, "@quoting_bot 谢谢", user_id=ADMIN)
    assert ("This group is asking a lot", 3) == (
        (told.text or "")[:26],
        count(world, "sendMessage"),
    )
    assert "不客氣" in (last.text or "")


async def test_admins_and_private_chats_are_apart(world: World, running: Running) -> None:
    """They are answered however often they ask, and use nothing of the others' share."""
    async with running(ask_per_user="1/hour", ask_per_group="2/hour"):
        for _ in range(4):
            answer = await group_said(world, HELLO, user_id=ADMIN)
            assert "你好" in (answer.text or "")
        for _ in range(4):
            assert "你好" in ((await said(world, "你好")).text or "")
        assert "你好" in ((await group_said(world, HELLO)).text or "")
    # Telegram is asked who is an admin once a minute, and only when it matters.
    assert 1 == count(world, "getChatMember")


async def test_an_anonymous_admin_is_an_admin(world: World, running: Running) -> None:
    """Who writes in the group's own name needs no looking up."""
    sender = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    chat = {"id": GROUP, "type": "supergroup", "title": "G"}
    mention = {"type": "mention", "offset": 0, "length": 12}
    async with running(ask_per_group="1/hour"):
        for number in range(3):
            message = {"message_id": 900 + number, "date": 1, "chat": chat, "from": sender}
            message |= {"sender_chat": chat, "text": HELLO, "entities": [mention]}
            world.send_update({"message": message})
        await world.wait_for(lambda: count(world, "sendMessage") == 3)
    texts = [message.text or "" for message in world.messages(GROUP) if message.from_bot]
    assert [True] * 3 == ["你好" in text for text in texts]
