"""Presses of inline buttons. Every press is answered exactly once, and stale, forged and
foreign ones with an alert that says what to do.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest

from bot.chat.callback_data import ANYONE, Action, unpack
from bot.chat.cards import press_card
from bot.chat.context import ChatContext
from bot.chat.contexts import press_width
from bot.chat.feedback import press_fault, press_vote
from bot.chat.group_settings import press_setting
from bot.chat.languages import press_language
from bot.chat.presses import Outcome, Pressed
from bot.chat.reading import press_reading
from bot.chat.rereading import press_choice, press_literal
from bot.chat.timeline import press_events
from bot.chat.topics import press_count, press_list, press_topic

log = logging.getLogger(__name__)

_PRESSES: Mapping[Action, Callable[[Pressed], Awaitable[Outcome]]] = {
    Action.OPEN: press_topic,
    Action.PAGE: press_topic,
    Action.LIST: press_list,
    Action.COUNT: press_count,
    Action.WIDEN: press_width,
    Action.CARD: press_card,
    Action.LITERAL: press_literal,
    Action.CHOOSE: press_choice,
    Action.VOTE: press_vote,
    Action.FAULT: press_fault,
    Action.EVENTS: press_events,
    Action.READING: press_reading,
    Action.LANGUAGE: press_language,
    Action.SETTING: press_setting,
}


async def on_press(update: Update, context: ChatContext) -> None:
    """Do what a button stands for."""
    query = update.callback_query
    if query is None:
        return
    outcome = await _outcome(query, context)
    notice = outcome.notice and context.catalog_of(query.from_user)(outcome.notice)
    # Answered before anything is sent, so that the button does not spin while a send waits.
    await _answer(query, notice, alert=outcome.alert)
    if outcome.act is not None:
        await outcome.act()


async def _outcome(query: CallbackQuery, context: ChatContext) -> Outcome:
    press, message = unpack(query.data), query.message
    if press is None or message is None:
        return Outcome.refused("alert-stale")
    # PTB reads an inaccessible message of a press as a Message without a date.
    if not isinstance(message, Message) or not message.is_accessible:
        return Outcome.refused("alert-too-old")
    if message.chat.type != ChatType.PRIVATE and press.asker not in (ANYONE, query.from_user.id):
        return Outcome.refused("alert-not-yours")
    return await _PRESSES[press.action](Pressed(press, query, message, context))


async def _answer(query: CallbackQuery, notice: str | None, *, alert: bool) -> None:
    try:
        await query.answer(notice, show_alert=alert)
    except BadRequest:
        # Telegram takes answers for a short while only; the press itself still counts.
        log.info("a press came too late to be answered")
