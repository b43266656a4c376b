"""How the bot is found: its menus of commands and its descriptions at Telegram.

Each is compared with what Telegram has, and set only where it changed.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
)
from telegram.error import BadRequest, InvalidToken, NetworkError, TelegramError

from bot.chat.client import ChatBot
from bot.chat.commands import IN_GROUPS, IN_PRIVATE, MENUS
from bot.chat.context import QuotingApplication
from bot.chat.render import article_name
from bot.locales import Catalog, catalog

log = logging.getLogger(__name__)

LANGUAGES = ((None, "en"), ("zh", "zh"))
"""Telegram's codes and the catalogues for them; None is for all that have none of their own.
Telegram knows two letters of a language only, so 繁體 is for those who choose it (/language).
"""


async def publish_profile(application: QuotingApplication) -> None:
    """Tell Telegram the commands of each kind of chat, and what the bot is, in each language.

    A failure is logged and changes nothing: the bot works without.
    """
    bot = application.bot
    metadata = application.services.quoter.article.metadata
    steps: list[Callable[[], Awaitable[None]]] = []
    for code, language in LANGUAGES:
        say = catalog(language)
        article = article_name(metadata, say)
        steps += [_menu_step(bot, scope, names, say, code) for scope, names in MENUS]
        steps.append(_description_step(bot, say("profile-description", article=article), code))
        steps.append(_short_step(bot, say("profile-short", article=article), code))
    for step in steps:
        try:
            await step()
        except (BadRequest, InvalidToken) as error:
            # A Bot API server that does not know the method says the same as to a wrong token.
            log.info("a part of the bot's profile was not taken: %s", type(error).__name__)
        except NetworkError as error:
            log.info("the bot's profile was not published: %s", type(error).__name__)
            return
        except TelegramError as error:
            log.warning("the bot's profile was not published: %s", type(error).__name__)
            return


async def publish_private_menu(bot: ChatBot, chat_id: int, say: Catalog | None) -> None:
    """Have one private chat's menu in a language; None: as its app's."""
    await _publish(bot, BotCommandScopeChat(chat_id), IN_PRIVATE, say)


async def publish_group_menu(bot: ChatBot, chat_id: int, say: Catalog | None) -> None:
    """Have one group's menus in a language; None: as each reader's app's."""
    await _publish(bot, BotCommandScopeChat(chat_id), IN_GROUPS, say)
    admins = BotCommandScopeChatAdministrators(chat_id)
    await _publish(bot, admins, (*IN_GROUPS, "settings"), say)


async def _publish(
    bot: ChatBot, scope: BotCommandScope, names: Sequence[str], say: Catalog | None
) -> None:
    try:
        if say is None:
            await bot.delete_my_commands(scope)
        else:
            await bot.set_my_commands(_menu(names, say), scope)
    except TelegramError as error:
        log.info("a chat's menu was not changed: %s", type(error).__name__)


def _menu(names: Sequence[str], say: Catalog) -> list[BotCommand]:
    return [BotCommand(name, say(f"command-{name}")) for name in names]


def _menu_step(
    bot: ChatBot, scope: BotCommandScope, names: Sequence[str], say: Catalog, code: str | None
) -> Callable[[], Awaitable[None]]:
    async def step() -> None:
        menu = _menu(names, say)
        if list(await bot.get_my_commands(scope, code)) != menu:
            await bot.set_my_commands(menu, scope, code)

    return step


def _description_step(bot: ChatBot, text: str, code: str | None) -> Callable[[], Awaitable[None]]:
    async def step() -> None:
        if (await bot.get_my_description(code)).description != text:
            await bot.set_my_description(text, code)

    return step


def _short_step(bot: ChatBot, text: str, code: str | None) -> Callable[[], Awaitable[None]]:
    async def step() -> None:
        if (await bot.get_my_short_description(code)).short_description != text:
            await bot.set_my_short_description(text, code)

    return step
