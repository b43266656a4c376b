"""The background writer: what nobody waits for, put together and written a few times a second."""

from __future__ import annotations

import asyncio
import logging
from collections import deque

from bot.errors import StoreRefused, StoreUnavailable
from bot.storage.interfaces import Store
from bot.storage.records import AnswerSent, ChatForgotten, Entry, ExchangeDropped, ExchangeMade

log = logging.getLogger(__name__)

FLUSH_SECONDS = 0.05
"""How long an entry waits for others to be written with."""

MOST_AT_ONCE = 500
MOST_WAITING = 10_000
"""How many entries wait for a store that does not answer; the oldest are given up then."""

_MOST_HANDLED = 100_000
_ENOUGH = 32
_RETRY_SECONDS = 0.5
_ID_LIMIT = 1 << 63


class Journal:
    """Writes entries, and which updates were handled, in the background, in the order they came.

    Nothing is lost while the store is away for a while; `run` is to be run as a task.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._entries: deque[Entry] = deque()
        self._handled: dict[int, None] = {}
        self._wake = asyncio.Event()
        self._enough = asyncio.Event()
        self._flushing = asyncio.Lock()

    def __len__(self) -> int:
        return len(self._entries) + len(self._handled)

    def put(self, entry: Entry) -> None:
        """Write `entry` soon."""
        if not all(-_ID_LIMIT <= each < _ID_LIMIT for each in _ids(entry)):
            return
        self._entries.append(entry)
        if len(self._entries) > MOST_WAITING:
            self._entries.popleft()
            self._store.health.dropped += 1
        self._woken()

    def handled(self, update_id: int) -> None:
        """Mark an update as done soon."""
        if len(self._handled) < _MOST_HANDLED:
            self._handled[update_id] = None
        self._woken()

    def concerns(self, chat_id: int) -> bool:
        """Whether something about this chat is still to be written."""
        return any(chat_id in _ids(entry) for entry in self._entries)

    async def run(self) -> None:
        """Write for ever; a store that does not answer is tried again."""
        while True:
            await self._wake.wait()
            if len(self) < _ENOUGH:
                self._enough.clear()
                try:
                    async with asyncio.timeout(FLUSH_SECONDS):
                        await self._enough.wait()
                except TimeoutError:
                    pass
            try:
                await self._flush_some()
            except StoreUnavailable:
                await asyncio.sleep(_RETRY_SECONDS)
            except Exception:
                # A bug must not end all writing.
                log.exception("writing to the store failed")
                await asyncio.sleep(_RETRY_SECONDS)

    async def flush(self) -> None:
        """Write all there is.

        Raises:
            StoreUnavailable: not all of it was written; it still waits.
        """
        while len(self):
            await self._flush_some()

    def _woken(self) -> None:
        self._wake.set()
        if len(self) >= _ENOUGH:
            self._enough.set()

    async def _flush_some(self) -> None:
        async with self._flushing:
            # Taken out only once they are written; what a crowd pushes out is newer, or older.
            entries = [self._entries[i] for i in range(min(MOST_AT_ONCE, len(self._entries)))]
            handled = list(self._handled)[:MOST_AT_ONCE]
            if entries or handled:
                try:
                    await self._store.records.write(entries, handled)
                except StoreRefused:
                    await self._one_by_one(entries, handled)
                self._written(entries, handled)
            if not len(self):
                self._wake.clear()

    async def _one_by_one(self, entries: list[Entry], handled: list[int]) -> None:
        """Find the entry that the store does not take, and leave it out."""
        await self._store.records.write((), handled)
        for entry in entries:
            try:
                await self._store.records.write([entry])
            except StoreRefused:
                self._store.health.dropped += 1
                log.warning("the store takes no such %s", type(entry).__name__)

    def _written(self, entries: list[Entry], handled: list[int]) -> None:
        for update_id in handled:
            self._handled.pop(update_id, None)
        for entry in entries:
            # Unless it was given up meanwhile, for too many were waiting.
            if self._entries and self._entries[0] is entry:
                self._entries.popleft()


def _ids(entry: Entry) -> tuple[int, ...]:
    """The chat an entry is about, and its other ids."""
    match entry:
        case ExchangeMade(kept):
            return (*kept.key, kept.exchange.asker)
        case ExchangeDropped(key):
            return key
        case AnswerSent(key, message_id):
            return (*key, message_id)
        case ChatForgotten(chat_id, asker):
            return (chat_id, asker or 0)
    return ()
