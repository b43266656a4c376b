"""Preferences at hand: asked of the store now and then, and never waited for long."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

from bot.errors import StoreUnavailable
from bot.retrieval.remembered import Remembered
from bot.storage.interfaces import ChatPreferences, Preferences

FRESH_SECONDS = 10.0
"""How long what one process chose may be unknown to another."""

MOST_LANGUAGES = 10_000
"""As many users' languages are kept at hand, all of them; few ever choose one."""

READ_SECONDS = 0.25
_SIZE = 10_000

ValueT = TypeVar("ValueT")
_Kept = Remembered[int, tuple[float, ValueT]]


class CachedPreferences:
    """`Preferences` of another store. Reading never fails: while the store does not answer, the
    last known choice stands, or the default.
    """

    def __init__(
        self, store: Preferences, clock: Callable[[], float] = time.monotonic, size: int = _SIZE
    ) -> None:
        self._store = store
        self._clock = clock
        self._chats: _Kept[ChatPreferences] = Remembered(size)
        self._languages: _Kept[str | None] = Remembered(size)
        # Those of all users, unless they are too many; as they were at that time.
        self._every_language: dict[int, str] | None = {}
        self._every_language_at = -FRESH_SECONDS
        self._reading_languages = asyncio.Lock()
        self._languages_set = 0

    async def of_chat(self, chat_id: int) -> ChatPreferences:
        """See `Preferences`; never raises."""
        default = ChatPreferences()
        return await self._read(self._chats, chat_id, self._store.of_chat, default)

    async def set_chat(self, chat_id: int, preferences: ChatPreferences) -> None:
        """See `Preferences`."""
        await self._store.set_chat(chat_id, preferences)
        self._chats.put(chat_id, (self._clock(), preferences))

    async def move_chat(self, old: int, new: int) -> None:
        """See `Preferences`."""
        await self._store.move_chat(old, new)
        self._stale(self._chats, old, ChatPreferences())
        self._stale(self._chats, new, ChatPreferences())

    async def forget_chat(self, chat_id: int) -> None:
        """See `Preferences`."""
        await self._store.forget_chat(chat_id)
        self._stale(self._chats, chat_id, ChatPreferences())

    async def language_of(self, user_id: int) -> str | None:
        """See `Preferences`; never raises."""
        if self._clock() - self._every_language_at >= FRESH_SECONDS:
            await self._read_languages()
        if self._every_language is not None:
            return self._every_language.get(user_id)
        return await self._read(self._languages, user_id, self._store.language_of, None)

    async def languages(self, limit: int) -> Mapping[int, str] | None:
        """See `Preferences`."""
        return await self._store.languages(limit)

    async def set_language(self, user_id: int, language: str | None) -> None:
        """See `Preferences`."""
        await self._store.set_language(user_id, language)
        self._languages_set += 1
        self._languages.put(user_id, (self._clock(), language))
        if self._every_language is not None:
            self._every_language.pop(user_id, None)
            if language is not None:
                self._every_language[user_id] = language

    def forget_user(self, user_id: int) -> None:
        """The user's choice was erased in the store."""
        self._stale(self._languages, user_id, None)
        self._every_language_at = self._clock() - FRESH_SECONDS

    async def _read_languages(self) -> None:
        """Read all of them; those who come meanwhile wait for the same reading."""
        async with self._reading_languages:
            if self._clock() - self._every_language_at < FRESH_SECONDS:
                return
            before = self._languages_set
            try:
                async with asyncio.timeout(READ_SECONDS):
                    languages = await self._store.languages(MOST_LANGUAGES)
            except (StoreUnavailable, TimeoutError):
                self._every_language_at = self._clock()
                return
            # What was chosen meanwhile may not be among them.
            if before == self._languages_set:
                self._every_language = None if languages is None else dict(languages)
                self._every_language_at = self._clock()

    async def _read(
        self,
        kept: _Kept[ValueT],
        key: int,
        read: Callable[[int], Awaitable[ValueT]],
        default: ValueT,
    ) -> ValueT:
        known = kept.get(key)
        if known is not None and self._clock() - known[0] < FRESH_SECONDS:
            return known[1]
        try:
            async with asyncio.timeout(READ_SECONDS):
                value = await read(key)
        except (StoreUnavailable, TimeoutError):
            value = default if known is None else known[1]
        kept.put(key, (self._clock(), value))
        return value

    def _stale(self, kept: _Kept[ValueT], key: int, default: ValueT) -> None:
        """Ask the store again at the next reading."""
        kept.put(key, (self._clock() - FRESH_SECONDS, default))
