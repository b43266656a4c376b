"""`python -m bot ...` as a process of its own."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sys
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.project import PROJECT_ROOT

READY = re.compile(r"open (http://127\.0\.0\.1:\d+)|listening as @\w+")


@dataclass
class Running:
    """A bot process, and what it has printed so far on both its outputs."""

    process: Process
    printed: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All it has printed."""
        return "".join(self.printed)

    async def wait_for(self, pattern: re.Pattern[str], seconds: float = 20) -> re.Match[str]:
        """Wait until `pattern` is printed.

        Raises:
            AssertionError: it was not in time, or the process ended without it.
        """
        try:
            async with asyncio.timeout(seconds):
                while not (match := pattern.search(self.text)):
                    line = await self._read()
                    assert line, f"ended without {pattern.pattern!r}:\n{self.text}"
        except TimeoutError:
            raise AssertionError(f"no {pattern.pattern!r} in time:\n{self.text}") from None
        return match

    async def stop(self, seconds: float = 10) -> int:
        """Ask it to stop as an operator would, and give its exit code."""
        self.process.terminate()
        return await self.stop_by_itself(seconds)

    async def stop_by_itself(self, seconds: float = 20) -> int:
        """Wait for its end, and give its exit code."""
        async with asyncio.timeout(seconds):
            while await self._read():
                pass
            return await self.process.wait()

    async def _read(self) -> bytes:
        assert self.process.stdout is not None
        line = await self.process.stdout.readline()
        self.printed.append(line.decode(errors="replace"))
        return line


@asynccontextmanager
async def bot(*argv: str, cwd: Path | str = PROJECT_ROOT, **environ: str) -> AsyncIterator[Running]:
    """Run `python -m bot` with this environment beside the process's own; killed at the end.

    Its store is its own, unless one is named: each emulated world counts its updates from one, and
    another world's would pass for delivered again.
    """
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    folder = tempfile.mkdtemp(prefix="store-")
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *argv,
        cwd=cwd,
        # Encoding the index takes a minute, and these tests stop the bot long before.
        env=clean
        | {
            "BOT_ENCODER": "false",
            "PYTHONPATH": str(PROJECT_ROOT),
            "BOT_DATABASE_URL": f"sqlite:///{folder}/store.sqlite3",
        }
        | environ,
        stdin=DEVNULL,
        stdout=PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        yield Running(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        shutil.rmtree(folder, ignore_errors=True)
