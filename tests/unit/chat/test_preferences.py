from __future__ import annotations

from bot.chat.preferences import Chosen, chosen_by
from bot.errors import StoreUnavailable
from bot.storage.interfaces import ChatPreferences
from bot.storage.memory import MemoryPreferences

GROUP, USER = -100, 7


class LostPreferences(MemoryPreferences):
    """A store that is down."""

    async def of_chat(self, chat_id: int) -> ChatPreferences:
        """Fail."""
        raise StoreUnavailable("down")


async def test_a_groups_language_wins_there_and_nowhere_else() -> None:
    """A reader's own choice holds in private."""
    preferences = MemoryPreferences()
    await preferences.set_language(USER, "en")
    await preferences.set_chat(GROUP, ChatPreferences(language="zh-hant"))
    found = [await chosen_by(preferences, chat, USER) for chat in (GROUP, USER, None)]
    assert ["zh-hant", "en", "en"] == [each.language for each in found]


async def test_nothing_chosen_leaves_the_app_to_say() -> None:
    """Neither for a chat without a user nor for a user without a chat."""
    preferences = MemoryPreferences()
    found = [await chosen_by(preferences, *who) for who in ((GROUP, None), (None, USER))]
    assert [Chosen(), Chosen()] == found


async def test_without_a_store_readers_are_served_all_the_same() -> None:
    """With the defaults."""
    assert Chosen() == await chosen_by(LostPreferences(), GROUP, USER)
