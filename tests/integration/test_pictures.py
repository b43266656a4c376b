from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from bot.article.model import Article
from bot.chat import QuotingApplication
from bot.pictures import Event, load_timeline
from bot.playground import World
from bot.playground.model import Message
from tests.integration.conftest import ROOT
from tests.integration.talk import ALS, GROUP, count, entities, labels, pressed, said

Running = Callable[..., AbstractAsyncContextManager[QuotingApplication]]


@pytest.fixture(scope="session")
def events(article: Article) -> tuple[Event, ...]:
    """The project's timeline."""
    return load_timeline(ROOT / "data" / "timeline.toml", article)


async def _card(world: World, answer: Message) -> Message:
    await pressed(world, answer, "图片")
    return await world.wait_for_bot_message(after=answer)


def _uploads(world: World) -> int:
    """How many pictures were sent as bytes, not by file id."""
    sent = [call for call in world.calls if call.method in ("sendPhoto", "editMessageMedia")]
    return sum("bytes>" in str(call.params) for call in sent)


async def test_a_quote_becomes_a_picture_with_its_text(
    world: World, chat: QuotingApplication
) -> None:
    """The caption says all that the picture shows."""
    answer = await said(world, ALS)
    card = await _card(world, answer)
    assert card.photo
    assert (answer.quotes(), ["2024年10月"], ["在文中查看"]) == (
        card.quotes(),
        entities(card, "bold"),
        entities(card, "text_link"),
    )


async def test_a_picture_is_drawn_once(world: World, chat: QuotingApplication) -> None:
    """The second time it is sent by its file id; one Telegram has lost is drawn anew."""
    answer = await said(world, ALS)
    card = await _card(world, answer)
    await pressed(world, answer, "图片")
    again = await world.wait_for_bot_message(after=card)
    assert (1, card.photo) == (_uploads(world), again.photo)
    world.faults.next("sendPhoto", status=400, description="wrong file identifier")
    await pressed(world, answer, "图片")
    await world.wait_for_bot_message(after=again)
    assert 2 == _uploads(world)


async def test_a_picture_changes_its_theme_in_place(world: World, chat: QuotingApplication) -> None:
    """Dark and light again, the caption unchanged."""
    card = await _card(world, await said(world, ALS))
    light, caption = card.photo, card.caption
    await pressed(world, card, "深色")
    await world.wait_for(lambda: card.photo != light)
    assert ([["浅色"]], caption) == (labels(card), card.caption)
    await pressed(world, card, "浅色")
    await world.wait_for(lambda: card.photo == light)
    assert 2 == _uploads(world)


async def test_a_picture_in_a_group_is_a_reply(world: World, chat: QuotingApplication) -> None:
    """To the answer whose button was pressed."""
    asked = world.send_text(f"@quoting_bot {ALS}", chat_id=GROUP)
    answer = await world.wait_for_bot_message(after=asked)
    card = await _card(world, answer)
    assert answer is card.reply_to


async def test_the_timeline_is_a_picture_and_a_text(
    world: World, running: Running, events: tuple[Event, ...]
) -> None:
    """The picture is drawn once; the text holds every event's words, by a button or a word."""
    async with running(timeline=events):
        picture = await said(world, "/timeline")
        assert picture.photo
        await pressed(world, picture, "文字版")
        text = await world.wait_for_bot_message(after=picture)
        again = await said(world, "/timeline")
        assert (picture.photo, 1) == (again.photo, _uploads(world))
        typed = await said(world, "/timeline text")
    assert text.text == typed.text
    assert [event.quote.text for event in events][: len(text.quotes())] == text.quotes()
    assert "2015" in (text.text or "")


async def test_without_events_there_is_no_timeline(world: World, chat: QuotingApplication) -> None:
    """Another article may come without one."""
    answer = await said(world, "/timeline")
    assert (answer.text or "").startswith("这篇报道没有")
    assert 0 == count(world, "sendPhoto")
