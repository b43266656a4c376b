from __future__ import annotations

from bot.chat import QuotingApplication
from bot.playground import World
from tests.integration.talk import ALS, READER, entities, labels, pressed, said

BUTTON = "繁體對照"


async def test_a_reading_copy_stands_below_the_quote(
    world: World, chat: QuotingApplication
) -> None:
    """It is marked as converted, has the quote's place, and the quote itself stays as printed."""
    world.set_language(READER, "zh-hant")
    answer = await said(world, ALS)
    printed = answer.text
    await pressed(world, answer, BUTTON)
    copy = await world.wait_for_bot_message(after=answer)
    assert "繁體對照，由原文轉換而來，以原文為準：" == (copy.text or "").splitlines()[0]
    assert (True, printed) == ("漸凍症" in copy.quotes()[0], answer.text)
    assert (answer.text or "").splitlines()[1].startswith((copy.text or "").splitlines()[-1])
    await world.wait_for(lambda: BUTTON not in [each for row in labels(answer) for each in row])


async def test_it_is_offered_under_topic_pages_and_opened_links(
    world: World, chat: QuotingApplication
) -> None:
    """Wherever a 繁體 reader sees a quote of their own."""
    world.set_language(READER, "zh-hant")
    page = await said(world, "CAR-T")
    assert ["全部話題", BUTTON] == labels(page)[-1]
    await pressed(world, page, BUTTON)
    assert 1 == len((await world.wait_for_bot_message(after=page)).quotes())


async def test_others_are_not_offered_it(world: World, chat: QuotingApplication) -> None:
    """简体 and English readers have no use for it."""
    for code in ("zh-hans", "en"):
        world.set_language(READER, code)
        answer = await said(world, ALS)
        assert [] == [each for row in labels(answer) for each in row if each == BUTTON]


async def test_what_is_checked_of_a_copy_is_its_words(
    world: World, chat: QuotingApplication
) -> None:
    """/verify as a reply to it finds the words, and says that the characters differ."""
    world.set_language(READER, "zh-hant")
    answer = await said(world, ALS)
    await pressed(world, answer, BUTTON)
    copy = await world.wait_for_bot_message(after=answer)
    verdict = await said(world, "/verify", reply_to=copy)
    assert "繁簡字" in entities(verdict, "bold")[0]


async def test_a_stale_button_says_so(world: World, chat: QuotingApplication) -> None:
    """A place that is none of the article's."""
    answer = await said(world, ALS)
    query = world.press(answer, data="1:r:_____A:0:0")
    assert (await world.wait_for_callback_answer(query)).show_alert
