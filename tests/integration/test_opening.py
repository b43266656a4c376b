from __future__ import annotations

import pytest

from bot.chat import QuotingApplication
from bot.playground import World
from tests.integration.talk import ALS, GROUP, entities, labels, payloads, said


async def test_the_place_of_a_quote_leads_to_its_paragraph(
    world: World, chat: QuotingApplication
) -> None:
    """The link beneath a quote opens the whole paragraph, with the quote marked."""
    answer = await said(world, ALS)
    (quote,) = answer.quotes()
    opened = await world.wait_for_bot_message(after=world.start(payloads(answer)[0]))
    assert ["在文中查看"] == entities(answer, "text_link")
    assert [quote] == entities(opened, "underline")
    assert quote != opened.quotes()[0]
    assert quote in opened.quotes()[0]
    assert ["更多", "复制", "图片"] == labels(opened)[0]


async def test_a_link_from_a_group_opens_in_private(world: World, chat: QuotingApplication) -> None:
    """Whoever taps it reads on there."""
    asked = world.send_text(f"@quoting_bot {ALS}", chat_id=GROUP)
    answer = await world.wait_for_bot_message(after=asked)
    opened = await world.wait_for_bot_message(after=world.start(payloads(answer)[0], user_id=1003))
    assert (1003, True) == (opened.chat.id, "source line" in (opened.text or ""))


async def test_a_topics_link_opens_the_topic(world: World, chat: QuotingApplication) -> None:
    """Its first page, with the buttons to turn it."""
    opened = await world.wait_for_bot_message(after=world.start("1tcart"))
    assert (opened.text or "").startswith("CAR-T（1/")


async def test_the_home_link_welcomes(world: World, chat: QuotingApplication) -> None:
    """What inline mode opens when there is no quote."""
    opened = await world.wait_for_bot_message(after=world.start("1h"))
    assert (opened.text or "").startswith("你好！")


@pytest.mark.parametrize(
    ("payload", "begins"),
    [
        ("some-payload", "我读不懂这个链接"),
        ("0tcart", "我读不懂这个链接"),
        ("1tgone", "这个链接指向的内容已经变了"),
        ("1pAAb0BIAAAAAA", "这个链接指向的内容已经变了"),
        ("1p____-_AAAAAA", "这个链接指向的内容已经变了"),
    ],
)
async def test_a_stale_or_tampered_link_says_so(
    world: World, chat: QuotingApplication, payload: str, begins: str
) -> None:
    """Clearly, with topics to go on from; never with another place."""
    opened = await world.wait_for_bot_message(after=world.start(payload))
    assert (opened.text or "").startswith(begins)
    assert ([], True) == (opened.quotes(), bool(labels(opened)))
