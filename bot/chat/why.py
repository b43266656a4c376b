"""/why: what an answer was found by, and the same answer again by its id."""

from __future__ import annotations

import re

from telegram import Message, MessageEntity, Update

from bot.chat.answers import compose_answer, post
from bot.chat.context import ChatContext
from bot.chat.conversations import Exchange
from bot.chat.readers import asker_of
from bot.chat.render import quoted_words
from bot.chat.replies import Reply, send
from bot.chat.richtext import Rendered, RichText, clip
from bot.locales import Catalog
from bot.retrieval.answer import Answer, Explanation

_ANSWER_ID = re.compile(r"[0-9a-f]{12}")
_MOST_WORDS = 12
_MOST_SCORES = 5
_MAX_WORD = 20


async def on_why(update: Update, context: ChatContext) -> None:
    """Explain the answer that is replied to, or give the one with this id once more."""
    message = update.message
    if message is None:
        return
    catalog = context.catalog_of(message.from_user)
    if context.args:
        await _replay(message, context, catalog, context.args[0].lower())
        return
    answered = message.reply_to_message
    if answered is None:
        await _say(message, context, catalog("why-usage"))
        return
    exchange = context.services.conversations.get((message.chat.id, answered.message_id))
    if exchange is None or not exchange.answer_id:
        await _say(message, context, catalog("why-forgotten"))
        return
    answer = await context.ask(exchange.question, exchange.previous, literal=exchange.literal)
    told = context.services.quoter.explain(exchange.question, exchange.previous)
    await send(context, message, Reply(_explained(exchange, answer, told, catalog)))


def _explained(exchange: Exchange, answer: Answer, told: Explanation, catalog: Catalog) -> Rendered:
    """How the answer of `exchange` was found."""
    rich = RichText()
    rich.add(catalog("why-title"), MessageEntity.BOLD)
    if exchange.previous:
        _line(rich, catalog("why-previous", question=clip(exchange.previous[-1], 60)))
    for correction in answer.corrections:
        written, read_as = clip(correction.written, _MAX_WORD), clip(correction.read_as, _MAX_WORD)
        _line(rich, catalog("why-corrected", written=written, read=read_as))
    none = catalog("why-none")
    _line(rich, catalog("why-matched", words=_listed(told.matched, catalog) or none))
    _line(rich, catalog("why-missing", words=_listed(told.missing, catalog) or none))
    if told.scores:
        scores = [f"{score:.2f}" for score in told.scores[:_MOST_SCORES]]
        _line(rich, catalog("why-scores", scores=catalog("word-separator").join(scores)))
    _line(rich, catalog("why-confidence", percent=str(round(100 * told.confidence))))
    _line(rich, catalog("why-index"))
    rich.add(told.index_id, MessageEntity.CODE)
    _line(rich, catalog("why-answer"))
    rich.add(answer.id, MessageEntity.CODE)
    _line(rich, catalog("why-again"))
    return rich.build()


async def _replay(message: Message, context: ChatContext, catalog: Catalog, asked: str) -> None:
    past = context.services.past
    exchange = await past.answered(asked) if _ANSWER_ID.fullmatch(asked) else None
    if exchange is None:
        await _say(message, context, catalog("why-unknown-id"))
        return
    composed = await compose_answer(
        context,
        catalog,
        exchange.question,
        asker_of(message),
        exchange.previous,
        literal=exchange.literal,
    )
    await post(context, message, composed)


async def _say(message: Message, context: ChatContext, text: str) -> None:
    await send(context, message, Reply(Rendered(text)))


def _line(rich: RichText, text: str) -> None:
    rich.add(f"\n{text}")


def _listed(words: tuple[str, ...], catalog: Catalog) -> str:
    return quoted_words(words, catalog, _MOST_WORDS)
