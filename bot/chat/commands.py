"""Commands, and their menus in Telegram's input field."""

from __future__ import annotations

from telegram import (
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    Message,
    Update,
)
from telegram.constants import ChatType

from bot.chat.callback_data import Action
from bot.chat.context import ChatContext
from bot.chat.keyboards import fitting_topics, reply_keyboard, topic_buttons
from bot.chat.opening import open_payload
from bot.chat.readers import asker_of
from bot.chat.render import article_name
from bot.chat.replies import Reply, send
from bot.chat.richtext import Rendered, clip
from bot.chat.topics import topic_list
from bot.locales import Catalog

_MAX_FACT = 200
IN_GROUPS = ("ask", "topics", "verify", "why", "timeline", "language", "help", "about")
IN_PRIVATE = (
    "start", "topics", "verify", "why", "timeline", "new", "language", "help", "about", "privacy",
)  # fmt: skip
MENUS: tuple[tuple[BotCommandScope, tuple[str, ...]], ...] = (
    (BotCommandScopeAllPrivateChats(), IN_PRIVATE),
    (BotCommandScopeAllGroupChats(), IN_GROUPS),
    (BotCommandScopeAllChatAdministrators(), (*IN_GROUPS, "settings")),
)
"""The commands shown in each kind of chat, and to a group's admins."""


async def on_start(update: Update, context: ChatContext) -> None:
    """Say what the bot does and offer topics; in private, bring the reply keyboard. Or open what
    a deep link leads to.
    """
    message = update.message
    if message is None:
        return
    linked = open_payload(context, message, context.args[0]) if context.args else None
    if linked is not None:
        await send(context, message, linked)
        return
    sentences = context.catalog_of(message.from_user)
    services = context.services
    name = article_name(services.quoter.article.metadata, sentences)
    welcome = Reply(Rendered(sentences("welcome", article=name)))
    keyboard = reply_keyboard(services.quoter.topics, sentences)
    if message.chat.type == ChatType.PRIVATE and keyboard is not None:
        # A message carries one kind of keyboard, so the topic buttons come with a second one.
        await send(context, message, welcome, keyboard)
        await _send_with_topics(message, context, sentences("welcome-topics"))
    else:
        await _send_with_topics(message, context, welcome.content.text)


async def on_help(update: Update, context: ChatContext) -> None:
    """Say how to ask, in private and in groups."""
    message = update.message
    if message is not None:
        sentences = context.catalog_of(message.from_user)
        text = sentences("help", bot=f"@{context.bot.username}")
        await _send_with_topics(message, context, text)


async def on_topics(update: Update, context: ChatContext) -> None:
    """Show all topics."""
    message = update.message
    if message is not None:
        sentences = context.catalog_of(message.from_user)
        listed = topic_list(context.services, sentences, asker_of(message))
        await send(context, message, listed)


async def on_about(update: Update, context: ChatContext) -> None:
    """Say where the quotes come from, and what they are not."""
    message = update.message
    if message is not None:
        text = about(context, context.catalog_of(message.from_user))
        await _send_with_topics(message, context, text)


async def on_new(update: Update, context: ChatContext) -> None:
    """Forget what was asked here, in a group only what this reader asked."""
    message = update.message
    if message is not None:
        private = message.chat.type == ChatType.PRIVATE
        asker = None if private else asker_of(message)
        context.services.conversations.forget(message.chat.id, asker)
        sentences = context.catalog_of(message.from_user)
        await send(context, message, Reply(Rendered(sentences("new"))))


async def on_unknown_command(update: Update, context: ChatContext) -> None:
    """Name the commands there are."""
    message = update.message
    if message is not None:
        text = context.catalog_of(message.from_user)("unknown-command")
        await _send_with_topics(message, context, text)


def about(context: ChatContext, sentences: Catalog) -> str:
    """What is known of the article, that only quotes are sent, that they are no advice."""
    facts = context.services.quoter.article.metadata
    lines = [sentences("about", article=article_name(facts, sentences))]
    for key, value in (
        ("about-publication", facts.publication),
        ("about-published", facts.published and facts.published.isoformat()),
        ("about-author", facts.author),
    ):
        if value:
            lines.append(sentences(key, value=clip(value, _MAX_FACT)))
    return "\n".join([*lines, "", sentences("about-verbatim"), sentences("about-medical")])


async def _send_with_topics(message: Message, context: ChatContext, text: str) -> None:
    offered = fitting_topics((), context.services.quoter.topics)
    sentences = context.catalog_of(message.from_user)
    buttons = topic_buttons(offered, sentences, Action.OPEN, asker_of(message))
    await send(context, message, Reply(Rendered(text), buttons))
