from __future__ import annotations

import asyncio

import pytest

from bot.errors import StoreUnavailable
from bot.storage.caching import FRESH_SECONDS, CachedPreferences
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
