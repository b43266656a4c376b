from __future__ import annotations

import pytest

from bot.chat import QuotingApplication
from bot.playground import World
from bot.playground.inline import InlineAnswer
from tests.integration.talk import GROUP, entities, said


async def _offered(world: World, query: str, **how: str | int) -> InlineAnswer:
    query_id = world.inline_query(query, **how)  # type: ignore[arg-type]  # its keywords, as they are
    return await world.wait_for_inline_answer(query_id)


async def test_words_offer_quotes_for_any_chat(world: World, chat: QuotingApplication) -> None:
    """Up to ten at once; the chosen one is sent with its quote unchanged and its place linked."""
    offered = await _offered(world, "渐冻症")
    assert (10, "10", False) == (
        len(offered.results),
        offered.next_offset,
        offered.is_personal,
    )
    sent = world.choose_inline_result(offered, offered.results[0].id, chat_id=GROUP)
    assert sent.quotes()[0] in chat.services.quoter.article.text
    assert ["在文中查看"] == entities(sent, "text_link")


async def test_all_pages_together_hold_no_quote_twice(
    world: World, chat: QuotingApplication
) -> None:
    """`next_offset` leads to the end."""
    seen: list[str] = []
    offset = ""
    for _ in range(20):
        offered = await _offered(world, "渐冻症", offset=offset)
        seen += [result.id for result in offered.results]
        offset = offered.next_offset
        if not offset:
            break
    assert (True, "") == (len(seen) > 10, offset)
    assert len(seen) == len(set(seen))


async def test_no_words_offer_the_topics(world: World, chat: QuotingApplication) -> None:
    """All of them, page by page."""
    first = await _offered(world, "  ")
    second = await _offered(world, "", offset=first.next_offset)
    names = [result.title for result in (*first.results, *second.results)]
    assert [topic.name for topic in chat.services.quoter.topics.all] == names


async def test_the_button_opens_the_private_chat_at_the_first_quote(
    world: World, chat: QuotingApplication
) -> None:
    """A question travels as the place of its first quote."""
    offered = await _offered(world, "渐冻症")
    button = offered.button or {}
    opened = await world.wait_for_bot_message(after=world.start(button["start_parameter"]))
    first = offered.results[0].message["text"].splitlines()[0]
    assert [first] == entities(opened, "underline")


async def test_results_are_the_same_for_all_readers(world: World, chat: QuotingApplication) -> None:
    """Telegram may keep them for everybody, whatever their language."""
    chinese = await _offered(world, "CAR-T")
    english = await _offered(world, "CAR-T", user_id=1003)
    assert (chinese.results, chinese.button) == (english.results, english.button)
    assert chinese.cache_time >= 60


@pytest.mark.parametrize(
    ("query", "offset"),
    [("番茄炒蛋怎么做", ""), ("你好", ""), ("渐冻症", "x"), ("渐冻症", "9" * 60)],
)
async def test_what_has_no_quotes_still_gets_an_answer(
    world: World, chat: QuotingApplication, query: str, offset: str
) -> None:
    """Off-topic words, greetings, offsets of nobody's making."""
    assert (await _offered(world, query, offset=offset)).button


@pytest.mark.parametrize("query", ["字" * 256, "\u202e\u200b", "'; DROP TABLE--", "🙂" * 100])
async def test_odd_queries_are_answered(world: World, chat: QuotingApplication, query: str) -> None:
    """Whatever is typed."""
    assert (await _offered(world, query)).button


async def test_a_query_answered_too_late_is_no_error(
    world: World, chat: QuotingApplication
) -> None:
    """The reader has typed on."""
    world.faults.next("answerInlineQuery", status=400, description="query is too old")
    world.inline_query("渐冻症")
    await world.wait_for(lambda: any(call.method == "answerInlineQuery" for call in world.calls))
    last = await said(world, "谢谢")
    assert "不客气" in (last.text or "")


async def test_a_result_sent_to_the_bot_itself_is_not_a_question(
    world: World, chat: QuotingApplication
) -> None:
    """What was put together inline is not answered again."""
    offered = await _offered(world, "渐冻症")
    world.choose_inline_result(offered, offered.results[0].id)
    last = await said(world, "谢谢")
    assert "不客气" in (last.text or "")
    assert 1 == sum(call.method == "sendMessage" for call in world.calls)
