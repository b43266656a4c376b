"""May this process write there? Tried, not reckoned from modes: file systems are read-only too."""

from __future__ import annotations

import tempfile
from pathlib import Path


def folder_refusal(folder: Path) -> OSError | None:
    """Why nothing can be written into `folder`; None where it can.

    A folder that is not there yet is looked at by the nearest one above it. Nothing is left behind.
    """
    try:
        nearest = next(each for each in (folder, *folder.parents) if each.exists())
        with tempfile.TemporaryFile(dir=nearest):
            return None
    except OSError as error:
        return error


def words_of(error: OSError) -> str:
    """The system's words for an error, such as `Read-only file system`."""
    return error.strerror or type(error).__name__
