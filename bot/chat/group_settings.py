"""/settings: what a group's admins choose, on buttons in the group."""

from __future__ import annotations

import logging
from dataclasses import replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ChatType

from bot.chat.callback_data import Action, Press, pack
from bot.chat.context import ChatContext
from bot.chat.preferences import Chosen
from bot.chat.presses import Outcome, Pressed
from bot.chat.profile import publish_group_menu
from bot.chat.replies import Reply, send
from bot.chat.richtext import Rendered
from bot.errors import StoreUnavailable
from bot.locales import LANGUAGES, Catalog, catalog
from bot.storage.interfaces import ChatPreferences

log = logging.getLogger(__name__)

DELETE_AFTER = (0, 1, 5, 30, 60)
"""Minutes that answers may stay; 0 is for good. Telegram lets a bot delete for two days."""

_OWN = "own"
_Choice = tuple[str, ChatPreferences, str]


async def on_settings(update: Update, context: ChatContext) -> None:
    """Show an admin the group's settings; others are told who may."""
    message = update.message
    if message is None:
        return
    say = context.catalog_of(message.from_user)
    if message.chat.type == ChatType.PRIVATE:
        reply = Reply(Rendered(say("settings-in-groups")))
    elif await context.services.admins.wrote(message, context.bot):
        reply = settings_panel(context.chosen.group, say)
    else:
        reply = Reply(Rendered(say("settings-admins-only")))
    await send(context, message, reply)


async def press_setting(pressed: Pressed) -> Outcome:
    """Keep what an admin chose, and show it."""
    context, chat = pressed.context, pressed.message.chat
    now = context.chosen.group
    chosen = next(
        (wanted for key, wanted, _ in _choices(now, pressed.catalog) if key == pressed.press.key),
        None,
    )
    if chosen is None or chat.type == ChatType.PRIVATE:
        return Outcome.refused("alert-stale")
    user_id = pressed.query.from_user.id
    if not await context.services.admins.includes(chat.id, user_id, context.bot):
        return Outcome.refused("alert-admins-only")
    try:
        await context.services.preferences.set_chat(chat.id, chosen)
    except StoreUnavailable as error:
        log.warning("a group's settings were not kept: %s", error)
        return Outcome.refused("settings-lost")
    context.chosen = Chosen(chosen, context.chosen.own_language)
    shown = pressed.showing(settings_panel(chosen, pressed.catalog))
    if chosen.language == now.language:
        return shown

    async def show() -> None:
        if shown.act is not None:
            await shown.act()
        menu = catalog(chosen.language) if chosen.language else None
        await publish_group_menu(context.bot, chat.id, menu)

    return Outcome(act=show)


def settings_panel(now: ChatPreferences, say: Catalog) -> Reply:
    """The settings in words, and a button for each choice; what is chosen has a tick."""
    minutes = str(now.delete_minutes)
    lines = [
        say("settings-panel"),
        "",
        say("settings-on-reply" if now.on_reply else "settings-on-mention"),
        say("settings-delete", minutes=minutes) if now.delete_minutes else say("settings-keep"),
        say("settings-language", language=catalog(now.language)("language-name"))
        if now.language
        else say("settings-own-language"),
    ]
    buttons = [
        InlineKeyboardButton(
            say("button-chosen", label=label) if wanted == now else label,
            callback_data=pack(Press(Action.SETTING, key)),
        )
        for key, wanted, label in _choices(now, say)
    ]
    first = 2 + len(DELETE_AFTER)
    # Four languages stand two and two.
    groups = ((buttons[:2], 2), (buttons[2:first], 3), (buttons[first:], 2))
    rows = [group[at : at + wide] for group, wide in groups for at in range(0, len(group), wide)]
    return Reply(Rendered("\n".join(lines)), InlineKeyboardMarkup(rows))


def _choices(now: ChatPreferences, say: Catalog) -> list[_Choice]:
    """Each button's key, the preferences it leads to from `now`, and its label."""
    choices: list[_Choice] = [
        ("reply-0", replace(now, on_reply=False), say("button-on-mention")),
        ("reply-1", replace(now, on_reply=True), say("button-on-reply")),
    ]
    for minutes in DELETE_AFTER:
        label = say("button-minutes", minutes=str(minutes)) if minutes else say("button-keep")
        choices.append((f"delete-{minutes}", replace(now, delete_minutes=minutes), label))
    choices.append((f"language-{_OWN}", replace(now, language=None), say("button-own-language")))
    for language in LANGUAGES:
        name = catalog(language)("language-name")
        choices.append((f"language-{language}", replace(now, language=language), name))
    return choices
