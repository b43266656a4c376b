"""The store in memory: gone with the process, for trying and for tests."""

from __future__ import annotations

from collections.abc import Mapping

from bot.storage.interfaces import ChatPreferences, Deletion

_DEFAULT = ChatPreferences()


class MemoryPreferences:
    """`Preferences` in memory."""

    def __init__(self) -> None:
        self._chats: dict[int, ChatPreferences] = {}
        self._languages: dict[int, str] = {}

    async def of_chat(self, chat_id: int) -> ChatPreferences:
        """See `Preferences`."""
        return self._chats.get(chat_id, _DEFAULT)

    async def set_chat(self, chat_id: int, preferences: ChatPreferences) -> None:
        """See `Preferences`."""
        self._chats[chat_id] = preferences

    async def move_chat(self, old: int, new: int) -> None:
        """See `Preferences`."""
        preferences = self._chats.pop(old, None)
        if preferences is not None:
            self._chats[new] = preferences

    async def forget_chat(self, chat_id: int) -> None:
        """See `Preferences`."""
        self._chats.pop(chat_id, None)

    async def language_of(self, user_id: int) -> str | None:
        """See `Preferences`."""
        return self._languages.get(user_id)

    async def languages(self, limit: int) -> Mapping[int, str] | None:
        """See `Preferences`."""
        return dict(self._languages) if len(self._languages) <= limit else None

    async def set_language(self, user_id: int, language: str | None) -> None:
        """See `Preferences`."""
        if language is None:
            self._languages.pop(user_id, None)
        else:
            self._languages[user_id] = language


class MemoryDeletions:
    """`Deletions` in memory."""

    def __init__(self) -> None:
        self._planned: dict[tuple[int, int], Deletion] = {}

    async def plan(self, deletion: Deletion) -> None:
        """See `Deletions`."""
        self._planned[deletion.chat_id, deletion.message_id] = deletion

    async def due(self, now: float, limit: int) -> list[Deletion]:
        """See `Deletions`."""
        return sorted(planned for planned in self._planned.values() if planned.due <= now)[:limit]

    async def done(self, deletion: Deletion) -> None:
        """See `Deletions`."""
        self._planned.pop((deletion.chat_id, deletion.message_id), None)
