from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager

from bot.article.model import Span
from bot.article.quote import make_quote
from bot.chat import QuotingApplication
from bot.chat.callback_data import Action, Press, pack
from bot.chat.places import pack_spans
from bot.playground import World
from bot.retrieval import Answer, Quoter
from bot.retrieval.analysis import Analyzer
from bot.retrieval.index import Index
from tests.integration.talk import ALS, GROUP, GUEST, count, entities, labels, pressed, said, turned

Running = Callable[..., AbstractAsyncContextManager[QuotingApplication]]


async def test_a_quote_is_widened_in_place_and_back(world: World, chat: QuotingApplication) -> None:
    """To its paragraph, to the neighbours, and back to what it was; always the same message."""
    answer = await said(world, ALS)
    first = (answer.text, answer.entities, answer.reply_markup)
    (quote,) = answer.quotes()
    texts = []
    for label in ("上下文", "更多"):
        await turned(world, answer, label)
        texts.append(answer.quotes()[0])
        assert [quote] == entities(answer, "underline")
        assert ["2024年10月"] == entities(answer, "bold")
        assert texts[-1] in chat.services.quoter.article.text
    assert len(quote) < len(texts[0]) < len(texts[1])
    await turned(world, answer, "收起")
    assert first == (answer.text, answer.entities, answer.reply_markup)
    assert 1 == count(world, "sendMessage")


async def test_context_works_after_a_restart(world: World, running: Running) -> None:
    """Nothing about the message needs to be remembered."""
    async with running():
        answer = await said(world, ALS)
    async with running():
        await turned(world, answer, "上下文")
    assert ["2024年10月"] == entities(answer, "bold")


async def test_a_button_pressed_twice_widens_once(world: World, chat: QuotingApplication) -> None:
    """A second press on its way finds nothing to change."""
    answer = await said(world, ALS)
    data = next(b["callback_data"] for b in answer.buttons() if b["text"] == "上下文")
    world.latency = 0.05
    for query in [world.press(answer, data=data) for _ in range(3)]:
        await world.wait_for_callback_answer(query)
    await asyncio.sleep(0.2)
    assert [200] == [call.status for call in world.calls if call.method == "editMessageText"]


async def test_context_of_another_text_is_refused(world: World, chat: QuotingApplication) -> None:
    """Where the article says something else at that place now, nothing is guessed."""
    answer = await said(world, ALS)
    before = answer.text
    moved = pack(Press(Action.WIDEN, pack_spans([Span(300, 340)]), 1, 1001))
    told = await world.wait_for_callback_answer(world.press(answer, data=moved))
    assert (True, "文中的这段文字已经变了") == (told.show_alert, (told.text or "")[:11])
    assert before == answer.text


async def test_only_the_asker_widens_in_a_group(world: World, chat: QuotingApplication) -> None:
    """As with pages."""
    asked = world.send_text(f"@quoting_bot {ALS}", chat_id=GROUP)
    answer = await world.wait_for_bot_message(after=asked)
    told = await pressed(world, answer, "上下文", GUEST)
    assert told.show_alert
    await turned(world, answer, "上下文")


class SeveralQuoter(Quoter):
    """The core with an answer of three quotes, two of them from one paragraph."""

    def recall(
        self,
        question: str,
        previous: Sequence[str] = (),
        *,
        literal: bool = False,
    ) -> None:
        """Nothing: every question is to be asked."""

    def ask(self, question: str, previous: Sequence[str] = (), *, literal: bool = False) -> Answer:
        """Answer so."""
        one, other = self.article.paragraphs[8].sentences, self.article.paragraphs[17].sentences
        quotes = tuple(make_quote(self.article, span) for span in (one[1], other[0], one[3]))
        return dataclasses.replace(super().ask(question), quotes=quotes, reason=None)


async def test_several_quotes_are_widened_together(
    world: World, running: Running, index: Index, analyzer: Analyzer
) -> None:
    """Each keeps its place beneath it, and no paragraph is shown twice."""
    async with running(SeveralQuoter(index, analyzer)):
        answer = await said(world, ALS)
        quotes = answer.quotes()
        await turned(world, answer, "上下文")
        wide = answer.quotes()
        assert quotes == entities(answer, "underline")
        assert [True, True, False] == [
            quote != text for quote, text in zip(quotes, wide, strict=True)
        ]
        assert 3 == len(entities(answer, "text_link"))
        assert "更多" == labels(answer)[0][0]
        await turned(world, answer, "更多")
        await turned(world, answer, "收起")
    assert quotes == answer.quotes()
