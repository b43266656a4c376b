from __future__ import annotations

import functools
import io
import logging
from collections.abc import Iterator

import pytest

from bot.chat import QuotingApplication
from bot.playground import World
from bot.playground.model import MemberStatus, Message
from bot.storage.interfaces import ChatPreferences
from bot.storage.memory import MemoryPreferences
from tests.integration.conftest import Running
from tests.integration.talk import ADMIN, GROUP, GUEST, count, group_said, said

OLD_GROUP = -4000


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything of note that the bot logs while the test runs."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setLevel(logging.WARNING)
    logging.getLogger("bot").addHandler(handler)
    yield stream
    logging.getLogger("bot").removeHandler(handler)


def _introductions(world: World) -> list[Message]:
    return [each for each in world.messages(GROUP) if each.from_bot and each.text]


def _introduced(world: World, times: int) -> bool:
    return len(_introductions(world)) == times


@pytest.mark.parametrize(("sees_all", "how"), [(False, "我只看得到"), (True, "别的话我不插嘴")])
async def test_joining_is_followed_by_one_introduction(
    world: World, running: Running, sees_all: bool, how: str
) -> None:
    """Though Telegram tells of it twice; it says how to ask, in privacy mode why."""
    world.read_all_group_messages = sees_all
    world.set_language(ADMIN, "zh-hans")
    async with running():
        world.membership.remove_bot()
        world.membership.add_bot()
        await world.wait_for(lambda: _introductions(world))
        await said(world, "谢谢")
        await group_said(world, "@quoting_bot 谢谢")
    introduction = _introductions(world)[0].text or ""
    assert (1, 3) == (len(_introductions(world)) - 1, len(introduction.splitlines()))
    named = [each in introduction for each in (how, "@quoting_bot", "/ask", "/settings")]
    assert [True] * 4 == named


async def test_it_speaks_the_language_of_who_added_it(
    world: World, chat: QuotingApplication
) -> None:
    """Nobody has asked anything yet."""
    world.membership.remove_bot()
    world.membership.add_bot(by=GUEST)
    await world.wait_for(lambda: _introductions(world))
    assert "Hello, everybody!" == (_introductions(world)[0].text or "")[:17]


async def test_a_new_rank_is_no_joining(world: World, chat: QuotingApplication) -> None:
    """Neither admin nor restricted nor member again; and a second joining is one."""
    ranks: tuple[MemberStatus, ...] = ("administrator", "member", "restricted", "member")
    for rank in ranks:
        world.membership.set_bot_status(rank)
    thanked = await group_said(world, "@quoting_bot 谢谢")
    assert [thanked] == _introductions(world)
    del world.group.history[thanked.message_id]
    for number in (1, 2):
        world.membership.remove_bot()
        world.membership.add_bot()
        await world.wait_for(functools.partial(_introduced, world, number))


async def test_who_may_not_write_is_silent(
    world: World, chat: QuotingApplication, log: io.StringIO
) -> None:
    """Brought in without the right to write: no introduction. Asked there: one try, no noise."""
    world.membership.remove_bot()
    world.membership.add_bot(status="restricted")
    world.send_text("@quoting_bot 你好", chat_id=GROUP)
    await world.wait_for(lambda: count(world, "getChatMember"))
    await said(world, "谢谢")
    sent = [call.status for call in world.calls if call.method == "sendMessage"]
    assert ([400, 200], "") == (sent, log.getvalue())


async def test_a_closed_topic_is_no_noise(
    world: World, chat: QuotingApplication, log: io.StringIO
) -> None:
    """Where Telegram takes neither the answer nor word of its failing, nobody is woken."""
    closed = "Bad Request: TOPIC_CLOSED"
    world.faults.next("sendMessage", status=400, description=closed, times=2)
    world.send_text("@quoting_bot 你好", chat_id=GROUP)
    await world.wait_for(lambda: count(world, "sendMessage") == 2)
    await said(world, "谢谢")
    assert "" == log.getvalue()


@pytest.mark.parametrize("gone", ["removed", "blocked"])
async def test_removed_or_blocked_is_no_noise(
    world: World, chat: QuotingApplication, log: io.StringIO, gone: str
) -> None:
    """Nothing is sent when it happens, and what was under way is tried once."""
    # What happens while the bot is on its way to answer.
    if gone == "removed":
        world.send_text("@quoting_bot 你好", chat_id=GROUP)
        world.membership.remove_bot()
    else:
        world.send_text("你好", user_id=GUEST)
        world.membership.block(GUEST)
    await world.wait_for(lambda: count(world, "sendMessage"))
    await said(world, "谢谢")
    statuses = [call.status for call in world.calls if call.method == "sendMessage"]
    assert ([403, 200], "") == (statuses, log.getvalue())


def _migration(**fields: int) -> dict[str, object]:
    chat_id = fields.pop("chat_id")
    kind = "group" if chat_id == OLD_GROUP else "supergroup"
    chat = {"id": chat_id, "type": kind, "title": "G"}
    sender = {"id": 5, "is_bot": False, "first_name": "X"}
    return {"message": {"message_id": 9, "date": 1, "chat": chat, "from": sender, **fields}}


class CountingPreferences(MemoryPreferences):
    """A store that counts how often a group moved."""

    moved = 0

    async def move_chat(self, old: int, new: int) -> None:
        """Move, and count."""
        await super().move_chat(old, new)
        self.moved += 1


@pytest.mark.parametrize("first", ["old", "new"])
async def test_a_groups_settings_move_with_it(world: World, running: Running, first: str) -> None:
    """Telegram tells of it in the old group and in the new one, in whatever order."""
    preferences = CountingPreferences()
    chosen = ChatPreferences("en", on_reply=False, delete_minutes=5)
    await preferences.set_chat(OLD_GROUP, chosen)
    updates = [
        _migration(chat_id=OLD_GROUP, migrate_to_chat_id=GROUP),
        _migration(chat_id=GROUP, migrate_from_chat_id=OLD_GROUP),
    ]
    async with running(preferences=preferences):
        for update in updates if first == "old" else reversed(updates):
            world.send_update(update)
        world.membership.remove_bot()
        world.membership.add_bot()
        await group_said(world, "@quoting_bot 谢谢")
        # Its members know the bot: no introduction.
        assert 1 == len(_introductions(world))
        await world.wait_for(lambda: preferences.moved >= 2)
    kept = [await preferences.of_chat(chat_id) for chat_id in (GROUP, OLD_GROUP)]
    assert [chosen, ChatPreferences()] == kept
