"""The wheel is complete: installed away from the checkout, it answers from an empty folder."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
import sysconfig
import urllib.request
import zipfile
from asyncio.subprocess import DEVNULL, PIPE, STDOUT
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.playground import PlaygroundServer, World
from bot.project import PROJECT_ROOT
from tests.functional.processes import READY, Running

QUESTION = "渐冻症的临床研究是什么时候开始的"
ANSWER = "2024年10月"
PAGE = re.compile(r"open (http://127\.0\.0\.1:\d+)")
PIP = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]


@dataclass(frozen=True)
class Installed:
    """The bot as `pipx install .` has it; `folder` is empty, `home` the user's."""

    program: Path
    folder: Path
    home: Path

    @property
    def kept(self) -> Path:
        """Where it keeps what it keeps."""
        return self.home / ".local/share/quoting-bot"

    @property
    def environ(self) -> dict[str, str]:
        """A user's environment."""
        return {"PATH": os.environ["PATH"], "HOME": str(self.home), "BOT_ENCODER": "false"}

    def run(self, *argv: str) -> str:
        """What a command prints."""
        done = subprocess.run(
            [self.program, *argv],
            cwd=self.folder,
            env=self.environ,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert 0 == done.returncode, done.stdout + done.stderr
        return done.stdout

    @asynccontextmanager
    async def running(self, **environ: str) -> AsyncIterator[Running]:
        """`quoting-bot run`; killed at the end."""
        process = await asyncio.create_subprocess_exec(
            self.program,
            "run",
            cwd=self.folder,
            env=self.environ | environ,
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=STDOUT,
        )
        try:
            yield Running(process)
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that the project builds."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--no-deps", "--no-build-isolation", "--wheel-dir"]
    subprocess.run([*PIP, "wheel", *options, folder, PROJECT_ROOT], check=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's program, in an environment of its own over the packages that are here."""
    environment = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    python = environment / "bin" / "python"
    options = ["--python", str(python), "install", "--no-deps", "--no-index"]
    subprocess.run([*PIP, *options, wheel], check=True)
    paths = {"base": str(environment), "platbase": str(environment)}
    packages = Path(sysconfig.get_path("purelib", "venv", paths))
    (packages / "here.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return environment / "bin" / "quoting-bot"


@pytest.fixture
def installed(program: Path, tmp_path: Path) -> Installed:
    """The installed bot, for a user who has nothing yet."""
    for name in ("empty", "home"):
        (tmp_path / name).mkdir()
    return Installed(program, tmp_path / "empty", tmp_path / "home")


def test_the_wheel_holds_what_the_bot_reads_and_no_more(wheel: Path) -> None:
    """Every file of seeds/ and data/ but what training and the machine left there."""
    kept = ["seeds", "data", ":!data/training"]
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *kept],
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    names = zipfile.ZipFile(wheel).namelist()
    assert {f"bot/shipped/{name}" for name in listed} == {
        name for name in names if name.startswith("bot/shipped/")
    }
    assert set() == {name.partition("/")[0] for name in names if ".dist-info" not in name} - {"bot"}


def test_it_answers_on_the_command_line(installed: Installed) -> None:
    """`quoting-bot ask`, with nothing but itself; its caches go into the user's data folder."""
    answer = json.loads(installed.run("ask", "--json", QUESTION))
    assert ANSWER in answer["quotes"][0]["text"]
    assert ["data/cache/jieba.cache"] == [
        str(each.relative_to(installed.kept))
        for each in installed.kept.rglob("*")
        if each.is_file()
    ]
    assert [] == list(installed.folder.iterdir())


async def test_it_answers_in_the_playground(installed: Installed) -> None:
    """`quoting-bot run` prints an address; a question asked at its page is answered."""
    async with installed.running(BOT_PLAYGROUND_PORT="0") as running:
        page = (await running.wait_for(PAGE, 60))[1]
        await asyncio.to_thread(_posted, f"{page}/playground/messages", {"text": QUESTION})
        async with asyncio.timeout(30):
            while ANSWER not in await asyncio.to_thread(_got, f"{page}/playground/state"):  # noqa: ASYNC110 - in another process
                await asyncio.sleep(0.2)
        assert 0 == await running.stop()
    assert [] == list(installed.folder.iterdir())


async def test_its_settings_and_store_are_in_the_users_data_folder(installed: Installed) -> None:
    """`.env` is read there and the store kept there, wherever it is started."""
    world = World()
    async with PlaygroundServer(world, port=0) as server:
        installed.kept.mkdir(parents=True)
        settings = f"BOT_TOKEN={world.token}\nBOT_API_URL={server.url}\n"
        (installed.kept / ".env").write_text(settings)
        async with installed.running() as running:
            await running.wait_for(READY, 60)
            asked = world.send_text(QUESTION)
            answer = await world.wait_for_bot_message(after=asked, timeout=30)
            assert 0 == await running.stop()
    assert ANSWER in (answer.text or "")
    assert (installed.kept / "data/store.sqlite3").is_file()
    assert [] == list(installed.folder.iterdir())


def _posted(url: str, body: dict[str, Any]) -> None:
    request = urllib.request.Request(  # noqa: S310 - ours
        url,
        json.dumps(body).encode(),
        {"Content-Type": "application/json", "Origin": url.partition("/playground")[0]},
    )
    urllib.request.urlopen(request, timeout=10).close()  # noqa: S310 - ours


def _got(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as response:  # noqa: S310 - ours
        return json.dumps(json.load(response), ensure_ascii=False)
