"""What chats and users chose, and messages to be deleted; the same in every store."""

from bot.storage.interfaces import ChatPreferences, Deletion, Store

CHOSEN = ChatPreferences(language="en", on_reply=False, delete_minutes=5)


async def test_a_group_has_the_defaults_until_its_admins_choose(store: Store) -> None:
    """The last choice counts."""
    preferences = store.preferences
    assert ChatPreferences() == await preferences.of_chat(-1)
    await preferences.set_chat(-1, ChatPreferences(delete_minutes=9))
    await preferences.set_chat(-1, CHOSEN)
    assert CHOSEN == await preferences.of_chat(-1)
    assert ChatPreferences() == await preferences.of_chat(-2)


async def test_a_group_keeps_its_preferences_when_it_becomes_a_supergroup(store: Store) -> None:
    """What was chosen under the old id is found under the new one, and only there."""
    preferences = store.preferences
    await preferences.set_chat(-1, CHOSEN)
    await preferences.move_chat(-1, -100)
    assert CHOSEN == await preferences.of_chat(-100)
    assert ChatPreferences() == await preferences.of_chat(-1)
    await preferences.move_chat(-1, -100)
    assert CHOSEN == await preferences.of_chat(-100)


async def test_a_group_that_is_forgotten_has_the_defaults_again(store: Store) -> None:
    """Nothing of it is kept."""
    preferences = store.preferences
    await preferences.set_chat(-1, ChatPreferences(on_reply=False))
    await preferences.forget_chat(-1)
    assert ChatPreferences() == await preferences.of_chat(-1)


async def test_a_language_can_be_chosen_and_taken_back(store: Store) -> None:
    """None is the state of whoever never chose."""
    preferences = store.preferences
    await preferences.set_language(7, "en")
    await preferences.set_language(7, "zh-hant")
    assert "zh-hant" == await preferences.language_of(7)
    await preferences.set_language(7, None)
    assert await preferences.language_of(7) is None


async def test_deletions_come_when_due_oldest_first_until_done(store: Store) -> None:
    """One not yet due waits; one that was done does not come again; a new time replaces the old."""
    deletions = store.deletions
    late, early, future = Deletion(20.0, 1, 1), Deletion(10.0, 1, 2), Deletion(99.0, 1, 3)
    for deletion in (Deletion(5.0, 1, 1), late, early, future):
        await deletions.plan(deletion)
    assert [early, late] == await deletions.due(30.0, 10)
    assert [early] == await deletions.due(30.0, 1)
    await deletions.done(early)
    assert [late] == await deletions.due(30.0, 10)
