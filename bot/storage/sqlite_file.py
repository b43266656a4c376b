"""SQLite's file, looked at before anything is done with it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

from bot.errors import StoreUnavailable


def prepare_file(path: Path) -> None:
    """Make SQLite's file where there is none, readable by its owner alone, and check one there is.

    Raises:
        StoreUnavailable: it cannot be made or written to, or is damaged.
    """
    mend = "mend or move it, or set BOT_DATABASE_URL"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StoreUnavailable(f"{path} cannot be written to ({reason}): {mend}") from None
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=5)) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError as error:
        raise StoreUnavailable(f"{path} cannot be used ({error}): {mend}") from None
    except sqlite3.DatabaseError:
        found = None
    if found != ("ok",):
        raise StoreUnavailable(f"{path} is damaged: restore it from a backup, or move it away")
