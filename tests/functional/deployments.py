"""What the unit, the Dockerfile, compose.yaml, .env.example and the documents have operators set.

Read from those files each time; nothing of theirs is repeated here.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import yaml

from bot.project import PROJECT_ROOT

PLACEHOLDER = "..."
"""What stands in the documents for a value that only the operator has."""

FILES = ("README.md", "README.zh-CN.md", ".env.example", "docs/operations.md")
Pairs = list[tuple[str, str]]

_VALUE = re.compile(r"\b((?:BOT|POSTGRES)_[A-Z_]+|DOMAIN)=([^\s`,;]*)")
_ADDRESS = re.compile(r"(?:postgres|sqlite)[a-z+]*://[!-_a-~]+")


@dataclass(frozen=True)
class Deployment:
    """A way to start the bot, and the settings it is started with."""

    name: str
    command: list[str]
    folder: str
    user: str
    environ: dict[str, str] = field(repr=False)

    def with_values(self, name: str, values: Mapping[str, str]) -> Deployment:
        """The same with other values too; those given here win."""
        environ = self.environ | dict(values)
        return Deployment(f"{self.name}, {name}", self.command, self.folder, self.user, environ)


def text_of(file: str) -> str:
    """A file of the project's."""
    return (PROJECT_ROOT / file).read_text(encoding="utf-8")


def unit_lines(key: str) -> list[str]:
    """All values of a key of the unit's, in order."""
    text = text_of("deploy/quoting-bot.service")
    return re.findall(rf"^{key}=(.*)$", text, re.MULTILINE)


def unit() -> Deployment:
    """As systemd starts it."""
    (command,) = unit_lines("ExecStart")
    (folder,) = unit_lines("WorkingDirectory")
    (user,) = unit_lines("User")
    pairs = _split(unit_lines("Environment"))
    return Deployment("unit", shlex.split(command), folder, user, dict(pairs))


def _split(lines: list[str]) -> Pairs:
    """`["A=1 B=2"]` -> `[("A", "1"), ("B", "2")]`."""
    words = [each for line in lines for each in shlex.split(line)]
    return [(name, value) for name, _, value in (each.partition("=") for each in words)]


def dockerfile(instruction: str) -> list[str]:
    """What follows an instruction of the image's last stage, each time it is there."""
    stage = text_of("Dockerfile").replace("\\\n", " ").rpartition("\nFROM ")[2]
    return re.findall(rf"^{instruction} (.*)$", stage, re.MULTILINE)


def image(path: str) -> Deployment:
    """As `docker run` starts it; `path` is the PATH of the base image."""
    pairs = _split(dockerfile("ENV"))
    environ = {name: value.replace("$PATH", path) for name, value in pairs}
    (entry,), (command,) = dockerfile("ENTRYPOINT"), dockerfile("CMD")
    (folder,), (user,) = dockerfile("WORKDIR"), dockerfile("USER")
    argv = [*yaml.safe_load(entry), *yaml.safe_load(command)]
    return Deployment("image", argv, folder, user, environ)


def compose() -> Any:  # noqa: ANN401 - as nested as YAML is
    """compose.yaml, its anchors followed."""
    return yaml.safe_load(text_of("compose.yaml"))


def services(path: str, env_file: Mapping[str, str]) -> list[Deployment]:
    """As `docker compose up` starts each service that is the bot; `env_file` is its .env."""
    bare, found = image(path), []
    for name, service in compose()["services"].items():
        if service.get("image") != "quoting-bot":
            continue
        environ = {key: _filled(value, env_file) for key, value in service["environment"].items()}
        environ = dict(env_file) | environ
        found.append(bare.with_values(f"compose's {name}", environ))
    return found


def _filled(value: str, variables: Mapping[str, str]) -> str:
    """`${NAME:?message}` as compose fills it in."""
    return re.sub(r"\$\{(\w+)[^}]*\}", lambda match: variables[match[1]], value)


def documented(heading: str) -> list[dict[str, str]]:
    """The values that a section of docs/operations.md gives, as sets: where it gives several for
    one name, each is in one set.
    """
    return sets(_VALUE.findall(section(heading)))


def section(heading: str) -> str:
    """A section of docs/operations.md."""
    found = re.search(
        rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)",
        text_of("docs/operations.md"),
        re.DOTALL | re.MULTILINE,
    )
    assert found is not None, heading
    return found[1]


def headings() -> list[str]:
    """The sections of docs/operations.md."""
    return re.findall(r"^## (.*)$", text_of("docs/operations.md"), re.MULTILINE)


def sets(pairs: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """`[(A, 1), (B, 2), (A, 3)]` -> `[{A: 1, B: 2}, {A: 3, B: 2}]`."""
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        given = values.setdefault(name, [])
        if value not in given:
            given.append(value)
    most = max(map(len, values.values()), default=0)
    return [
        {name: given[min(at, len(given) - 1)] for name, given in values.items()}
        for at in range(most)
    ]


def example() -> list[dict[str, str]]:
    """.env.example: as it is copied, and with every line switched on."""
    text = text_of(".env.example")
    switched_on = re.sub(r"^#(?=BOT_)", "", text, flags=re.MULTILINE)
    return [_lines(text), _lines(switched_on)]


def _lines(text: str) -> dict[str, str]:
    return dict(re.findall(r"^([A-Z_]+)=(.*)$", text, re.MULTILINE))


def scripts(heading: str) -> list[str]:
    """The indented blocks of a section of docs/operations.md that are not settings alone."""
    blocks = re.findall(r"(?:^(?: {4}| {7})(?=\S).*\n)+", section(heading), re.MULTILINE)
    told = [re.sub(r"^ +", "", block, flags=re.MULTILINE) for block in blocks]
    return [each for each in told if not re.fullmatch(r"(?:[A-Z_]+=.*\n)+", each)]


def addresses() -> list[str]:
    """Every database address that a document shows, a PostgreSQL one in each spelling they name."""
    text = "\n".join(map(text_of, FILES))
    schemes = sorted(set(re.findall(r"\bpostgres[a-z+]*://", text)))
    shown = {each.rstrip(".)*") for each in _ADDRESS.findall(text)}
    spelt = {
        scheme + each.partition("://")[2]
        for each in shown
        for scheme in (schemes if each.startswith("postgres") else ["sqlite://"])
    }
    return sorted(shown | spelt)


def values_in(*files: str) -> list[dict[str, str]]:
    """The values that files give in passing, as sets."""
    return sets(pair for file in files for pair in _VALUE.findall(text_of(file)))


def every_value() -> set[tuple[str, str]]:
    """All values of the bot's that any of the files gives, found by their looks alone."""
    given = [*map(text_of, FILES), *unit_lines("Environment"), *dockerfile("ENV")]
    text = "\n".join(given)
    composed = re.findall(r"^ +(BOT_[A-Z_]+): \"?([^\s\"]+)", text_of("compose.yaml"), re.MULTILINE)
    found = {pair for pair in _VALUE.findall(text) if pair[0].startswith("BOT_")}
    return found | {pair for pair in composed if "${" not in pair[1]}


def server_of(address: str) -> tuple[str, str, str]:
    """Host, user and database of a PostgreSQL address."""
    parts = urlsplit(address)
    return parts.hostname or "", parts.username or "", parts.path.strip("/")
