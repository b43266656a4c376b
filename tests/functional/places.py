"""Where a deployment's bot is started: in a container of ours, or beside us where none can be made.

In the container every value is taken as it is given, but for the addresses of the Bot API and of
the webhook. Beside us others may have the ports and the folder, so other ones are put in their
place; the code cannot be written to there either, by its modes.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import re
import socket
import sys
import urllib.request
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from bot.project import PROJECT_ROOT
from tests.functional import deployments
from tests.functional.confine import allowed, can_be_confined
from tests.functional.containers import (
    Container,
    can_be_made,
    container,
    interpreter,
    leading_to,
    piped,
    served,
)
from tests.functional.deployments import Deployment
from tests.functional.processes import Running
from tests.integration.hooks import free_port
from tests.postgres import Cluster

BASE_PATH = "/usr/local/bin:/usr/bin:/bin"
"""PATH in the image's base."""


@dataclass
class Started:
    """A bot that runs, and how its pages are fetched from beside it."""

    running: Running
    environ: dict[str, str]
    page: Callable[[str], Awaitable[str]]


def make_database(cluster: Cluster, address: str) -> None:
    """An empty database with the name and the user of a PostgreSQL address."""
    _, user, name = map(sql.Identifier, deployments.server_of(address))
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        with contextlib.suppress(psycopg.errors.DuplicateObject):
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(user))
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, user))


@contextlib.asynccontextmanager
async def started(
    deployment: Deployment, code: Path, api_port: int, cluster: Cluster
) -> AsyncIterator[Started]:
    """The deployment's bot, with the Bot API server at `api_port` and the cluster's databases."""
    address = deployment.environ.get("BOT_DATABASE_URL", "")
    if address.startswith("postgres"):
        make_database(cluster, address)
    begun = _inside if can_be_made() else _beside
    async with begun(deployment, code, api_port, cluster) as found:
        yield found


@contextlib.asynccontextmanager
async def installed(deployment: Deployment, code: Path) -> AsyncIterator[Container]:
    """A container with the code, its packages and the user where the deployment has them."""
    packages = str(Path(python_of(deployment)).parent.parent)
    ours = {deployment.folder: code, packages: PROJECT_ROOT / ".venv"} | interpreter()
    async with container(ours) as made:
        if deployment.name.startswith("unit"):
            (useradd,) = re.findall("useradd .*", deployments.text_of("docs/operations.md"))
            await made.run(useradd)
            (state,), (mode,) = map(
                deployments.unit_lines, ("StateDirectory", "StateDirectoryMode")
            )
            user = deployment.user
            await made.run(f"install -d -o {user} -g {user} -m {mode} /var/lib/{state}")
        else:
            await made.run(next(run for run in deployments.dockerfile("RUN") if "useradd" in run))
        yield made


def command_of(deployment: Deployment) -> list[str]:
    """Its command; the unit's with the unit's filter of system calls, where this can be had."""
    if not deployment.name.startswith("unit") or not can_be_confined():
        return deployment.command
    named = deployments.unit_lines("SystemCallErrorNumber")
    error = getattr(errno, named[0]) if named else 0
    calls = ",".join(allowed(deployments.unit_lines("SystemCallFilter")))
    program = f"{deployment.folder}/tests/functional/confine.py"
    return [python_of(deployment), program, str(error), calls, "--", *deployment.command]


def python_of(deployment: Deployment) -> str:
    """The whole path of its Python, `/opt/venv/bin/python`."""
    first = deployment.environ.get("PATH", "").partition(":")[0]
    return str(Path(first) / deployment.command[0])


@contextlib.asynccontextmanager
async def _inside(
    deployment: Deployment, code: Path, api_port: int, cluster: Cluster
) -> AsyncIterator[Started]:
    environ = deployment.environ | {"BOT_API_URL": f"http://127.0.0.1:{api_port}"}
    async with installed(deployment, code) as made, AsyncExitStack() as stack:
        await stack.enter_async_context(made.serving(api_port, leading_to(api_port)))
        address = environ.get("BOT_DATABASE_URL", "")
        if address.startswith("postgres"):
            host = deployments.server_of(address)[0]
            await made.run(f"echo 127.0.0.1 {host} >> /etc/hosts")
            await stack.enter_async_context(made.serving(5432, leading_to(cluster.port)))
        if proxy := environ.get("BOT_PROXY_URL"):
            port = int(proxy.rpartition(":")[2])
            await stack.enter_async_context(made.serving(port, socks_to(api_port)))
        if environ.get("BOT_MODE") == "webhook":

            async def hook(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                await piped(reader, writer, await made.connect(int(environ["BOT_HTTP_PORT"])))

            proxy_port = socket.create_server(("127.0.0.1", 0))
            await stack.enter_async_context(served(proxy_port, hook))
            environ["BOT_WEBHOOK_URL"] = _local(environ, proxy_port.getsockname()[1])
        running = await stack.enter_async_context(
            made.running(
                command_of(deployment), environ, folder=deployment.folder, user=deployment.user
            )
        )

        async def page(url: str) -> str:
            read = f"import urllib.request; print(urllib.request.urlopen({url!r}).read().decode())"
            printed = await made.run([python_of(deployment), "-c", read], user=deployment.user)
            return printed.strip()

        yield Started(running, environ, page)


@contextlib.asynccontextmanager
async def _beside(
    deployment: Deployment, code: Path, api_port: int, cluster: Cluster
) -> AsyncIterator[Started]:
    state = code.with_name(f"state-{os.urandom(4).hex()}")
    (named,) = deployments.unit_lines("StateDirectory")
    environ = {
        name: value.replace(f"/var/lib/{named}", str(state))
        for name, value in deployment.environ.items()
        if name != "PATH"
    }
    for name, value in environ.items():
        if name.endswith("_PORT") and value != "0":
            environ[name] = str(free_port())
    address = environ.get("BOT_DATABASE_URL", "")
    if address.startswith("postgres"):
        host = deployments.server_of(address)[0]
        environ["BOT_DATABASE_URL"] = address.replace(f"@{host}/", f"@127.0.0.1:{cluster.port}/")
    async with AsyncExitStack() as stack:
        if "BOT_PROXY_URL" in environ:
            proxy = socket.create_server(("127.0.0.1", 0))
            await stack.enter_async_context(served(proxy, socks_to(api_port)))
            environ["BOT_PROXY_URL"] = f"socks5://127.0.0.1:{proxy.getsockname()[1]}"
        if environ.get("BOT_MODE") == "webhook":
            environ["BOT_WEBHOOK_URL"] = _local(environ, int(environ["BOT_HTTP_PORT"]))
        # What only an administrator may, such as to write where modes forbid it, is given up.
        as_root = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs"]
        process = await asyncio.create_subprocess_exec(
            *(as_root if os.geteuid() == 0 else ()),
            *(sys.executable, "-m", *deployment.command[-2:]),
            cwd=code,
            env=environ | {"BOT_API_URL": f"http://127.0.0.1:{api_port}"},
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )

        def killed() -> None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()

        stack.callback(killed)
        yield Started(Running(process), environ, _page)


def _local(environ: dict[str, str], port: int) -> str:
    """The webhook's address on this machine: the emulated Bot API delivers to no other."""
    return f"http://127.0.0.1:{port}{urlsplit(environ['BOT_WEBHOOK_URL']).path}"


async def _page(url: str) -> str:
    def read() -> str:
        with urllib.request.urlopen(url, timeout=10) as response:  # noqa: S310 - ours
            return str(response.read().decode())

    return await asyncio.to_thread(read)


def socks_to(
    port: int,
) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    """A SOCKS5 proxy that leads to our own `port`, whatever it is asked for."""

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _, methods = await reader.readexactly(2)
        await reader.readexactly(methods)
        writer.write(b"\x05\x00")
        kind = (await reader.readexactly(4))[3]
        length = {1: 4, 4: 16}.get(kind) or (await reader.readexactly(1))[0]
        await reader.readexactly(length + 2)
        writer.write(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
        await piped(reader, writer, port)

    return proxy
