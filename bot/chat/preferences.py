"""What the reader of an update, and their group, have chosen; known before any handler runs."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from bot.errors import StoreUnavailable
from bot.storage.interfaces import ChatPreferences, Preferences

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A group's preferences, and the language tag its reader chose for themselves."""

    group: ChatPreferences = field(default_factory=ChatPreferences)
    own_language: str | None = None

    @property
    def language(self) -> str | None:
        """The language to speak; a group's wins. None is that of the reader's app."""
        return self.group.language or self.own_language


async def chosen_by(preferences: Preferences, chat_id: int | None, user_id: int | None) -> Chosen:
    """What is kept for a chat and a user; nothing where the store is not there."""
    try:
        # Groups have negative ids.
        in_group = chat_id is not None and chat_id < 0
        group = await preferences.of_chat(chat_id) if in_group and chat_id else ChatPreferences()
        own = None if user_id is None else await preferences.language_of(user_id)
    except StoreUnavailable as error:
        log.warning("preferences were not read: %s", error)
        return Chosen()
    return Chosen(group, own)
