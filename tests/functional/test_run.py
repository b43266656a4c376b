from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from bot.playground import PlaygroundServer, World
from bot.project import PROJECT_ROOT
from tests.functional.processes import READY, bot
from tests.integration.hooks import free_port


async def test_serves_telegram_and_stops_cleanly() -> None:
    """With a token and an API address it answers, pages and is asked in a group; SIGTERM ends it.

    The whole chat over HTTP, as against any Bot API server.
    """
    world = World()
    async with (
        PlaygroundServer(world, port=0) as server,
        bot("run", BOT_TOKEN=world.token, BOT_API_URL=server.url + "/") as running,
    ):
        await running.wait_for(READY)

        asked = world.send_text("渐冻症的临床研究是什么时候开始的")
        answer = await world.wait_for_bot_message(after=asked, timeout=15)
        assert "2024年10月，张毅团队" in (answer.text or "")
        assert "站在前沿" in (answer.text or "")

        listing = world.send_text("/topics")
        topics = await world.wait_for_bot_message(after=listing)
        query = world.press(topics, text="育人")
        assert not (await world.wait_for_callback_answer(query)).show_alert
        await world.wait_for(lambda: "育人（1/" in (topics.text or ""))
        world.press(topics, text="▶")
        await world.wait_for(lambda: "育人（2/" in (topics.text or ""))

        mention = world.send_text(
            f"@{world.bot.username} 李峰去哪里学习了", chat_id=world.group.id, user_id=1003
        )
        reply = await world.wait_for_bot_message(chat_id=world.group.id, after=mention)
        assert "匹兹堡大学" in (reply.text or "")
        assert reply.reply_to is not None
        assert mention.message_id == reply.reply_to.message_id

        start = time.monotonic()
        assert 0 == await running.stop()
        assert time.monotonic() - start < 5

    assert world.token not in running.text
    assert "Traceback" not in running.text
    assert "渐冻症" not in running.text


async def test_logs_as_json_hold_no_token_and_no_question() -> None:
    """At DEBUG, with a refused call in between, each line is an object without either."""
    world = World()
    question = "渐冻症的临床研究是什么时候开始的"
    settings = {"BOT_LOG_FORMAT": "json", "BOT_LOG_LEVEL": "DEBUG", "BOT_TOKEN": world.token}
    async with (
        PlaygroundServer(world, port=0) as server,
        bot("run", BOT_API_URL=server.url, **settings) as running,
    ):
        await running.wait_for(READY)
        world.faults.next("sendMessage", status=400)
        world.send_text(question)
        await world.wait_for_bot_message(after=world.send_text(question), timeout=15)
        assert 0 == await running.stop()
    lines = [json.loads(line) for line in running.text.splitlines()]
    assert {"time", "level", "logger", "message"} == set.intersection(*map(set, lines))
    assert {"ERROR", "INFO"} <= {line["level"] for line in lines}
    assert [] == [line for line in map(repr, lines) if world.token in line or question in line]


def test_no_library_reports_to_its_makers(tmp_path: Path) -> None:
    """ONNX Runtime would, when it is loaded; it then leaves an id in the user's home."""
    # It spares machines of continuous integration.
    known = ("PATH", "VIRTUAL_ENV", "LANG")
    environ = {name: os.environ[name] for name in known if name in os.environ}
    subprocess.run(
        [sys.executable, "-c", "import bot.reader.model, bot.cli, bot.bootstrap"],
        cwd=PROJECT_ROOT,
        env=environ | {"HOME": str(tmp_path)},
        check=True,
    )
    assert [] == list(tmp_path.rglob("*"))


async def test_answers_while_the_dictionary_still_loads() -> None:
    """A question that waits from before the start is answered once all is loaded."""
    world = World()
    early = world.send_text("艾米迈托赛是治什么病的")
    async with (
        PlaygroundServer(world, port=0) as server,
        bot("run", BOT_TOKEN=world.token, BOT_API_URL=server.url),
    ):
        answer = await world.wait_for_bot_message(after=early, timeout=20)

    assert "移植物抗宿主病" in (answer.text or "")


async def test_a_rejected_token_is_one_line() -> None:
    """The operator reads what to check, without the token; exit 2."""
    token = "987654321:" + "B" * 35
    async with (
        PlaygroundServer(World(), port=0) as server,
        bot("run", BOT_TOKEN=token, BOT_API_URL=server.url) as running,
    ):
        assert 2 == await running.stop_by_itself()

    assert "error: Telegram does not know the token: check BOT_TOKEN" in running.text
    assert token not in running.text
    assert "Traceback" not in running.text


async def test_a_taken_port_is_one_line() -> None:
    """The playground names the setting that moves it; exit 2."""
    async with PlaygroundServer(World(), port=0) as server:
        port = server.url.rpartition(":")[2]
        async with bot("run", BOT_PLAYGROUND_PORT=port) as running:
            assert 2 == await running.stop_by_itself()

    assert f"error: port {port} is taken" in running.text
    assert "BOT_PLAYGROUND_PORT" in running.text
    assert "Traceback" not in running.text


@pytest.mark.parametrize("file", ["index.json", "article.toml"])
async def test_a_missing_file_stops_the_bot_with_one_line(
    file: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Nothing is served from half a data folder; exit 1."""
    data = tmp_path_factory.mktemp("data")
    async with bot("run", BOT_DATA_DIR=str(data), BOT_PLAYGROUND_PORT="0") as running:
        assert 1 == await running.stop_by_itself()

    assert running.text.startswith("error: ")
    assert 1 == running.text.count("\n")
    assert file in ("article.toml", "index.json")


async def test_the_playground_needs_no_token_and_stops_cleanly() -> None:
    """`run` without BOT_TOKEN prints an address, serves it, and ends on SIGTERM."""
    async with bot("run", BOT_PLAYGROUND_PORT="0", BOT_TOKEN="") as running:
        match = await running.wait_for(READY)
        assert match.group().startswith(("open http://127.0.0.1:", "listening"))
        assert 0 == await running.stop()

    assert "Traceback" not in running.text


SECRET = "the-secret_of-this_test"  # noqa: S105 - of this file alone


async def test_serves_by_webhook_with_metrics_and_stops_cleanly() -> None:
    """The same bot with updates posted to it; its metrics on a port of their own; SIGTERM ends
    it, and neither token nor secret is in anything it printed or serves.
    """
    world = World()
    hook_port, metrics_port = free_port(), free_port()
    async with (
        PlaygroundServer(world, port=0) as server,
        bot(
            "run",
            BOT_TOKEN=world.token,
            BOT_API_URL=server.url,
            BOT_MODE="webhook",
            BOT_WEBHOOK_URL=f"http://127.0.0.1:{hook_port}/telegram",
            BOT_WEBHOOK_SECRET=SECRET,
            BOT_HTTP_PORT=str(hook_port),
            BOT_METRICS_PORT=str(metrics_port),
            BOT_LOG_LEVEL="DEBUG",
        ) as running,
    ):
        await running.wait_for(READY)
        asked = world.send_text("渐冻症的临床研究是什么时候开始的")
        answer = await world.wait_for_bot_message(after=asked, timeout=15)
        assert "2024年10月" in (answer.text or "")
        pages = [
            await _page(f"http://127.0.0.1:{port}{path}")
            for port in (hook_port, metrics_port)
            for path in ("/healthz", "/readyz")
        ]
        metrics = await _page(f"http://127.0.0.1:{metrics_port}/metrics")
        start = time.monotonic()
        assert 0 == await running.stop()
        assert time.monotonic() - start < 5

    assert 'bot_webhook_requests_total{status="200"}' in metrics
    assert ["ok", '{"index":"ok","telegram":"ok","store":"ok"}'] * 2 == pages
    for text in (running.text, metrics, *pages):
        assert (False, False, False) == (
            world.token in text, SECRET in text, "渐冻症" in text
        )  # fmt: skip
    assert "Traceback" not in running.text


async def _page(url: str) -> str:
    def read() -> str:
        with urllib.request.urlopen(url, timeout=10) as response:  # noqa: S310 - ours
            return str(response.read().decode())

    return await asyncio.to_thread(read)


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({"BOT_MODE": "webhook", "BOT_TOKEN": ""}, "BOT_TOKEN"),
        ({"BOT_MODE": "webhook"}, "BOT_WEBHOOK_URL"),
        ({"BOT_MODE": "webhook", "BOT_WEBHOOK_URL": "https://a.example/x"}, "BOT_WEBHOOK_SECRET"),
        ({"BOT_MODE": "webhook", "BOT_WEBHOOK_URL": "http://a.example/x"}, "BOT_WEBHOOK_URL"),
        ({"BOT_METRICS_HOST": "192.0.2.1", "BOT_METRICS_PORT": "1"}, "BOT_METRICS_HOST"),
    ],
)
async def test_a_wrong_setting_of_the_webhook_is_one_line(
    environ: dict[str, str], named: str
) -> None:
    """It names the variable; exit 2."""
    token = {"BOT_TOKEN": World().token, "BOT_API_URL": "http://127.0.0.1:9"}
    async with bot("run", cwd=PROJECT_ROOT, **(token | environ)) as running:
        assert 2 == await running.stop_by_itself()

    assert running.text.startswith(f"error: {named}: ")
    assert 1 == running.text.count("\n")


async def test_a_foreign_env_file_is_not_read(tmp_path: Path) -> None:
    """A bot started in a folder with another .env does not look at it."""
    (tmp_path / ".env").write_text("BOT_NO_SUCH_SETTING=1\nBOT_LOG_LEVEL=nonsense\n")
    async with bot(
        "run", cwd=tmp_path, BOT_PLAYGROUND_PORT="0", BOT_TOKEN="", BOT_LOG_LEVEL="INFO"
    ) as running:
        await running.wait_for(READY)
        assert 0 == await running.stop()
