from __future__ import annotations

from bot.chat import QuotingApplication
from bot.playground import World
from tests.integration.talk import GROUP, entities, said

TRUE = "截至目前，相关临床研究正在平稳进行。"


async def test_a_sentence_of_the_article_is_found(world: World, chat: QuotingApplication) -> None:
    """With its words as printed, and their place."""
    answer = await said(world, f"/verify {TRUE}")
    assert ([TRUE], True) == (answer.quotes(), (answer.text or "").startswith("是原文"))
    assert ["在文中查看"] == entities(answer, "text_link")


async def test_a_changed_sentence_is_not_found(world: World, chat: QuotingApplication) -> None:
    """What was changed is marked, and said in words."""
    answer = await said(world, "/verify 截至目前，相关临床研究没有平稳进行。")
    assert (answer.text or "").startswith("不是原文")
    assert (["［−正在］"], ["［+没有］"]) == (
        entities(answer, "strikethrough"),
        entities(answer, "underline"),
    )


async def test_a_message_is_checked_by_a_reply(world: World, chat: QuotingApplication) -> None:
    """A text, a caption, and the bot's own answer, of which only the quotes are checked."""
    text, caption = world.send_text(TRUE), world.send_caption(TRUE)
    own = await world.wait_for_bot_message(after=await world.wait_for_bot_message(after=caption))
    for message in (text, caption, own):
        answer = await said(world, "/verify", reply_to=message)
        assert (answer.text or "").startswith("是原文")


async def test_a_long_text_is_checked_whole(world: World, chat: QuotingApplication) -> None:
    """Up to what a message holds, with an answer that a message holds."""
    text = chat.services.quoter.article.text
    answer = await said(world, f"/verify {text[1000:5000]}")
    assert answer.quotes()


async def test_without_a_text_it_says_how(world: World, chat: QuotingApplication) -> None:
    """A bare command is no error."""
    answer = await said(world, "/verify")
    assert (answer.text or "").startswith("发送 /verify 加一句话")


async def test_verify_in_a_group(world: World, chat: QuotingApplication) -> None:
    """As a reply to what somebody said there."""
    claim = world.send_text(TRUE, chat_id=GROUP, user_id=1002)
    asked = world.send_text("/verify@quoting_bot", chat_id=GROUP, reply_to=claim)
    answer = await world.wait_for_bot_message(after=asked)
    assert [TRUE] == answer.quotes()
