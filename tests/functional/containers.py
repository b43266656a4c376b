"""A root folder and a network of its own for the bot, as systemd or a container engine give it.

All that is mounted is read-only: the system's programs, Python, the bot's code and packages. What
can be written is the container's own and in memory; the users, /etc and the ports are, too.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import fcntl
import functools
import os
import shlex
import signal
import socket
import struct
import subprocess
import sys
import tempfile
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tests.functional.processes import Running

ResultT = TypeVar("ResultT")
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

_CLONE_NEWNET = 0x40000000
_NAMESPACES = ("--mount", "--net", "--pid")
# `ready` is printed once everything is mounted; the process then holds the namespaces open.
_SETUP = """
set -eu
root=$1; shift
mount -t tmpfs -o mode=755 root "$root"
cd "$root"
mkdir -p dev etc/systemd opt proc run tmp var/backups var/lib .old
chmod 1777 tmp
cp -a /etc/. etc
for name in usr bin sbin lib lib32 lib64; do
  if [ -L "/$name" ]; then cp -P "/$name" "$name"
  elif [ -d "/$name" ]; then set -- "$@" "/$name" "/$name"
  fi
done
while [ $# -gt 0 ]; do
  mkdir -p ".$2"
  mount --bind "$1" ".$2"
  mount -o remount,bind,ro ".$2"
  shift 2
done
mount --rbind /dev dev
mount -t proc -o hidepid=invisible proc proc
pivot_root . .old
cd /
umount -l .old
rmdir .old
echo ready
exec sleep infinity
"""


def children_of(pid: int) -> list[int]:
    """The processes that a process of one thread has started."""
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@functools.cache
def can_be_made() -> bool:
    """Whether this machine lets us."""
    if os.geteuid() != 0:
        return False
    tried = [
        "unshare",
        *_NAMESPACES,
        "--fork",
        "mount",
        "-t",
        "proc",
        "-o",
        "subset=pid",
        "x",
        "/mnt",
    ]
    try:
        return subprocess.run(tried, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


@dataclass
class Contained(Running):
    """A process inside; the one we started only waits for it."""

    async def stop(self, seconds: float = 10) -> int:
        """See `Running`."""
        self.signal(signal.SIGTERM)
        return await self.stop_by_itself(seconds)

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        for child in children_of(self.process.pid):
            os.kill(child, number)


@dataclass
class Container:
    """Its first process, by its id outside."""

    pid: int

    def command(self, argv: Sequence[str], folder: str = "/", user: str = "") -> list[str]:
        """What runs `argv` inside, as `user` without any privilege; without one, as root."""
        flags = ["--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"]
        as_user = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", *flags]
        inside = [
            "sh", "-c", 'cd "$1" && shift && exec "$@"', "sh", folder, *(as_user if user else ()),
        ]  # fmt: skip
        return [
            "nsenter", f"--target={self.pid}", *_NAMESPACES, "--root", *inside, *argv,
        ]  # fmt: skip

    async def run(
        self, argv: Sequence[str] | str, environ: Mapping[str, str] | None = None, **where: str
    ) -> str:
        """Run `argv`, or a line of shell, to its end; what it printed.

        Raises:
            AssertionError: it failed.
        """
        told = ["sh", "-euc", argv] if isinstance(argv, str) else argv
        async with self.running(told, environ or {}, **where) as running:
            code = await running.stop_by_itself(60)
        assert code == 0, f"{shlex.join(told)}\n{running.text}"
        return running.text

    @contextlib.asynccontextmanager
    async def running(
        self, argv: Sequence[str], environ: Mapping[str, str], **where: str
    ) -> AsyncIterator[Running]:
        """A process with this environment and no other; killed at the end."""
        path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        process = await asyncio.create_subprocess_exec(
            *self.command(argv, **where),
            env={"PATH": path} | dict(environ),
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        contained = Contained(process)
        try:
            yield contained
        finally:
            if process.returncode is None:
                contained.signal(signal.SIGKILL)
                await process.wait()

    @contextlib.asynccontextmanager
    async def serving(self, port: int, serve: Serve) -> AsyncIterator[None]:
        """Have `serve`, outside, answer whoever connects to `port` inside."""

        def bound() -> socket.socket:
            return socket.create_server(("127.0.0.1", port))

        async with served(await self._in_network(bound), serve):
            yield

    async def connect(self, port: int) -> socket.socket:
        """A connection to `port` inside, for us outside."""
        return await self._in_network(lambda: socket.create_connection(("127.0.0.1", port)))

    async def lift_loopback(self) -> None:
        """Make 127.0.0.1 reachable; in a new network nothing is."""

        def lift() -> None:
            with socket.socket() as any_socket:
                flags = 0x1 | 0x40  # IFF_UP | IFF_RUNNING
                fcntl.ioctl(any_socket, 0x8914, struct.pack("16sH14x", b"lo", flags))

        await self._in_network(lift)

    async def _in_network(self, work: Callable[[], ResultT]) -> ResultT:
        """What `work` gives in a thread of its own that has entered the network."""

        def entered() -> ResultT:
            with Path(f"/proc/{self.pid}/ns/net").open() as network:
                libc = ctypes.CDLL(None, use_errno=True)
                if libc.setns(network.fileno(), _CLONE_NEWNET):
                    raise OSError(ctypes.get_errno(), "setns")
            return work()

        with ThreadPoolExecutor(1) as thread:
            return await asyncio.get_running_loop().run_in_executor(thread, entered)


@contextlib.asynccontextmanager
async def container(mounts: Mapping[str, Path]) -> AsyncIterator[Container]:
    """A container with these folders of ours inside, read-only; gone at the end."""
    pairs = [text for inside, ours in mounts.items() for text in (str(ours), inside)]
    with _empty_folder() as root:
        process = await asyncio.create_subprocess_exec(
            "unshare", *_NAMESPACES, "--fork", "--kill-child", "--propagation=private",
            "sh", "-c", _SETUP, "sh", root, *pairs,
            stdin=DEVNULL, stdout=PIPE,
        )  # fmt: skip
        try:
            assert process.stdout is not None
            assert b"ready\n" == await process.stdout.readline()
            (first,) = children_of(process.pid)
            made = Container(first)
            await made.lift_loopback()
            yield made
        finally:
            process.kill()
            await process.wait()


@contextlib.contextmanager
def _empty_folder() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="container-") as folder:
        yield folder


def interpreter() -> dict[str, Path]:
    """The folder of Python itself, where it is not the system's."""
    prefix = Path(sys.base_prefix)
    return {} if prefix.is_relative_to("/usr") else {str(prefix): prefix}


@contextlib.asynccontextmanager
async def served(listening: socket.socket, serve: Serve) -> AsyncIterator[None]:
    """Have `serve` answer whoever connects."""
    tasks: set[asyncio.Task[None]] = set()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        # Cancelled at the end; asyncio's streams would log that as an error.
        ended = (OSError, asyncio.IncompleteReadError, asyncio.CancelledError)
        try:
            with contextlib.suppress(*ended):
                await serve(reader, writer)
        finally:
            tasks.discard(task)
            writer.transport.abort()

    server = await asyncio.start_server(handle, sock=listening)
    try:
        yield
    finally:
        server.close()
        for task in tuple(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def leading_to(port: int) -> Serve:
    """What has our own `port` answer."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await piped(reader, writer, port)

    return serve


async def piped(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, far: int | socket.socket
) -> None:
    """Carry bytes to and from a port of ours, or what is connected, until either side ends."""
    far_reader, far_writer = await (
        asyncio.open_connection("127.0.0.1", far)
        if isinstance(far, int)
        else asyncio.open_connection(sock=far)
    )

    async def carry(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        while data := await source.read(65536):
            sink.write(data)
            await sink.drain()

    ways = [asyncio.create_task(carry(reader, far_writer))]
    ways.append(asyncio.create_task(carry(far_reader, writer)))
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)
        far_writer.transport.abort()
