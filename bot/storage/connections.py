"""Connections to PostgreSQL that can be given up."""

from __future__ import annotations

from typing import Any

from psycopg import AsyncConnection, OperationalError


class HastyConnection(AsyncConnection[Any]):
    """A connection that is closed when its caller is cancelled.

    Its parent asks the server to stop first, which takes a server that hangs ten seconds: readers
    would be answered meanwhile, but the bot could not end.
    """

    async def _try_cancel(self, *, timeout: float = 5.0) -> None:  # noqa: ASYNC109 - the parent's
        del timeout
        # The parent closes a connection on which this fails.
        raise OperationalError("given up")
