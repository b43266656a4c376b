"""SQLite's file, looked at before anything is done with it."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from pathlib import Path

from bot.errors import BotError, SettingsError, StoreUnavailable
from bot.permissions import folder_refusal, words_of

# A full disk or a worn one may be well at the next start; these need another file to be named.
_MISPLACED = frozenset(
    {
        *(errno.EACCES, errno.EPERM, errno.EROFS),
        *(errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ELOOP, errno.ENAMETOOLONG),
    }
)


def prepare_file(path: Path) -> None:
    """Make SQLite's file where there is none, readable by its owner alone, and check one there is.

    Raises:
        SettingsError: it is where this process may not write.
        StoreUnavailable: it cannot be used, or is damaged.
    """
    _check_place(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise _unwritable(path, error) from None
    _check_content(path)


def check_file(path: Path) -> None:
    """Check that `prepare_file` would succeed; makes nothing.

    Raises:
        SettingsError, StoreUnavailable: as `prepare_file`.
    """
    _check_place(path)
    if path.exists():
        _check_content(path)


def _check_place(path: Path) -> None:
    try:
        if path.exists():
            os.close(os.open(path, os.O_RDWR))
    except OSError as error:
        raise _unwritable(path, error) from None
    # SQLite keeps its journal beside the file.
    if refused := folder_refusal(path.parent):
        raise _unwritable(path, refused)


def _unwritable(path: Path, error: OSError) -> BotError:
    told = f"{path} cannot be written to ({words_of(error)})"
    if error.errno not in _MISPLACED:
        return StoreUnavailable(f"{told}: make room, or set BOT_DATABASE_URL")
    return SettingsError(
        f"BOT_DATABASE_URL: {told}; name a file in a folder that the bot may write to, "
        "such as sqlite:////var/lib/quoting-bot/store.sqlite3"
    )


def _check_content(path: Path) -> None:
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=5)) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError as error:
        raise StoreUnavailable(
            f"{path} cannot be used ({error}): mend or move it, or set BOT_DATABASE_URL"
        ) from None
    except sqlite3.DatabaseError:
        found = None
    if found != ("ok",):
        raise StoreUnavailable(f"{path} is damaged: restore it from a backup, or move it away")
