"""The bot, its peer and the load generator, each a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from bot.project import PROJECT_ROOT

UNLIMITED = {
    "BOT_RATE_OVERALL": "0",
    "BOT_RATE_CHAT": "0",
    "BOT_RATE_GROUP": "0",
    "BOT_MAX_RETRIES": "0",
}
"""The settings that turn the bot's rate limits off."""


READERS = 500
"""Private chats; the questions go round them."""


@dataclass(frozen=True)
class Contestant:
    """A program that answers on the Bot API, and the settings it gets."""

    name: str
    argv: tuple[str, ...]
    environ: Mapping[str, str] = field(default_factory=dict)


def the_bot(**environ: str) -> Contestant:
    """`python -m bot run`."""
    return Contestant("bot", ("-m", "bot", "run"), environ)


def echo_bot(**environ: str) -> Contestant:
    """The bare echo bot on the bot's transport."""
    argv = ("-m", "tests.benchmarks.echo_bot", "--same-transport")
    return Contestant("PTB echo, same transport", argv, environ)


def default_echo_bot() -> Contestant:
    """The bare echo bot on PTB's own transport."""
    return Contestant("PTB echo, its default transport", ("-m", "tests.benchmarks.echo_bot"))


def aiogram_bot() -> Contestant:
    """The bare echo bot of the other library."""
    return Contestant("aiogram echo", ("-m", "tests.benchmarks.aiogram_bot"))


class LoadGenerator:
    """The server's end of the conversation; see `server.py` for the events."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def wait_for(self, event: str) -> dict[str, Any]:
        """The next event, which must be this one.

        Raises:
            RuntimeError: it is another, or the server ended.
        """
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        told: dict[str, Any] = json.loads(line) if line else {"event": "the end"}
        if told["event"] != event:
            raise RuntimeError(f"expected {event}, got {told}")
        return told


@contextmanager
def load_generator(
    *,
    updates: int = 0,
    warm_up: int = 0,
    latency: float = 0.0,
    load: str = "backlog",
    readers: int = READERS,
) -> Iterator[LoadGenerator]:
    """Run the load generator; it ends with the block."""
    options = [
        f"--updates={updates}",
        f"--warm-up={warm_up}",
        f"--latency={latency}",
        f"--load={load}",
        f"--readers={readers}",
    ]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.server", *options],
        cwd=PROJECT_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield LoadGenerator(process)
    finally:
        # Whatever state it is in; it has nothing to finish.
        process.terminate()
        process.communicate()


class Running:
    """A contestant's process, and what the system knows of it."""

    def __init__(self, process: subprocess.Popen[bytes], started: float) -> None:
        self.pid = process.pid
        self.started = started

    def cpu_seconds(self) -> float | None:
        """Processor time so far, to a hundredth of a second; None where there is no /proc."""
        stat = Path(f"/proc/{self.pid}/stat")
        if not stat.exists():
            return None
        # The program's name, in parentheses, may hold spaces; user and system time are the
        # 12th and 13th fields after it (proc(5)).
        fields = stat.read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> tuple[float, float] | None:
        """Resident now and at most so far, in MiB; None where there is no /proc."""
        status = Path(f"/proc/{self.pid}/status")
        if not status.exists():
            return None
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        now, peak = (int(lines[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
        return now, peak


@contextmanager
def running(contestant: Contestant, *, url: str, token: str) -> Iterator[Running]:
    """Run a contestant; it is stopped at the end of the block, and shows its log if that fails."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    with tempfile.TemporaryFile() as log, tempfile.TemporaryDirectory() as folder:
        # Its own store: each emulated world counts its updates from one.
        database = f"sqlite:///{folder}/store.sqlite3"
        given = {
            "BOT_TOKEN": token,
            "BOT_API_URL": url,
            "BOT_PROXY_URL": "",
            "BOT_DATABASE_URL": database,
            **contestant.environ,
        }
        started = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, *contestant.argv],
            cwd=PROJECT_ROOT,
            env=inherited | given,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            yield Running(process, started)
        except RuntimeError:
            _show(contestant.name, log)
            raise
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _show(name: str, log: IO[bytes]) -> None:
    log.seek(0)
    print(f"{name} printed:\n{log.read().decode(errors='replace')[-3000:]}", file=sys.stderr)
