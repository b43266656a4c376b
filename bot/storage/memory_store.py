"""The whole store in memory, for the playground and for tests."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Mapping

from bot.storage.health import StoreHealth
from bot.storage.memory import MemoryDeletions, MemoryPreferences
from bot.storage.memory_records import MemoryRecords
from bot.storage.records import Entry, Forgotten, RawUpdate

_LIMIT = 10_000


class MemoryInbox:
    """`Inbox` in memory: knows the last `limit` ids, and has nothing to hand over to anybody."""

    def __init__(self, limit: int = _LIMIT) -> None:
        self._limit = limit
        self._known: OrderedDict[int, None] = OrderedDict()
        self._unfinished: set[int] = set()

    async def put(self, updates: Mapping[int, RawUpdate]) -> Collection[int]:
        """See `Inbox`."""
        taken = {each for each in updates if each not in self._known or each in self._unfinished}
        self._unfinished |= taken
        self._known.update(dict.fromkeys(updates))
        while len(self._known) > self._limit:
            self._unfinished.discard(self._known.popitem(last=False)[0])
        return taken

    async def beat(self) -> Mapping[str, int]:
        """See `Inbox`."""
        return {}

    async def abandoned(self) -> Collection[str]:
        """See `Inbox`."""
        return ()

    async def take_over(self, owners: Collection[str], limit: int) -> list[RawUpdate]:
        """See `Inbox`."""
        del owners, limit
        return []

    async def own(self) -> list[RawUpdate]:
        """See `Inbox`; it never fails, so nothing is left to be learnt."""
        return []

    async def release(self) -> None:
        """See `Inbox`."""

    async def unfinished(self) -> int:
        """See `Inbox`."""
        return len(self._unfinished)

    def finish(self, update_ids: Collection[int]) -> None:
        """Mark updates as handled."""
        self._unfinished.difference_update(update_ids)


class _Records(MemoryRecords):
    """Records of a store that also has an inbox, and languages."""

    def __init__(self, limit: int, inbox: MemoryInbox, preferences: MemoryPreferences) -> None:
        super().__init__(limit)
        self._inbox = inbox
        self._preferences = preferences

    async def write(self, entries: Collection[Entry], handled: Collection[int] = ()) -> None:
        """See `Records`."""
        await super().write(tuple(entries))
        self._inbox.finish(handled)

    async def forget(self, user_id: int) -> Forgotten:
        """See `Records`."""
        chosen = await self._preferences.language_of(user_id)
        await self._preferences.set_language(user_id, None)
        erased = await super().forget(user_id)
        return Forgotten(
            erased.questions, erased.exchanges, erased.votes, 0 if chosen is None else 1
        )


class MemoryStore:
    """A `Store` in memory: the last `limit` of each kind; with another `inbox` than its own."""

    lasting = False
    shared = False

    def __init__(self, limit: int = _LIMIT, inbox: MemoryInbox | None = None) -> None:
        self.health = StoreHealth()
        self.preferences = MemoryPreferences()
        self.deletions = MemoryDeletions()
        self.inbox = inbox or MemoryInbox(limit)
        self.records: MemoryRecords = _Records(limit, self.inbox, self.preferences)

    async def opened(self) -> MemoryStore:
        """See `Store`."""
        return self

    async def close(self) -> None:
        """See `Store`."""
