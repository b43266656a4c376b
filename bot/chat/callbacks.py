"""Presses of inline buttons. Every press is answered exactly once, and stale, forged and
foreign ones with an alert that says what to do.
"""

from __future__ import annotations

import logging

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest

from bot.chat.callback_data import ANYONE, Action, Press, unpack
from bot.chat.context import ChatContext
from bot.chat.replies import Reply, rewrite
from bot.chat.topics import remember_page, send_page, topic_list, topic_page

log = logging.getLogger(__name__)


async def on_press(update: Update, context: ChatContext) -> None:
    """Do what a button stands for."""
    query = update.callback_query
    if query is None:
        return
    refusal, message, reply = _consider(query, context)
    # Answered before anything is sent, so that the button does not spin while a send waits.
    await _answer(query, refusal and context.catalog_of(query.from_user)(refusal))
    if message is None or reply is None:
        return
    press = unpack(query.data)
    if press is not None and press.action is Action.OPEN:
        await send_page(context, message, reply)
        return
    await _show(context, message, reply)


def _consider(
    query: CallbackQuery, context: ChatContext
) -> tuple[str | None, Message | None, Reply | None]:
    """What a press leads to: the key of an alert, or a message and what it or its answer shall
    show, or neither for the page count.
    """
    press, message = unpack(query.data), query.message
    if press is None or message is None:
        return "alert-stale", None, None
    # PTB reads an inaccessible message of a press as a Message without a date.
    if not isinstance(message, Message) or not message.is_accessible:
        return "alert-too-old", None, None
    if message.chat.type != ChatType.PRIVATE and press.asker not in (ANYONE, query.from_user.id):
        return "alert-not-yours", None, None
    if press.action is Action.COUNT:
        return None, None, None
    reply = _meant(press, query, context)
    return ("alert-stale", None, None) if reply is None else (None, message, reply)


def _meant(press: Press, query: CallbackQuery, context: ChatContext) -> Reply | None:
    services = context.services
    catalog = context.catalog_of(query.from_user)
    if press.action is Action.LIST:
        return topic_list(services, catalog, press.asker)
    topic = services.quoter.topics.get(press.topic)
    if topic is None:
        return None
    return topic_page(services, topic, press.page, catalog, press.asker)


async def _show(context: ChatContext, message: Message, reply: Reply) -> None:
    """Put `reply` into `message`, unless it stands there already (a button pressed twice)."""
    services = context.services
    shown = services.pages.get((message.chat.id, message.message_id))
    if shown == reply.content.fingerprint:
        return
    if shown is None and message.text == reply.content.text:
        return
    await rewrite(context.bot, message.chat.id, message.message_id, reply)
    remember_page(services, message.chat.id, message.message_id, reply)


async def _answer(query: CallbackQuery, alert: str | None) -> None:
    try:
        await query.answer(alert, show_alert=alert is not None)
    except BadRequest:
        # Telegram takes answers for a short while only; the press itself still counts.
        log.info("a press came too late to be answered")
