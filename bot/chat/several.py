"""Several questions in one message: one reply, with an answer to each of the first three."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup, MessageEntity

from bot.chat.actions import several_row
from bot.chat.answers import Composed
from bot.chat.callback_data import Action
from bot.chat.context import ChatContext
from bot.chat.conversations import Exchange
from bot.chat.keyboards import fitting_topics, topic_rows
from bot.chat.question_log import log_question
from bot.chat.render import render_answer
from bot.chat.replies import Reply
from bot.chat.richtext import MAX_UNITS, Rendered, RichText, clip
from bot.locales import Catalog
from bot.retrieval import Answer

MOST = 3
"""Most questions that one reply answers."""

_MAX_QUESTION = 60
# For the questions, the lines between them, and the sentence about those left out.
_RESERVE = 600


async def compose_several(
    context: ChatContext,
    catalog: Catalog,
    questions: Sequence[str],
    asker: int,
    previous: tuple[str, ...] = (),
    *,
    reader: int,
) -> Composed:
    """The answers to `questions` in one reply; each question is read with those before it."""
    asked = questions[:MOST]
    answers = []
    for number, question in enumerate(asked):
        answer = await context.ask(question, (*previous, *asked[:number]))
        log_question(context.services, answer, reader, catalog.language)
        answers.append(answer)
    content = _joined(context, catalog, asked, answers)
    if len(questions) > MOST:
        content = _with_line(content, catalog("several-more"))
    services = context.services
    quotes = [quote for answer in answers for quote in answer.quotes or answer.related]
    row = several_row(services.quoter.article, catalog, content, quotes, asker) if quotes else []
    found = dict.fromkeys(topic for answer in answers for topic in answer.topics)
    offered = fitting_topics(tuple(found), services.quoter.topics)
    rows = [row] if row else []
    rows += topic_rows(offered, catalog, Action.OPEN, asker)
    reply = Reply(content, InlineKeyboardMarkup(rows) if rows else None)
    last = Exchange(asked[-1], (*previous, *asked[:-1]), answers[-1].id, asker)
    return Composed(reply, last)


def _joined(
    context: ChatContext, catalog: Catalog, questions: Sequence[str], answers: Sequence[Answer]
) -> Rendered:
    metadata = context.services.quoter.article.metadata
    share = (MAX_UNITS - _RESERVE) // len(questions)
    rich = RichText()
    for question, answer in zip(questions, answers, strict=True):
        rich.add("\n\n" if rich else "")
        rich.add(clip(" ".join(question.split()), _MAX_QUESTION), MessageEntity.BOLD)
        rich.add("\n")
        part = RichText(share, before=rich.end)
        render_answer(answer, metadata, catalog, context.links, part)
        rich.append(part)
    return rich.build()


def _with_line(content: Rendered, line: str) -> Rendered:
    return Rendered(f"{content.text}\n\n{line}", content.entities)
