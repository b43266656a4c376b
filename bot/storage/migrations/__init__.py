"""The schema, step by step, and bringing a database up to date with it."""

from __future__ import annotations

import threading
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from bot.errors import StoreUnavailable

HEAD = "0001"
"""The newest step."""

_LOCK = 7_310_945_202_204_118
"""The advisory lock of whoever changes the schema; any number, the same in all replicas."""

# Alembic keeps what it works on in module globals; two stores may be opened by two threads.
_one_at_a_time = threading.Lock()


def bring_up_to_date(connection: Connection) -> None:
    """Take all steps that are missing, in the transaction of `connection`. Processes that start
    together wait for one another.

    Raises:
        StoreUnavailable: a newer version of the bot has changed the schema.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    current = _current(connection)
    if current == HEAD:
        return
    if current is not None and current > HEAD:
        raise StoreUnavailable(
            f"the store is of a newer version of the bot (schema {current}, this one knows {HEAD})"
        )
    # Only here: it takes a while to load, and most starts find the schema up to date.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    with _one_at_a_time:
        command.upgrade(config, HEAD)


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)
