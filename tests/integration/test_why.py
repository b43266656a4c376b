from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from bot.chat import QuotingApplication
from bot.playground import World
from tests.integration.talk import ALS, GROUP, entities, labels, said

Running = Callable[..., AbstractAsyncContextManager[QuotingApplication]]


async def test_why_explains_the_answer_it_replies_to(
    world: World, chat: QuotingApplication
) -> None:
    """Words, scores, confidence, index version and answer id."""
    answer = await said(world, ALS)
    why = await said(world, "/why", reply_to=answer)
    text = why.text or ""
    index_id, answer_id = entities(why, "code")
    assert (chat.services.quoter.index_id, chat.services.quoter.ask(ALS).id) == (
        index_id,
        answer_id,
    )
    for part in ("文中对上的词：", "文中没有的词：", "得分", "把握：", "%"):
        assert part in text


async def test_the_same_id_gives_the_same_answer(world: World, chat: QuotingApplication) -> None:
    """With its buttons, while it is remembered."""
    answer = await said(world, ALS)
    answer_id = entities(await said(world, "/why", reply_to=answer), "code")[1]
    again = await said(world, f"/why {answer_id}")
    assert (answer.text, answer.entities, labels(answer)) == (
        again.text,
        again.entities,
        labels(again),
    )


async def test_a_forgotten_or_foreign_answer_is_said_to_be_one(
    world: World, running: Running
) -> None:
    """After a restart, for a message that is no answer, for an id that never was."""
    async with running():
        answer = await said(world, ALS)
        answer_id = entities(await said(world, "/why", reply_to=answer), "code")[1]
    async with running():
        told = [
            (await said(world, "/why", reply_to=answer)).text or "",
            (await said(world, f"/why {answer_id}")).text or "",
            (await said(world, "/why 不是编号")).text or "",
            (await said(world, "/why")).text or "",
        ]
    assert ["我不记得这条", "我不记得这个", "我不记得这个", "回复我的一条"] == [
        each[:6] for each in told
    ]


async def test_why_in_a_group(world: World, chat: QuotingApplication) -> None:
    """Anybody may ask there, as a reply to the answer."""
    asked = world.send_text(f"@quoting_bot {ALS}", chat_id=GROUP)
    answer = await world.wait_for_bot_message(after=asked)
    asked = world.send_text("/why@quoting_bot", chat_id=GROUP, reply_to=answer, user_id=1003)
    why = await world.wait_for_bot_message(after=asked)
    assert (why.text or "").startswith("How this answer was found")
