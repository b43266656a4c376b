"""Whether another process on this machine has the same SQLite file open."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import IO

if sys.platform != "win32":
    import fcntl


class Lock:
    """A lock beside `path`, shared by all who live; whoever can have it alone is alone.

    The system lets go of the lock of a process that was killed. Where there are no locks, nobody
    knows to be alone.
    """

    def __init__(self, path: Path) -> None:
        self.alone = False
        self._file: IO[bytes] | None = None
        if sys.platform == "win32":
            # No such locks; there a dead process is known by its beats.
            return
        with contextlib.suppress(OSError):
            self._file = path.with_name(path.name + ".lock").open("ab")
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.alone = True

    def share(self) -> None:
        """Let others in; waits for one who is just finding out whether they are alone."""
        if sys.platform != "win32" and self._file is not None:
            with contextlib.suppress(OSError):
                fcntl.flock(self._file, fcntl.LOCK_SH)

    def close(self) -> None:
        """Let go of it."""
        if self._file is not None:
            self._file.close()
