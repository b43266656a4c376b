"""The store in memory."""

from bot.storage.interfaces import ChatPreferences, Deletion
from bot.storage.memory import MemoryDeletions, MemoryPreferences


async def test_a_group_keeps_its_preferences_when_it_becomes_a_supergroup() -> None:
    """What was chosen under the old id is found under the new one, and only there."""
    preferences = MemoryPreferences()
    chosen = ChatPreferences(language="en", on_reply=False, delete_minutes=5)
    await preferences.set_chat(-1, chosen)
    await preferences.move_chat(-1, -100)
    assert await preferences.of_chat(-100) == chosen
    assert await preferences.of_chat(-1) == ChatPreferences()


async def test_a_group_that_is_forgotten_has_the_defaults_again() -> None:
    """Nothing of it is kept."""
    preferences = MemoryPreferences()
    await preferences.set_chat(-1, ChatPreferences(on_reply=False))
    await preferences.forget_chat(-1)
    assert await preferences.of_chat(-1) == ChatPreferences()


async def test_a_language_can_be_chosen_and_taken_back() -> None:
    """None is the state of whoever never chose."""
    preferences = MemoryPreferences()
    await preferences.set_language(7, "zh-hant")
    assert await preferences.language_of(7) == "zh-hant"
    await preferences.set_language(7, None)
    assert await preferences.language_of(7) is None


async def test_deletions_come_when_due_oldest_first_until_done() -> None:
    """One not yet due waits; one that was done does not come again."""
    deletions = MemoryDeletions()
    late, early, future = Deletion(20.0, 1, 1), Deletion(10.0, 1, 2), Deletion(99.0, 1, 3)
    for deletion in (late, early, future):
        await deletions.plan(deletion)
    assert await deletions.due(30.0, 10) == [early, late]
    assert await deletions.due(30.0, 1) == [early]
    await deletions.done(early)
    assert await deletions.due(30.0, 10) == [late]
