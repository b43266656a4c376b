"""Coming into a group, and its becoming a supergroup."""

from __future__ import annotations

import logging

from telegram import ChatMember, ChatMemberRestricted, ChatMemberUpdated, Update
from telegram.constants import ChatMemberStatus, ChatType

from bot.chat.context import ChatContext
from bot.chat.render import article_name
from bot.chat.replies import NO_PREVIEW
from bot.errors import StoreUnavailable

log = logging.getLogger(__name__)

_GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)


async def on_membership(update: Update, context: ChatContext) -> None:
    """Introduce the bot, once, to a group it was brought into and may write in.

    Telegram also sends a service message with the new members; it says the same and is let be.
    """
    changed = update.my_chat_member
    if changed is None or changed.chat.type not in _GROUPS:
        return
    key = _greeted(changed.chat.id)
    if not _belongs(changed.new_chat_member):
        context.services.once.put(key, False)
        return
    if _belongs(changed.old_chat_member) or context.services.once.get(key):
        return
    if _may_write(changed.new_chat_member):
        context.services.once.put(key, True)
        await _introduce(changed, context)


async def on_migration(update: Update, context: ChatContext) -> None:
    """Take a group's settings along to the supergroup it has become."""
    message = update.message
    if message is None:
        return
    old, new = message.chat.id, message.migrate_to_chat_id
    if new is None:
        old, new = message.migrate_from_chat_id or old, message.chat.id
    # Its members know the bot.
    context.services.once.put(_greeted(new), True)
    try:
        await context.services.preferences.move_chat(old, new)
    except StoreUnavailable as error:
        log.warning("a group's settings were not moved: %s", error)


async def _introduce(changed: ChatMemberUpdated, context: ChatContext) -> None:
    say = context.catalog_of(changed.from_user)
    metadata = context.services.quoter.article.metadata
    # With privacy mode on, Telegram shows the bot nothing else.
    sees_all = bool(context.bot.bot.can_read_all_group_messages)
    how = "introduction-open" if sees_all else "introduction-private"
    lines = [
        say("introduction", article=article_name(metadata, say)),
        say(how, bot=f"@{context.bot.username}"),
        say("introduction-settings"),
    ]
    await context.bot.send_message(
        changed.chat.id, "\n".join(lines), link_preview_options=NO_PREVIEW
    )


def _greeted(chat_id: int) -> str:
    return f"greeted {chat_id}"


def _belongs(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status not in (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)


def _may_write(member: ChatMember) -> bool:
    return not isinstance(member, ChatMemberRestricted) or member.can_send_messages
