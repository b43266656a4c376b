"""The documents are true: their commands run, their settings exist, their links lead somewhere."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import urllib.request
from pathlib import Path

import pytest

from bot.project import PROJECT_ROOT
from bot.settings import Settings

READMES = ("README.md", "README.zh-CN.md")
BLOCK = re.compile(r"^ *```sh\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
# They run this test.
RECURSIVE = ("make test", "make check")
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


def commands(readme: str) -> list[str]:
    """The shell commands of a README, in order, each once."""
    text = (PROJECT_ROOT / readme).read_text(encoding="utf-8")
    lines = [line.strip() for block in BLOCK.findall(text) for line in block.splitlines()]
    return list(dict.fromkeys(line for line in lines if line and line not in RECURSIVE))


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's files as a newcomer has them, with the environment that is installed."""
    root = tmp_path_factory.mktemp("checkout") / "bot"
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=PROJECT_ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        source = PROJECT_ROOT / name
        if source.is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, root / name)
    (root / ".venv").symlink_to(PROJECT_ROOT / ".venv")
    return root


def shown(default: object) -> str:
    """A setting's default as the documents write it."""
    text = str(default).removesuffix(".0")
    return text.lower() if isinstance(default, bool) else text


def environment() -> dict[str, str]:
    """The process's environment without the bot's own settings; a free port for the page."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    # The vectors take a minute to build; they are built once for all commands.
    cache = str(PROJECT_ROOT / "data" / "cache")
    return clean | {"BOT_PLAYGROUND_PORT": "0", "BOT_CACHE_DIR": cache}


@pytest.mark.parametrize("readme", READMES)
def test_the_commands_run(readme: str, checkout: Path) -> None:
    """Every command in the README does what a newcomer expects of it: it works."""
    ran = commands(readme)
    assert {"make run", "make setup", "cp .env.example .env"} <= set(ran)
    for command in ran:
        if command == "make run":
            assert_serves(command, checkout)
            continue
        done = subprocess.run(
            ["bash", "-euc", command],
            cwd=checkout,
            env=environment(),
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert 0 == done.returncode, f"{command}\n{done.stdout}{done.stderr}"


def assert_serves(command: str, checkout: Path) -> None:
    """Assert that the command prints an address with a page at it, and stops when told to."""
    with subprocess.Popen(
        ["bash", "-euc", f"exec {command}"],
        cwd=checkout,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        printed = ""
        try:
            for line in process.stdout:
                printed += line
                if match := ADDRESS.search(line):
                    break
            else:
                raise AssertionError(printed)
            with urllib.request.urlopen(match.group(), timeout=10) as page:  # noqa: S310 - ours
                assert "<html" in page.read().decode()
        finally:
            # make passes no signal on to its child, a terminal's Ctrl-C reaches both.
            os.killpg(process.pid, signal.SIGINT)
        process.stdout.read()
        process.wait(10)


def test_every_setting_is_in_the_example_file() -> None:
    """.env.example names each setting once, and no other."""
    text = (PROJECT_ROOT / ".env.example").read_text(encoding="utf-8")
    named = re.findall(r"^#?(BOT_[A-Z_]+)=", text, re.MULTILINE)

    assert sorted(f"BOT_{field.upper()}" for field in Settings.model_fields) == sorted(named)


@pytest.mark.parametrize("readme", READMES)
def test_every_setting_is_in_the_table(readme: str) -> None:
    """The READMEs' tables name each setting once, with the default it has."""
    text = (PROJECT_ROOT / readme).read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(BOT_[A-Z_]+)` \| (?:`([^`]*)`)? ?\|", text, re.MULTILINE))
    defaults = {
        f"BOT_{name.upper()}": "" if field.default is None else shown(field.default)
        for name, field in Settings.model_fields.items()
    }
    assert defaults == rows


def test_the_example_files_values_are_the_defaults(checkout: Path) -> None:
    """A copied .env.example, its lines switched on, changes nothing."""
    text = (checkout / ".env.example").read_text(encoding="utf-8")
    for name, value in re.findall(r"^#(BOT_[A-Z_]+)=(.*)$", text, re.MULTILINE):
        default = Settings.model_fields[name.removeprefix("BOT_").lower()].default
        if default is not None:
            assert shown(default) == value


@pytest.mark.parametrize(
    "document",
    [
        *READMES,
        "CHANGELOG.md",
        "SECURITY.md",
        *(f"docs/{p.name}" for p in (PROJECT_ROOT / "docs").glob("*.md")),
    ],
)
def test_links_lead_somewhere(document: str) -> None:
    """Relative links and pictures name files that are there."""
    path = PROJECT_ROOT / document
    text = path.read_text(encoding="utf-8")
    targets = re.findall(r'(?:\]\(|src=")([^)"#]+)', text)

    assert [] == [
        target for target in targets if "://" not in target and not (path.parent / target).exists()
    ]


def test_the_readmes_have_the_same_commands() -> None:
    """A Chinese reader is told the same."""
    assert commands(READMES[0]) == commands(READMES[1])


def test_no_lock_file_names_a_registry() -> None:
    """Whoever installs uses their own."""
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (PROJECT_ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--hash=sha256:" in text
