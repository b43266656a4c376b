from __future__ import annotations

import asyncio
from collections.abc import Mapping

import pytest

from bot.errors import StoreUnavailable
from bot.storage.caching import FRESH_SECONDS, MOST_LANGUAGES, CachedPreferences
from bot.storage.interfaces import ChatPreferences
from bot.storage.memory import MemoryPreferences

CHOSEN = ChatPreferences(language="en", on_reply=False, delete_minutes=5)


class FailingPreferences(MemoryPreferences):
    """Preferences that count how often they are read, and may fail or hang."""

    reads = 0
    failing = False
    hanging = False

    async def of_chat(self, chat_id: int) -> ChatPreferences:
        """Read, fail or hang."""
        self.reads += 1
        if self.failing:
            raise StoreUnavailable("down")
        if self.hanging:
            await asyncio.Event().wait()
        return await super().of_chat(chat_id)

    async def languages(self, limit: int) -> Mapping[int, str] | None:
        """Read, fail or hang."""
        languages = await super().languages(limit)
        await self.of_chat(0)
        return languages

    async def set_chat(self, chat_id: int, preferences: ChatPreferences) -> None:
        """Keep, or fail."""
        if self.failing:
            raise StoreUnavailable("down")
        await super().set_chat(chat_id, preferences)


class Clock:
    """A clock that stands until it is moved."""

    now = 50.0

    def __call__(self) -> float:
        """The time, in seconds."""
        return self.now


async def test_a_choice_is_read_once_in_a_while() -> None:
    """What another process chose is seen after that."""
    clock, store = Clock(), FailingPreferences()
    cached = CachedPreferences(store, clock)
    for _ in range(3):
        assert ChatPreferences() == await cached.of_chat(1)
    await store.set_chat(1, CHOSEN)
    assert (ChatPreferences(), 1) == (await cached.of_chat(1), store.reads)
    clock.now += FRESH_SECONDS
    assert (CHOSEN, 2) == (await cached.of_chat(1), store.reads)


async def test_ones_own_choice_is_seen_at_once() -> None:
    """Moved and forgotten ones too."""
    cached = CachedPreferences(MemoryPreferences(), Clock())
    await cached.of_chat(1)
    await cached.set_chat(1, CHOSEN)
    assert CHOSEN == await cached.of_chat(1)
    await cached.move_chat(1, 2)
    assert (ChatPreferences(), CHOSEN) == (await cached.of_chat(1), await cached.of_chat(2))
    await cached.forget_chat(2)
    assert ChatPreferences() == await cached.of_chat(2)
    await cached.set_language(7, "en")
    assert "en" == await cached.language_of(7)
    cached.forget_user(7)
    assert "en" == await cached.language_of(7)


@pytest.mark.parametrize("trouble", ["failing", "hanging"])
async def test_reading_never_fails(trouble: str) -> None:
    """The last known choice stands, else the default; choosing says that it failed."""
    clock, store = Clock(), FailingPreferences()
    cached = CachedPreferences(store, clock)
    await cached.set_chat(1, CHOSEN)
    setattr(store, trouble, True)
    clock.now += FRESH_SECONDS
    assert (CHOSEN, ChatPreferences()) == (await cached.of_chat(1), await cached.of_chat(2))
    if trouble == "failing":
        with pytest.raises(StoreUnavailable):
            await cached.set_chat(1, ChatPreferences())


async def test_the_languages_of_all_users_are_read_at_once() -> None:
    """Now and then, however many users write; what another process kept is seen then."""
    clock, store = Clock(), FailingPreferences()
    await store.set_language(3, "en")
    cached = CachedPreferences(store, clock)
    languages = await asyncio.gather(*(cached.language_of(user) for user in range(100)))
    assert ([3], 1) == ([user for user, each in enumerate(languages) if each], store.reads)
    await store.set_language(4, "zh-hant")
    await cached.set_language(3, None)
    assert (None, None, 1) == (
        await cached.language_of(3),
        await cached.language_of(4),
        store.reads,
    )
    clock.now += FRESH_SECONDS
    assert ("zh-hant", 2) == (await cached.language_of(4), store.reads)
    clock.now += FRESH_SECONDS
    store.failing = True
    assert "zh-hant" == await cached.language_of(4)


async def test_a_language_chosen_while_all_are_read_is_not_forgotten() -> None:
    """The reading began before it."""
    store = FailingPreferences()
    cached = CachedPreferences(store, Clock())
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slowly(chat_id: int) -> ChatPreferences:
        del chat_id
        begun.set()
        await go_on.wait()
        return ChatPreferences()

    store.of_chat = slowly  # type: ignore[method-assign]
    reading = asyncio.create_task(cached.language_of(8))
    await begun.wait()
    await cached.set_language(7, "en")
    go_on.set()
    assert await reading is None
    assert "en" == await cached.language_of(7)


async def test_of_too_many_languages_each_is_read_by_itself() -> None:
    """They would fill the memory."""
    store = FailingPreferences()
    for user in range(MOST_LANGUAGES + 1):
        await store.set_language(user, "en")
    cached = CachedPreferences(store, Clock())
    assert ("en", None) == (await cached.language_of(5), await cached.language_of(-5))
    await cached.set_language(5, "zh-hans")
    assert "zh-hans" == await cached.language_of(5)
