from __future__ import annotations

from bot.chat import QuotingApplication
from bot.playground import World
from bot.retrieval import Quoter

ALS = "渐冻症的临床研究是什么时候开始的？"


async def test_a_question_is_answered_with_a_verbatim_quote_and_its_place(
    world: World, chat: QuotingApplication, quoter: Quoter
) -> None:
    """The answer quotes the article in a blockquote, with title and source lines beneath."""
    answer = await world.wait_for_bot_message(after=world.send_text(ALS))
    quote = answer.quotes()[0]
    place = (answer.text or "").splitlines()[1]
    assert (True, True) == (quote in quoter.article.text, "2024年10月" in quote)
    assert "——《让中国细胞治疗“闪耀”世界》· " == place[:19]
    assert place.endswith("行） · 在文中查看")


async def test_an_answer_is_no_reply_and_has_no_link_preview(
    world: World, chat: QuotingApplication
) -> None:
    """In private the answer is sent plainly, with link previews off and no markup parsed."""
    await world.wait_for_bot_message(after=world.send_text(ALS))
    sent = [call.params for call in world.calls if call.method == "sendMessage"][-1]
    assert {"reply_parameters", "parse_mode", "message_thread_id"} & set(sent) == set()
    assert "is_disabled" in str(sent["link_preview_options"])


async def test_an_answer_offers_two_or_three_topics(world: World, chat: QuotingApplication) -> None:
    """Under an answer, and under an abstention, stand two or three topic buttons."""
    for question in (ALS, "明天郑州的天气怎么样？", "你好", "🙂", "字" * 4096, "'; DROP TABLE--"):
        answer = await world.wait_for_bot_message(after=world.send_text(question))
        opening = [b for b in answer.buttons() if (b.get("callback_data") or "")[:4] == "1:o:"]
        assert len(opening) in (2, 3)


async def test_what_the_article_does_not_say_is_not_quoted(
    world: World, chat: QuotingApplication
) -> None:
    """An off-topic question gets one friendly sentence and no quote."""
    answer = await world.wait_for_bot_message(after=world.send_text("火星上有几个火锅店？"))
    assert [] == answer.quotes()


async def test_a_caption_is_a_question(world: World, chat: QuotingApplication) -> None:
    """In private, the words under a picture are read like a message."""
    answer = await world.wait_for_bot_message(after=world.send_caption(ALS))
    assert 1 <= len(answer.quotes())


async def test_a_topics_name_is_read_as_the_topic(world: World, chat: QuotingApplication) -> None:
    """What a key of the reply keyboard sends opens the topic, not a search."""
    answer = await world.wait_for_bot_message(after=world.send_text("CAR-T"))
    assert "CAR-T（1/" == (answer.text or "")[:8]


async def test_readers_of_english_get_english_sentences(
    world: World, chat: QuotingApplication
) -> None:
    """The bot's own words follow the reader's language; the quote stays as printed."""
    world.set_language(world.reader.id, "en-GB")
    answer = await world.wait_for_bot_message(after=world.send_text(ALS))
    assert (True, True) == ("source line" in (answer.text or ""), "渐冻症" in answer.quotes()[0])


async def test_a_time_word_is_explained_outside_the_quote(
    world: World, chat: QuotingApplication
) -> None:
    """Where a quote says 目前 and the like, a note under it says when that was."""
    question = "目前团队有多少人？截至目前进展如何？"
    answer = await world.wait_for_bot_message(after=world.send_text(question))
    noted = [line for line in (answer.text or "").splitlines() if "见报日期2025-04-10" in line]
    quoted = "".join(answer.quotes())
    timed = any(word in quoted for word in ("今年", "去年", "目前"))
    assert timed == bool(noted)
