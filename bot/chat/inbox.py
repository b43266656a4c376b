"""The one entrance of updates, whatever brings them: they are kept, and then queued."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Mapping, Sequence

from telegram import Bot, Update

from bot.chat.intake import read_update
from bot.errors import StoreUnavailable
from bot.retrieval.remembered import Remembered
from bot.storage.interfaces import Store
from bot.storage.journal import Journal
from bot.storage.records import RawUpdate

log = logging.getLogger(__name__)

MOST_WAITING = 20_000
"""Updates in memory at once; beyond, a webhook leaves them with Telegram."""

_ID_LIMIT = 1 << 63
_MOST_TAKEN = 500
# One for whoever waits, one for the task that HTTP writes a request in.
_TURNS_TO_ASK = 2
_MOST_FINISHED = 10_000

_Updates = Mapping[int, RawUpdate]


class Inbox:
    """Keeps updates in the store and queues them; an update that was handled before is dropped.

    Whoever is told that an update was accepted may forget it: if this process dies, another one
    handles it. What arrives while the store is being written to is kept together, in the next
    transaction.
    """

    def __init__(
        self, store: Store, journal: Journal, queue: asyncio.Queue[object], bot: Bot
    ) -> None:
        self._store = store
        self._journal = journal
        self._queue = queue
        self._bot = bot
        self._in_hand: set[int] = set()
        # That they are finished may still be on its way to the store.
        self._finished: Remembered[int, bool] = Remembered(_MOST_FINISHED)
        self._waiting: list[tuple[_Updates, asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None
        # Whether the store may hold what this process took without learning so.
        self._unsure = False

    async def accept(self, updates: Sequence[RawUpdate]) -> None:
        """Keep `updates`, as the Bot API sends them, and queue them a moment later; what is no
        update is skipped.

        Raises:
            StoreUnavailable: they were not kept; they are to be delivered again.
        """
        by_id = _by_id(updates)
        if not by_id:
            return
        if self._queue.qsize() >= MOST_WAITING:
            raise StoreUnavailable("too many updates are waiting to be answered")
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((by_id, kept))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write(), name="inbox")
        await kept

    async def accept_anyway(self, updates: Sequence[RawUpdate]) -> None:
        """Accept `updates`; where the store does not answer, queue them without it."""
        try:
            await self.accept(updates)
        except StoreUnavailable:
            by_id = _by_id(updates)
            self._queue_up(by_id, by_id)

    async def take_over(self, owners: Collection[str]) -> int:
        """Queue what others, and nobody, have left unfinished; gives how many there were.

        Raises:
            StoreUnavailable: not all of it was taken over.
        """
        total = 0
        if self._unsure:
            own = _by_id(await self._store.inbox.own())
            self._unsure = False
            total += self._queue_up(own, own)
        while True:
            try:
                taken = _by_id(await self._store.inbox.take_over(owners, _MOST_TAKEN))
            except BaseException:
                self._unsure = True
                raise
            total += self._queue_up(taken, taken)
            if len(taken) < _MOST_TAKEN:
                return total

    def finished(self, update: object) -> None:
        """An update was handled; it will not be handled again."""
        if isinstance(update, Update) and update.update_id in self._in_hand:
            self._in_hand.discard(update.update_id)
            self._finished.put(update.update_id, True)
            self._journal.handled(update.update_id)

    async def _write(self) -> None:
        while self._waiting:
            waiting, self._waiting = self._waiting, []
            updates = {key: update for each, _ in waiting for key, update in each.items()}
            try:
                taken = await self._store.inbox.put(updates)
            except Exception as error:  # noqa: BLE001 - it is raised where it is waited for
                self._unsure = True
                for _, kept in waiting:
                    if not kept.done():
                        kept.set_exception(error)
                continue
            for _, kept in waiting:
                if not kept.done():
                    kept.set_result(None)
            # Whoever brought them asks for more: that is to be on its way while these are read.
            for _ in range(_TURNS_TO_ASK):
                await asyncio.sleep(0)
            # Here, for whoever waited may be gone by now.
            self._queue_up(updates, taken)

    def _queue_up(self, updates: _Updates, wanted: Collection[int]) -> int:
        """Queue those of `updates` that are `wanted` and not known; gives how many."""
        count = 0
        for update_id, raw in updates.items():
            known = update_id in self._in_hand or self._finished.get(update_id)
            if known or update_id not in wanted:
                continue
            update = read_update(raw, self._bot)
            if update is None:
                self._journal.handled(update_id)
                continue
            self._in_hand.add(update_id)
            self._queue.put_nowait(update)
            count += 1
        return count


def _by_id(updates: Sequence[RawUpdate]) -> dict[int, RawUpdate]:
    """`updates` by their ids, in their order; without what has none."""
    by_id = {}
    for update in updates:
        if has_id(update):
            by_id[update["update_id"]] = update
        else:
            log.error("an update could not be read and is skipped: it has no id")
    return by_id


def has_id(update: object) -> bool:
    """Whether `update` is one at all."""
    update_id = update.get("update_id") if isinstance(update, dict) else None
    return type(update_id) is int and 0 <= update_id < _ID_LIMIT
