"""The inbox in a database."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Update, delete, func, or_, select, update

from bot.storage.bulk import Bulk
from bot.storage.database import Database
from bot.storage.records import RawUpdate
from bot.storage.tables import INBOX, OWNERS

PUT_SECONDS = 2.0
"""How long a batch of updates waits to be kept, before polling goes on without."""


class SqlInbox:
    """`Inbox` in a database; `owner` names this process, `gone` are owners known to have ended."""

    def __init__(self, database: Database, owner: str, gone: Collection[str] = ()) -> None:
        self._database = database
        self._owner = owner
        self._gone = set(gone)

    async def put(self, updates: Mapping[int, RawUpdate]) -> Collection[int]:
        """See `Inbox`."""
        now = time.time()
        rows = [
            {
                "update_id": update_id,
                # Escaped, it holds nothing that a database could not: no NUL, no lone surrogate.
                "payload": json.dumps(updates[update_id], separators=(",", ":")),
                "owner": self._owner,
                "received_at": now,
            }
            # In one order everywhere, so that two processes never wait for each other.
            for update_id in sorted(updates)
        ]

        def put(connection: Connection) -> Collection[int]:
            if self._database.bulk.insert(connection, INBOX, rows) == len(rows):
                return updates.keys()
            # Of those that were known, its own are those of a batch that it never heard back of.
            own = select(INBOX.c.update_id).where(
                INBOX.c.update_id.in_(updates), _unfinished(), INBOX.c.owner == self._owner
            )
            return set(connection.scalars(own).all())

        return await self._database.write(put, PUT_SECONDS) if rows else ()

    async def beat(self) -> Mapping[str, int]:
        """See `Inbox`."""
        insert = self._database.insert(OWNERS).values(id=self._owner, beat=0)
        counted = insert.on_conflict_do_update(
            index_elements=["id"], set_={"beat": OWNERS.c.beat + 1}
        )

        def beat(connection: Connection) -> dict[str, int]:
            connection.execute(counted)
            others = select(OWNERS.c.id, OWNERS.c.beat).where(OWNERS.c.id != self._owner)
            return {row[0]: row[1] for row in connection.execute(others)}

        return await self._database.write(beat, background=True)

    async def abandoned(self) -> Collection[str]:
        """See `Inbox`."""
        return frozenset(self._gone)

    async def take_over(self, owners: Collection[str], limit: int) -> list[RawUpdate]:
        """See `Inbox`."""
        gone = [owner for owner in owners if owner != self._owner]

        def take(connection: Connection) -> list[tuple[int, str]]:
            result = connection.execute(self._taking(gone, limit))
            taken: list[tuple[int, str]] = [(row[0], row[1]) for row in result]
            if len(taken) < limit and gone:
                connection.execute(delete(OWNERS).where(OWNERS.c.id.in_(gone)))
            return taken

        taken = await self._database.write(take, background=True)
        if len(taken) < limit:
            self._gone.difference_update(gone)
        return [json.loads(payload) for _, payload in sorted(taken)]

    async def own(self) -> list[RawUpdate]:
        """See `Inbox`."""
        own = select(INBOX.c.payload).where(INBOX.c.owner == self._owner, _unfinished())

        def read(connection: Connection) -> list[str]:
            return list(connection.scalars(own.order_by(INBOX.c.update_id)).all())

        return [json.loads(payload) for payload in await self._database.read(read)]

    async def release(self) -> None:
        """See `Inbox`."""

        def release(connection: Connection) -> None:
            own = update(INBOX).where(INBOX.c.owner == self._owner, _unfinished())
            connection.execute(own.values(owner=None))
            connection.execute(delete(OWNERS).where(OWNERS.c.id == self._owner))

        await self._database.write(release)

    async def unfinished(self) -> int:
        """See `Inbox`."""

        def count(connection: Connection) -> int:
            counted = connection.scalar(select(func.count()).where(_unfinished()))
            return int(counted or 0)

        return await self._database.read(count)

    def _taking(self, owners: Collection[str], limit: int) -> Any:  # noqa: ANN401 - typed by rows
        theirs = or_(INBOX.c.owner.in_(owners), INBOX.c.owner.is_(None))
        oldest = (
            select(INBOX.c.update_id)
            .where(_unfinished(), theirs)
            .order_by(INBOX.c.update_id)
            .limit(limit)
            # Two survivors share the work; SQLite, which has one writer, knows no such clause.
            .with_for_update(skip_locked=True)
        )
        taking = update(INBOX).where(INBOX.c.update_id.in_(oldest.scalar_subquery()), theirs)
        return taking.values(owner=self._owner).returning(INBOX.c.update_id, INBOX.c.payload)


def finishing(bulk: Bulk) -> Update:
    """Marks the updates as handled whose ids are among `ids`."""
    handled = update(INBOX).where(bulk.among(INBOX.c.update_id, "ids"), _unfinished())
    return handled.values(payload=None, owner=None)


def _unfinished() -> ColumnElement[bool]:
    return INBOX.c.payload.is_not(None)
