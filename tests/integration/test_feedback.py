from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from bot.chat import QuotingApplication
from bot.chat.callback_data import unpack
from bot.chat.votes import Fault, RecentVotes, Vote
from bot.playground import World
from tests.integration.talk import ALS, GROUP, GUEST, labels, pressed, said

Running = Callable[..., AbstractAsyncContextManager[QuotingApplication]]

READER = 1001


def _answer_id(data: str) -> str:
    press = unpack(data)
    assert press is not None
    return press.key


async def test_a_vote_is_kept_and_can_be_changed(world: World, running: Running) -> None:
    """👎 asks what was wrong in a row of its own; 👍 takes the vote back and the row away."""
    votes = RecentVotes(10)
    async with running(feedback=votes):
        answer = await said(world, ALS)
        data = next(b["callback_data"] for b in answer.buttons() if b["text"] == "👍")
        answer_id, before = _answer_id(data), labels(answer)
        await pressed(world, answer, "👎")
        await world.wait_for(lambda: len(labels(answer)) == len(before) + 1)
        assert ["答非所问", "不完整", "文中明明有"] == labels(answer)[2]
        assert Vote(answer_id, READER, good=False) == await votes.get(answer_id, READER)
        told = await pressed(world, answer, "不完整")
        await world.wait_for(lambda: labels(answer) == before)
        expected = Vote(answer_id, READER, good=False, fault=Fault.INCOMPLETE)
        assert (expected, False) == (await votes.get(answer_id, READER), told.show_alert)
        await pressed(world, answer, "👎")
        await world.wait_for(lambda: len(labels(answer)) == len(before) + 1)
        await pressed(world, answer, "👍")
        await world.wait_for(lambda: labels(answer) == before)
        assert Vote(answer_id, READER, good=True) == await votes.get(answer_id, READER)
    assert 1 == len(votes)


async def test_everybody_in_a_group_has_a_vote(world: World, running: Running) -> None:
    """Not the asker alone; each one counts once."""
    votes = RecentVotes(10)
    async with running(feedback=votes):
        asked = world.send_text(f"@quoting_bot {ALS}", chat_id=GROUP)
        answer = await world.wait_for_bot_message(after=asked)
        for user in (READER, GUEST, GUEST):
            told = await pressed(world, answer, "👍", user)
            assert (False, True) == (told.show_alert, bool(told.text))
    assert 2 == len(votes)


async def test_votes_survive_a_restart_of_their_buttons(world: World, running: Running) -> None:
    """The button knows its answer by itself."""
    votes = RecentVotes(10)
    async with running():
        answer = await said(world, ALS)
    async with running(feedback=votes):
        await pressed(world, answer, "👍")
    assert 1 == len(votes)


async def test_an_answer_without_words_of_the_article_can_be_judged(
    world: World, chat: QuotingApplication
) -> None:
    """Whoever knows the words can say so; a greeting cannot be judged."""
    abstained, greeted = await said(world, "火星上有几个火锅店？"), await said(world, "你好")
    assert ["👍", "👎"] == labels(abstained)[0]
    assert "👍" not in [label for row in labels(greeted) for label in row]


async def test_a_vote_on_a_message_that_is_gone_is_kept(world: World, running: Running) -> None:
    """Telegram refusing to change the buttons is no error of the reader's."""
    votes = RecentVotes(10)
    async with running(feedback=votes):
        answer = await said(world, ALS)
        world.faults.next("editMessageReplyMarkup", status=400, description="message not found")
        await pressed(world, answer, "👎")
        last = await said(world, "谢谢")
    assert (1, True) == (len(votes), "不客气" in (last.text or ""))
