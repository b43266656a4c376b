"""Both documented deployments start, with every value that a file or a document gives."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from bot.playground import PlaygroundServer, World
from bot.project import PROJECT_ROOT
from tests.functional import deployments
from tests.functional.containers import Container, can_be_made, leading_to
from tests.functional.deployments import PLACEHOLDER, Deployment
from tests.functional.places import BASE_PATH, installed, make_database, started
from tests.functional.processes import READY
from tests.postgres import Cluster, postgres, programs

__all__ = ["postgres"]

OWN = {
    "BOT_TOKEN": World().token,
    "BOT_WEBHOOK_SECRET": "0b5a-secret_of_the_operators",
    "BOT_ADMIN_IDS": "1001",
    "POSTGRES_PASSWORD": "9f3c-password-of-the-operators",
}
"""What only an operator has."""

REPLICAS = "Several replicas"
CONTAINER = "A container"
QUESTION = "渐冻症的临床研究是什么时候开始的"
PAGE = re.compile(r"open (http://127\.0\.0\.1:\d+)")
WELL = {"index": "ok", "telegram": "ok", "store": "ok"}


def own(values: dict[str, str]) -> dict[str, str]:
    """The values with the operator's own where a document leaves them open."""
    return {
        name: OWN.get(name, value) if value in ("", PLACEHOLDER) else value
        for name, value in values.items()
    }


def every_deployment() -> Iterator[Deployment]:
    """The unit, the image and compose.yaml's services, each with all that may be set for it."""
    copied, switched_on = deployments.example()
    unit = deployments.unit().with_values("env file", {"BOT_TOKEN": PLACEHOLDER})
    for heading in deployments.headings():
        if heading not in (REPLICAS, CONTAINER):
            for number, values in enumerate(deployments.documented(heading), 1):
                yield unit.with_values(f"{heading} {number}", own(values))
    for number, values in enumerate(deployments.values_in("README.md", "README.zh-CN.md"), 1):
        yield unit.with_values(f"README {number}", own(values))
    yield unit.with_values(".env.example", own(switched_on))
    yield unit.with_values(".env.example as copied", copied)
    for address in deployments.addresses():
        metrics = deployments.documented("One process, long polling")[0]["BOT_METRICS_PORT"]
        values = {"BOT_DATABASE_URL": address, "BOT_METRICS_PORT": metrics}
        yield unit.with_values(address, values)
    for values in deployments.documented(CONTAINER):
        yield deployments.image(BASE_PATH).with_values("docker run", own(values))
    for values in deployments.documented(REPLICAS):
        polling = {name: values[name] for name in ("BOT_TOKEN", "POSTGRES_PASSWORD")}
        for name, env_file in (
            ("replicas", values),
            ("polling", polling),
            (".env.example", switched_on | polling),
        ):
            for service in deployments.services(BASE_PATH, own(env_file)):
                yield service.with_values(name, {})


DEPLOYMENTS = [
    Deployment(each.name, each.command, each.folder, each.user, environ)
    for each in every_deployment()
    for environ in [each.environ if "as copied" in each.name else own(each.environ)]
]
for _each in DEPLOYMENTS[1:]:
    # Once is enough: encoding takes all the machine has, for minutes.
    _each.environ.setdefault("BOT_ENCODER", "false")


@pytest.fixture(scope="module")
def code(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The project's files, compiled, in a folder where nothing can be written by its modes."""
    root = tmp_path_factory.mktemp("deployed") / "bot"
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=PROJECT_ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if (PROJECT_ROOT / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(PROJECT_ROOT / name, root / name)
    (root / ".venv").mkdir()
    subprocess.run([sys.executable, "-m", "compileall", "-q", root / "bot"], check=True)
    _set_modes(root, write=False)
    # Whoever the bot runs as must come by.
    for above in root.parents[:3]:
        above.chmod(0o755)
    yield root
    _set_modes(root, write=True)


def _set_modes(root: Path, *, write: bool) -> None:
    for path in (root, *root.rglob("*")):
        if not path.is_symlink():
            path.chmod((0o755 if write else 0o555) if path.is_dir() else 0o444)


def test_every_value_is_tried() -> None:
    """Of what looks like a setting in a file or a document, nothing is left out below."""
    tried = {pair for each in every_deployment() for pair in each.environ.items()}
    given = deployments.every_value()
    assert ("BOT_DATABASE_URL", "sqlite:////var/lib/quoting-bot/store.sqlite3") in given
    assert set() == {
        (name, value)
        for name, value in given - tried
        if not (name in OWN and value in ("", PLACEHOLDER))
    }


async def _readiness(page: Callable[[str], Awaitable[str]], port: str) -> dict[str, str]:
    """What /readyz says once all is well; or the failure to say so."""
    for _ in range(20):
        with contextlib.suppress(AssertionError, OSError):
            return dict(json.loads(await page(f"http://127.0.0.1:{port}/readyz")))
        await asyncio.sleep(0.5)
    return dict(json.loads(await page(f"http://127.0.0.1:{port}/readyz")))


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda each: each.name)
async def test_the_bot_serves_as_it_is_deployed(
    deployment: Deployment, code: Path, postgres: Cluster
) -> None:
    """It listens, its store is well, a question is answered and SIGTERM ends it: unprivileged, with
    nothing to write to but what the deployment gives it.
    """
    world = World(token=OWN["BOT_TOKEN"])
    async with (
        PlaygroundServer(world, port=0) as server,
        started(deployment, code, server.port, postgres) as bot,
    ):
        playground = not bot.environ["BOT_TOKEN"]
        ready = await bot.running.wait_for(PAGE if playground else READY, 40)
        if bot.environ.get("BOT_METRICS_PORT", "0") != "0":
            assert WELL == await _readiness(bot.page, bot.environ["BOT_METRICS_PORT"])
        if playground:
            assert "<html" in await bot.page(ready[1])
        else:
            asked = world.send_text(QUESTION)
            answer = await world.wait_for_bot_message(after=asked, timeout=30)
            assert "2024年10月" in (answer.text or "")
        code_of_exit = await bot.running.stop()
    assert 0 == code_of_exit, bot.running.text
    assert "Traceback" not in bot.running.text
    assert [] == [
        secret for name, secret in OWN.items() if len(secret) > 9 and secret in bot.running.text
    ]


needs_container = pytest.mark.skipif(
    not can_be_made(), reason="namespaces cannot be made here: run it as root on Linux"
)
INSTALL = "One process, long polling"
BACKUP = "Backup and restore of the store"


@needs_container
async def test_the_steps_of_the_unit_are_done(code: Path) -> None:
    """The commands of docs/operations.md: the index is up to date, the unit is sound by systemd's
    own tools, the doctor is content, and a backup made while the bot runs brings back what it held.

    What installs packages, and what speaks to a running systemd, is left out.
    """
    left_out = re.compile(r"useradd|-m venv|pip install|systemctl|journalctl")
    install, unit, doctor = deployments.scripts(INSTALL)
    backup, restore, nightly, *_ = deployments.scripts(BACKUP)

    def steps(script: str) -> str:
        return "".join(each for each in script.splitlines(True) if not left_out.search(each))

    world = World(token=OWN["BOT_TOKEN"])
    deployment = deployments.unit()
    async with PlaygroundServer(world, port=0) as server, installed(deployment, code) as made:
        assert "the index is up to date" in await made.run(steps(install))
        await made.run("mkdir -p /etc/systemd/system && " + steps(unit), folder=deployment.folder)
        await assert_sound(made)
        (env_file,) = deployments.unit_lines("EnvironmentFile")
        given = {
            "BOT_TOKEN": world.token,
            "BOT_API_URL": f"http://127.0.0.1:{server.port}",
            "BOT_ENCODER": "false",
        }
        written = "".join(f"{name}={value}\n" for name, value in given.items())
        await made.run(f"umask 077; printf %s '{written}' > {env_file}")
        environ = deployment.environ | given
        where = {"folder": deployment.folder, "user": deployment.user}

        async def counted() -> int:
            command = [*deployment.command[:-1], "stats", "--json"]
            return int(json.loads(await made.run(command, environ, **where))["asked"])

        async with made.serving(server.port, leading_to(server.port)):
            findings = await made.run(doctor)
            async with made.running(deployment.command, environ, **where) as running:
                await running.wait_for(READY, 30)
                asked = world.send_text(QUESTION)
                await world.wait_for_bot_message(after=asked, timeout=20)
                # What was asked is written a little after it was answered.
                async with asyncio.timeout(20):
                    while not await counted():  # noqa: ASYNC110 - in another process
                        await asyncio.sleep(0.2)
                await made.run(backup)
                await made.run(cron_command(nightly))
                await running.stop()
            store = environ["BOT_DATABASE_URL"].removeprefix("sqlite:///")
            await made.run(f"printf 'no database' > {store}")
            async with made.running(deployment.command, environ, **where) as broken:
                assert 1 == await broken.stop_by_itself()
            restored = []
            for day in ("", "-[1-7]"):
                lines = steps(restore).replace("quoting-bot.sqlite3", f"quoting-bot{day}.sqlite3")
                await made.run(lines)
                restored.append(await counted())
                await made.run(f"printf 'no database' > {store}")
            mode = await made.run(f"stat -c '%a %U' {store} /var/backups/*")
    assert "ok    store: " in findings
    assert "ok    caches: " in findings
    assert "warn  caches" not in findings
    assert [1, 1] == restored
    assert ["600 quoting-bot", "600 root", "600 root"] == mode.splitlines()


def cron_command(line: str) -> str:
    """What cron has the shell run for a line of /etc/cron.d: after five times and a user, up to a
    bare %.
    """
    times = re.match(r"((?:[0-9*]+ ){5})root (.*)\n$", line)
    assert times is not None, line
    assert re.search(r"(?<!\\)%", line) is None
    return times[2].replace("\\%", "%")


def test_an_upgrade_and_the_way_back(tmp_path: Path) -> None:
    """The documents' commands bring the newest version, and the one before again.

    What installs packages, and what speaks to a running systemd, is left out.
    """
    left_out = re.compile(r"pip install|index --check|systemctl")
    upgrade, back = (
        "".join(line for line in script.splitlines(True) if not left_out.search(line))
        .replace("/opt/quoting-bot", str(tmp_path / "installed"))
        .replace("/var/backups", str(tmp_path))
        for script in deployments.scripts("Upgrade")
    )
    origin, version = tmp_path / "origin", tmp_path / "installed" / "version"

    def release(number: str) -> None:
        (origin / "version").write_text(number)
        git = "git -c user.name=a -c user.email=a@b.example"
        done = f"git init --quiet && git add version && {git} commit --quiet --message {number}"
        subprocess.run(["sh", "-euc", done], cwd=origin, check=True)

    origin.mkdir()
    release("1")
    subprocess.run(["git", "clone", "--quiet", origin, tmp_path / "installed"], check=True)
    release("2")
    found = []
    for script in (upgrade, back, upgrade):
        subprocess.run(["sh", "-euc", script], cwd=tmp_path, check=True)
        found.append(version.read_text())
    assert ["2", "1", "2"] == found


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl: apt-get install curl")
async def test_ones_user_id_is_found(tmp_path: Path) -> None:
    """What the documents tell to run prints who wrote to a bot that is stopped."""
    (script,) = deployments.scripts("The smallest server")
    world = World()
    env_file = tmp_path / "quoting-bot.env"
    env_file.write_text(f"BOT_TOKEN={world.token}\n")
    async with PlaygroundServer(world, port=0) as server:
        world.send_text("你好")
        told = script.replace("/etc/quoting-bot.env", str(env_file))
        told = told.replace("https://api.telegram.org", server.url)
        process = await asyncio.create_subprocess_exec(
            "sh", "-euc", told, stdout=asyncio.subprocess.PIPE
        )
        printed, _ = await process.communicate()
    assert "1001" in re.findall("[0-9]+", printed.decode())


async def assert_sound(made: Container) -> None:
    """Assert that systemd takes the unit without a word, and finds little exposed."""
    if shutil.which("systemd-analyze") is None:
        return
    unit = "/etc/systemd/system/quoting-bot.service"
    assert "" == await made.run(f"systemd-analyze verify --man=no {unit}")
    told = await made.run(f"systemd-analyze security --offline=true --no-pager {unit}")
    exposure = re.search(r"Overall exposure level for .*: ([0-9.]+)", told)
    assert exposure is not None, told
    assert 2.0 >= float(exposure[1])


@needs_container
async def test_a_backup_without_the_program_of_sqlite(code: Path) -> None:
    """What `docker exec` is told makes a sound copy."""
    (script,) = (each for each in deployments.scripts(BACKUP) if "docker exec" in each)
    (line,) = re.findall("docker exec bot (.*)", script)
    deployment = deployments.image(BASE_PATH)
    store = deployment.environ["BOT_DATABASE_URL"].removeprefix("sqlite:///")
    async with installed(deployment, code) as made:
        made_by = f"import sqlite3; sqlite3.connect({store!r}).execute('CREATE TABLE kept (a)')"
        where = {"folder": deployment.folder, "user": deployment.user}
        await made.run(["python", "-c", made_by], deployment.environ, **where)
        await made.run(line, deployment.environ, **where)
        read = "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute("
        read += "'SELECT name FROM sqlite_master').fetchall())"
        copy = str(Path(store).with_name("backup.sqlite3"))
        told = await made.run(["python", "-c", read, copy], deployment.environ, **where)
    assert "[('kept',)]\n" == told


def test_a_server_is_backed_up_and_restored(postgres: Cluster, tmp_path: Path) -> None:
    """What the documents tell to run in PostgreSQL's container brings its rows back."""
    (script,) = (each for each in deployments.scripts(BACKUP) if "pg_dump" in each)
    command = "docker compose exec -T postgres "
    service = deployments.compose()["services"]["postgres"]["environment"]
    user, name = service["POSTGRES_USER"], service["POSTGRES_DB"]
    make_database(postgres, f"postgresql://{user}@postgres/{name}")
    address = postgres.url.replace("/postgres", f"/{name}")
    environ = {
        "PATH": f"{programs()}:{BASE_PATH}",
        "PGHOST": "127.0.0.1",
        "PGPORT": str(postgres.port),
    }
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (a integer)")
        connection.execute("INSERT INTO kept VALUES (7)")
        dump, restore = script.replace(command, "").splitlines()
        subprocess.run(["sh", "-euc", dump], cwd=tmp_path, env=environ, check=True)
        connection.execute("DELETE FROM kept")
        subprocess.run(["sh", "-euc", restore], cwd=tmp_path, env=environ, check=True)
        assert [(7,)] == connection.execute("SELECT a FROM kept").fetchall()


@needs_container
@pytest.mark.parametrize("command", ["run", "doctor"])
async def test_a_store_in_a_read_only_folder_is_one_line(code: Path, command: str) -> None:
    """As the unit had it: `run` names the setting and ends with 2, which systemd does not repeat;
    `doctor` says the same and fails.
    """
    deployment = deployments.unit()
    world = World(token=OWN["BOT_TOKEN"])
    environ = {"BOT_TOKEN": world.token, "BOT_API_URL": "http://127.0.0.1:9"}
    async with (
        installed(deployment, code) as made,
        made.running(
            [*deployment.command[:-1], command],
            environ,
            folder=deployment.folder,
            user=deployment.user,
        ) as running,
    ):
        code_of_exit = await running.stop_by_itself(30)
    assert ["2"] == deployments.unit_lines("RestartPreventExitStatus")
    told = f"{deployment.folder}/data/store.sqlite3 cannot be written to (Read-only file system)"
    if command == "run":
        assert (2, 1) == (code_of_exit, running.text.count("\n"))
        assert running.text.startswith(f"error: BOT_DATABASE_URL: {told}; ")
    else:
        assert 1 == code_of_exit
        assert f"fail  store: {told} -> BOT_DATABASE_URL: " in running.text
        assert "warn  caches: " in running.text
