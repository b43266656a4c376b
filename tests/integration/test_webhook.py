from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest

from bot.chat import ChatOptions, build_application
from bot.errors import PortInUse, SettingsError, StoreUnavailable
from bot.playground import PlaygroundServer, World
from bot.retrieval import Quoter
from bot.web.health import health_checks
from bot.web.receiver import MAX_BODY, SECRET_HEADER
from bot.web.server import Address
from bot.web.webhook import WebhookOptions, run_webhook
from tests.integration.hooks import PATH, SECRET, Hooked, free_port, hooked
from tests.integration.talk import said


@pytest.fixture
async def hook(world: World, server: PlaygroundServer, quoter: Quoter) -> AsyncIterator[Hooked]:
    """A running application on a webhook."""
    async with hooked(world, server, quoter) as running:
        yield running


class Keeper:
    """An entrance that keeps what it gets, or cannot."""

    def __init__(self, *, broken: bool = False) -> None:
        self.kept: list[dict[str, Any]] = []
        self.broken = broken

    async def accept(self, updates: Sequence[dict[str, Any]]) -> None:
        """See `Intake`."""
        if self.broken:
            raise StoreUnavailable("the store is down")
        self.kept += updates


def _update(number: int = 1, text: str = "你好") -> dict[str, Any]:
    person = {"id": 1001, "is_bot": False, "first_name": "小林"}
    chat = {"id": 1001, "type": "private", "first_name": "小林"}
    message = {"message_id": number, "date": 1, "chat": chat, "from": person, "text": text}
    return {"update_id": number, "message": message}


async def test_questions_that_are_posted_are_answered(world: World, hook: Hooked) -> None:
    """The webhook is set with its secret and the kinds of updates; the rest is as on polling."""
    assert "不客气" in ((await said(world, "谢谢")).text or "")
    (call,) = [call for call in world.calls if call.method == "setWebhook"]
    assert (hook.url, SECRET, 7) == (
        call.params["url"], call.params["secret_token"], call.params["max_connections"]
    )  # fmt: skip
    assert "guest_message" in call.params["allowed_updates"]
    assert not any(call.method == "getUpdates" for call in world.calls)


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", SECRET.upper(), "é"])
async def test_a_wrong_secret_is_refused(
    world: World, server: PlaygroundServer, quoter: Quoter, secret: str | None
) -> None:
    """403, and nothing is read or taken."""
    keeper = Keeper()
    async with hooked(world, server, quoter, intake=keeper) as hook:
        assert 403 == await hook.post(_update(), secret=secret)
    assert [] == keeper.kept


async def test_other_paths_and_methods_are_refused(hook: Hooked) -> None:
    """404 for a path that is none, 405 for anything but POST."""
    for path in ("/", PATH + "/", PATH + "/x", "/telegra", "/bot" + SECRET, "/metrics", "//"):
        assert 404 == await hook.post(_update(), path=path)
    for method in ("GET", "PUT", "DELETE", "HEAD", "OPTIONS"):
        assert 405 == await hook.post(_update(), method=method)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"7",
        b'"text"',
        b"{}",
        b'{"update_id": "1"}',
        b'{"update_id": true}',
        b'{"update_id": -1}',
        b'{"update_id": 9223372036854775808}',
        b'{"update_id": 1e3}',
        b'{"update_id": ' + b"9" * 5000 + b"}",
        b"\xff\xfe{}",
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b"update_id=1",
    ],
)
async def test_what_is_no_update_is_refused(hook: Hooked, body: bytes) -> None:
    """400: malformed JSON, no object, no usable number, nested without end."""
    assert 400 == await hook.post(body)


async def test_a_body_of_ten_megabytes_is_refused(hook: Hooked) -> None:
    """413, by the length it announces and, where it announces none, by what has come."""
    head = f"POST {PATH} HTTP/1.1\r\nHost: a\r\n{SECRET_HEADER}: {SECRET}\r\n".encode()
    announced = head + b"Content-Length: 10000000\r\n\r\n" + b"x" * 1000
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    chunked = head + b"Transfer-Encoding: chunked\r\n\r\n" + (MAX_BODY // 0x10000 + 1) * chunk
    for request in (announced, chunked):
        lines = await hook.raw(request)
        assert [413] == [int(line.split()[1]) for line in lines]


@pytest.mark.parametrize(
    "framing",
    [
        b"Content-Length: 5\r\nContent-Length: 60\r\n",
        b"Content-Length: 5, 60\r\n",
        b"Content-Length: +5\r\n",
        b"Content-Length: -1\r\n",
        b"Content-Length: 0x5\r\n",
        b"Content-Length : 5\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
        b"Transfer-Encoding\t: chunked\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        b"X: y\nTransfer-Encoding: chunked\x00\r\n",
    ],
)
async def test_a_request_that_can_be_read_in_two_ways_is_refused(
    world: World, server: PlaygroundServer, quoter: Quoter, framing: bytes
) -> None:
    """The second request that hides in its body is never seen."""
    keeper = Keeper()
    hidden = json.dumps(_update(666)).encode()
    secret = f"{SECRET_HEADER}: {SECRET}\r\n".encode()
    post = f"POST {PATH} HTTP/1.1\r\nHost: a\r\n".encode()
    inner = post + secret + b"Content-Length: %d\r\n\r\n" % len(hidden) + hidden
    async with hooked(world, server, quoter, intake=keeper) as hook:
        lines = await hook.raw(post + secret + framing + b"\r\n0\r\n\r\n" + inner)
        assert 200 not in [int(line.split()[1]) for line in lines]
    assert [] == keeper.kept


async def test_two_lengths_at_once_are_refused_and_the_connection_ends(
    world: World, server: PlaygroundServer, quoter: Quoter
) -> None:
    """Both at once is how requests are smuggled: nothing is read behind the first one."""
    keeper = Keeper()
    hidden = json.dumps(_update(666)).encode()
    secret = f"{SECRET_HEADER}: {SECRET}\r\n".encode()
    post = f"POST {PATH} HTTP/1.1\r\nHost: a\r\n".encode()
    inner = post + secret + b"Content-Length: %d\r\n\r\n" % len(hidden) + hidden
    chunked = b'f\r\n{"update_id": 1}\r\n0\r\n\r\n'
    both = b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked
    async with hooked(world, server, quoter, intake=keeper) as hook:
        assert [b"HTTP/1.1 400 Bad Request"] == await hook.raw(post + secret + both + inner)
    assert [] == keeper.kept


async def test_an_update_is_taken_before_it_is_acknowledged(
    world: World, server: PlaygroundServer, quoter: Quoter
) -> None:
    """While the store is down Telegram hears 503 and keeps it; once it is up, it comes again."""
    keeper = Keeper(broken=True)
    async with hooked(world, server, quoter, intake=keeper) as hook:
        assert 503 == await hook.post(_update(5))
        world.send_text("你好")
        await asyncio.sleep(0.3)
        assert [] == keeper.kept
        keeper.broken = False
        await world.wait_for(lambda: keeper.kept)
    assert ["你好"] == [update["message"]["text"] for update in keeper.kept]


async def test_an_update_that_makes_no_sense_is_stepped_over(world: World, hook: Hooked) -> None:
    """It is acknowledged, for it would come again for ever."""
    assert 200 == await hook.post({"update_id": 7, "message": {"message_id": 1}})
    assert 200 == await hook.post({"update_id": 8, "unheard_of": {"id": 1}})
    assert "不客气" in ((await said(world, "谢谢")).text or "")


async def test_a_stop_answers_what_was_taken_and_leaves_the_webhook_set(
    world: World, server: PlaygroundServer, quoter: Quoter
) -> None:
    """Within five seconds; Telegram keeps what comes after it."""
    world.latency = 0.3
    async with hooked(world, server, quoter) as hook:
        asked = [world.send_text("你好") for _ in range(3)]
        await world.wait_for(lambda: hook.application.services.processor.unfinished)
        began = time.monotonic()
    assert time.monotonic() - began < 5
    taken = len(asked) - world.webhook.info()["pending_update_count"]
    assert taken == sum(message.from_bot for message in world.messages())
    assert not any(call.method == "deleteWebhook" for call in world.calls)


async def test_a_taken_port_is_said(world: World, server: PlaygroundServer, quoter: Quoter) -> None:
    """With the setting that moves it."""
    with pytest.raises(PortInUse, match="BOT_HTTP_PORT"):
        async with hooked(world, server, quoter, port=server.port):
            pass


async def test_an_address_that_telegram_refuses_is_said(
    world: World, server: PlaygroundServer, quoter: Quoter
) -> None:
    """With the setting and Telegram's reason."""
    application = build_application(
        token=world.token, quoter=quoter, options=ChatOptions(api_url=server.url)
    )
    address = Address("127.0.0.1", free_port(), "BOT_HTTP_HOST", "BOT_HTTP_PORT")
    options = WebhookOptions("https://192.0.2.1/x", SECRET, address)
    with pytest.raises(SettingsError, match="BOT_WEBHOOK_URL: Telegram says: "):
        await run_webhook(application, asyncio.Event(), options)


async def test_a_webhook_that_was_taken_away_is_set_again(
    world: World,
    server: PlaygroundServer,
    quoter: Quoter,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Another process with the same token is said in the log."""
    monkeypatch.setattr("bot.web.webhook.WATCH_SECONDS", 0.05)
    async with hooked(world, server, quoter) as hook:
        await world.wait_for(lambda: world.webhook.url == hook.url)
        await world.webhook.stop()
        await world.wait_for(lambda: world.webhook.url == hook.url)
        assert "不客气" in ((await said(world, "谢谢")).text or "")
    assert "another process uses the same token" in caplog.text


async def test_the_webhook_waits_for_an_unreachable_telegram(world: World, quoter: Quoter) -> None:
    """Meanwhile it lives, is not ready, and leaves updates with Telegram."""
    async with PlaygroundServer(world, port=0) as server:
        port = server.port
    hook_port = free_port()
    application = build_application(
        token=world.token,
        quoter=quoter,
        options=ChatOptions(api_url=f"http://127.0.0.1:{port}", max_retries=0),
    )
    address = Address("127.0.0.1", hook_port, "BOT_HTTP_HOST", "BOT_HTTP_PORT")
    options = WebhookOptions(f"http://127.0.0.1:{hook_port}{PATH}", SECRET, address)
    stop = asyncio.Event()
    serving = asyncio.create_task(
        run_webhook(application, stop, options, checks=health_checks(application))
    )
    await asyncio.sleep(0.3)
    hook = Hooked(application, hook_port)
    assert (200, "ok") == await hook.get("/healthz")
    assert 503 == (await hook.get("/readyz"))[0]
    assert 503 == await hook.post(_update())
    async with PlaygroundServer(world, port=port):
        await said(world, "你好")
        stop.set()
        await serving
