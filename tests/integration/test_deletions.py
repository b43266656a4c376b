from __future__ import annotations

import asyncio
import math

import pytest

from bot.playground import World
from bot.storage.interfaces import ChatPreferences, Deletion
from bot.storage.memory import MemoryDeletions, MemoryPreferences
from tests.integration.conftest import Running
from tests.integration.talk import GROUP, count, group_said, pressed, said

HELLO = "@quoting_bot 渐冻症的临床研究是什么时候开始的？"


class Clock:
    """Unix seconds that stand still."""

    now = 1_800_000_000.0

    def __call__(self) -> float:
        """The time."""
        return self.now


async def brief() -> MemoryPreferences:
    """A group that keeps answers for five minutes."""
    preferences = MemoryPreferences()
    await preferences.set_chat(GROUP, ChatPreferences(delete_minutes=5))
    return preferences


async def planned(deletions: MemoryDeletions, number: int) -> None:
    """Wait until so many deletions are planned: the bot plans once Telegram has answered."""
    async with asyncio.timeout(5):
        while len(await deletions.due(math.inf, 100)) < number:  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(0.01)


async def test_answers_are_deleted_when_their_time_is_over(world: World, running: Running) -> None:
    """Pictures, too; not before, and the readers' own messages and private chats stay."""
    clock, deletions = Clock(), MemoryDeletions()
    async with running(preferences=await brief(), deletions=deletions, now=clock):
        answer, private = await group_said(world, HELLO), await said(world, "你好")
        await pressed(world, answer, "图片")
        card = await world.wait_for_bot_message(after=answer, timeout=20)
        await planned(deletions, 2)
        clock.now += 299
        await group_said(world, HELLO)
        assert 0 == count(world, "deleteMessage")
        clock.now += 2
        await world.wait_for(lambda: answer.deleted and card.deleted)
        await said(world, "谢谢")
    kept = world.messages(GROUP)
    assert ([False, False, True], False) == ([m.from_bot for m in kept], private.deleted)


async def test_a_restart_leaves_nothing_standing(world: World, running: Running) -> None:
    """What was planned before it is deleted after it."""
    clock, deletions = Clock(), MemoryDeletions()
    async with running(preferences=await brief(), deletions=deletions, now=clock):
        answer = await group_said(world, HELLO)
        await planned(deletions, 1)
    clock.now += 301
    async with running(deletions=deletions, now=clock):
        await world.wait_for(lambda: answer.deleted)
        await said(world, "谢谢")
    assert [] == await deletions.due(clock.now, 10)


@pytest.mark.parametrize("status", [400, 403])
async def test_what_cannot_be_deleted_is_given_up(
    world: World, running: Running, status: int
) -> None:
    """Gone, too old, or the bot is not there any more: one try."""
    deletions = MemoryDeletions()
    await deletions.plan(Deletion(1.0, GROUP, 12345))
    world.faults.next("deleteMessage", status=status)
    async with running(deletions=deletions):
        await world.wait_for(lambda: count(world, "deleteMessage"))
        await said(world, "谢谢")
        await said(world, "谢谢")
    assert (1, []) == (count(world, "deleteMessage"), await deletions.due(2.0, 10))


async def test_what_telegram_puts_off_is_tried_again(world: World, running: Running) -> None:
    """A server that is not well loses no deletion."""
    deletions = MemoryDeletions()
    world.faults.next("deleteMessage", status=500)
    world.faults.drop("deleteMessage")
    async with running(deletions=deletions):
        answer = await group_said(world, HELLO)
        await deletions.plan(Deletion(1.0, GROUP, answer.message_id))
        await world.wait_for(lambda: answer.deleted)
    assert 3 == count(world, "deleteMessage")
