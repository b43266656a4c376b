"""A PostgreSQL server of the tests' own, on a free port, in a folder that goes with it."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

MEND = "no PostgreSQL server found: install it with `apt-get install postgresql`"


class Cluster:
    """A server that can be stopped and started again."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs = programs
        self._folder = folder
        self._numbers = itertools.count(1)
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self._run("initdb", "-A", "trust", "-U", "bot", "-E", "UTF8", "--locale=C", "--no-sync")

    @property
    def url(self) -> str:
        """The address of the database that every server has."""
        return f"postgresql://bot@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        options = f"-p {self.port} -h 127.0.0.1 -k {self._folder}"
        self._run("pg_ctl", "-w", "-l", str(self._folder / "server.log"), "-o", options, "start")

    def stop(self) -> None:
        """Stop the server as a crash would; everybody's connection breaks."""
        self._run("pg_ctl", "-w", "-m", "immediate", "stop")

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Have all its processes stand still."""
        running = self._processes()
        for process in running:
            os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            for process in self._processes() | running:
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGCONT)

    def _processes(self) -> set[int]:
        main = int((self._folder / "data" / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{main}/task/{main}/children").read_text()
        return {main, *map(int, children.split())}

    def new_database(self) -> str:
        """The address of an empty database."""
        name = f"test_{os.getpid()}_{next(self._numbers)}"
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return self.url.replace("/postgres", f"/{name}")

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), "-D", str(self._folder / "data"), *arguments]
        if os.geteuid() == 0:
            # The server refuses to be root's.
            command = [
                "setpriv",
                "--reuid=postgres",
                "--regid=postgres",
                "--clear-groups",
                *command,
            ]
        subprocess.run(
            command,
            check=True,
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            timeout=60,
        )


def programs() -> Path:
    """The folder of the server's programs; skip the test without any, or fail it where CI=true."""
    on_path = shutil.which("initdb")
    if on_path is not None:
        return Path(on_path).resolve().parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if installed:
        return installed[-1].parent
    if os.environ.get("CI") == "true":
        pytest.fail(MEND)
    pytest.skip(MEND)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A running server; whoever stops it starts it again."""
    found = programs()
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        cluster = Cluster(found, folder)
        cluster.start()
        yield cluster
        with suppress(subprocess.CalledProcessError):
            cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
