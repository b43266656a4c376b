"""/language: which language the bot speaks to a reader."""

from __future__ import annotations

import logging

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ChatType

from bot.chat.callback_data import Action, Press, pack
from bot.chat.context import ChatContext
from bot.chat.preferences import Chosen
from bot.chat.presses import Outcome, Pressed
from bot.chat.profile import publish_private_menu
from bot.chat.readers import asker_of
from bot.chat.replies import Reply, send
from bot.chat.richtext import Rendered
from bot.errors import StoreUnavailable
from bot.locales import LANGUAGES, Catalog, catalog

log = logging.getLogger(__name__)

APP = "app"
"""In place of a language: that of the reader's app."""


async def on_language(update: Update, context: ChatContext) -> None:
    """Offer the languages."""
    message = update.message
    if message is not None:
        say = context.catalog_of(message.from_user)
        await send(context, message, language_panel(context.chosen, say, asker_of(message)))


async def press_language(pressed: Pressed) -> Outcome:
    """Keep the reader's choice, and speak so from now on."""
    context, key = pressed.context, pressed.press.key
    if key not in (*LANGUAGES, APP):
        return Outcome.refused("alert-stale")
    language = None if key == APP else key
    try:
        await context.services.preferences.set_language(pressed.query.from_user.id, language)
    except StoreUnavailable as error:
        log.warning("a language was not kept: %s", error)
        return Outcome.refused("settings-lost")
    context.chosen = Chosen(context.chosen.group, language)
    panel = language_panel(context.chosen, pressed.catalog, pressed.press.asker)
    shown = pressed.showing(panel)
    chat = pressed.message.chat

    async def show() -> None:
        if shown.act is not None:
            await shown.act()
        if chat.type == ChatType.PRIVATE:
            menu = catalog(language) if language else None
            await publish_private_menu(context.bot, chat.id, menu)

    return Outcome(act=show)


def language_panel(chosen: Chosen, say: Catalog, asker: int) -> Reply:
    """What is spoken now and why, and a button for each language; the chosen one has a tick."""
    own, group = chosen.own_language, chosen.group.language
    lines = [
        say("language-panel"),
        say("language-chosen", language=catalog(own)("language-name"))
        if own
        else say("language-of-app"),
    ]
    if group:
        lines.append(say("language-of-group", language=catalog(group)("language-name")))
    buttons = [
        _button(language, catalog(language)("language-name"), say, asker, ticked=language == own)
        for language in LANGUAGES
    ]
    app = _button(APP, say("button-app-language"), say, asker, ticked=own is None)
    return Reply(Rendered("\n".join(lines)), InlineKeyboardMarkup([buttons, [app]]))


def _button(
    key: str, label: str, say: Catalog, asker: int, *, ticked: bool
) -> InlineKeyboardButton:
    text = say("button-chosen", label=label) if ticked else label
    return InlineKeyboardButton(text, callback_data=pack(Press(Action.LANGUAGE, key, 0, asker)))
