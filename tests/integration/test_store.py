"""The chat with a store that outlives it, and with one that does not answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from bot.chat import QuotingApplication
from bot.errors import StoreUnavailable
from bot.playground import World
from bot.storage.memory_store import MemoryInbox, MemoryStore
from bot.storage.records import RawUpdate
from bot.storage.sql import SqlStore, open_store
from tests.integration.talk import ALS, pressed, said
from tests.postgres import postgres

__all__ = ["postgres"]

Running = Callable[..., AbstractAsyncContextManager[QuotingApplication]]

SHORT = "后来进展如何？"
ABSENT = "张毅喜欢吃什么菜？"


class FailingInbox(MemoryInbox):
    """An inbox that may be told not to answer."""

    failing = False

    async def put(self, updates: Mapping[int, RawUpdate]) -> Collection[int]:
        """Keep, or fail."""
        if self.failing:
            raise StoreUnavailable("the store does not answer")
        return await super().put(updates)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str | Path:
    """The address of an empty database."""
    if request.param == "sqlite":
        return tmp_path / "store.sqlite3"
    made: str = request.getfixturevalue("postgres").new_database()
    return made


Opening = Callable[[str | Path], Awaitable[SqlStore]]


@pytest.fixture
async def opening() -> AsyncIterator[Opening]:
    """Opens stores, which are closed after the test."""
    opened: list[SqlStore] = []

    async def open_one(address: str | Path) -> SqlStore:
        opened.append(await open_store(address))
        return opened[-1]

    yield open_one
    for store in opened:
        await store.close()


async def _settled(application: QuotingApplication) -> None:
    """Wait until all that was done is written."""
    await application.services.keeping.journal.flush()


async def test_a_restart_forgets_no_conversation(
    world: World, running: Running, address: str | Path, opening: Opening
) -> None:
    """Follow-ups, edits, buttons, votes and /why work with what was answered before it."""
    store = await opening(address)
    async with running(store=store):
        asked = world.send_text(ALS)
        answer = await world.wait_for_bot_message(after=asked)
    await store.close()
    again = await opening(address)
    async with running(store=again) as application:
        why = await said(world, "/why", reply_to=answer)
        assert (why.text or "").startswith("这条答案是怎么找到的")
        number = (why.text or "").rpartition("编号：")[2].split()[0]
        exchange = await application.services.past.answered(number)
        assert exchange is not None
        assert ALS == exchange.question

        world.edit_text(asked, "艾米迈托赛是治什么病的")
        await world.wait_for(lambda: "移植物抗宿主病" in (answer.text or ""))

        await pressed(world, answer, "👍")
        await _settled(application)
        statistics = await again.records.statistics(0)
        assert (1, 2) == (statistics.good, statistics.asked)


async def test_two_replicas_share_a_conversation(
    world: World, running: Running, request: pytest.FixtureRequest, opening: Opening
) -> None:
    """What one answered, and what one was told to forget, the other knows."""
    address = request.getfixturevalue("postgres").new_database()
    one, two = await opening(address), await opening(address)
    async with running(store=one) as first:
        answer = await said(world, ALS)
        await _settled(first)
        key = (answer.chat.id, answer.message_id)
        known = first.services.conversations.get(key)
    async with running(store=two) as second:
        await said(world, "/why", reply_to=answer)
        assert known == second.services.conversations.get(key)
        await one.records.forget(world.reader.id)
        forgotten = await said(world, "/why", reply_to=answer)
        assert "不记得" in (forgotten.text or "")


async def test_what_was_handled_before_a_restart_is_not_handled_again(
    world: World, running: Running, tmp_path: Path, opening: Opening
) -> None:
    """Also when it is delivered again, by Telegram or by whatever stands between."""
    store = await opening(tmp_path / "store.sqlite3")
    async with running(store=store) as application:
        await said(world, "你好")
        raw = {"update_id": 5_000_000, "message": _private_message(world, "谢谢")}
        inbox = application.services.keeping.inbox
        before = len(world.messages())
        await asyncio.gather(*(inbox.accept([raw]) for _ in range(3)))
        await world.wait_for(lambda: len(world.messages()) > before)
        await _settled(application)
    async with running(store=store) as application:
        await application.services.keeping.inbox.accept([raw])
        await said(world, "你好")
    assert before + 3 == len(world.messages())


async def test_polling_goes_on_without_the_store(world: World, running: Running) -> None:
    """The reader does not notice; the inbox says no to whoever could deliver again."""
    inbox = FailingInbox()
    store = MemoryStore(inbox=inbox)
    inbox.failing = True
    async with running(store=store) as application:
        assert "你好" in ((await said(world, "你好")).text or "")
        entrance = application.services.keeping.inbox
        raw = {"update_id": 5_000_000, "message": _private_message(world, "谢谢")}
        with pytest.raises(StoreUnavailable):
            await entrance.accept([raw])
        inbox.failing = False
        await entrance.accept([raw])
        await world.wait_for(lambda: "不客气" in (world.messages()[-1].text or ""))


async def test_what_is_no_update_is_skipped(
    world: World, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    """A transport may hand on whatever it was sent."""
    async with running() as application:
        odd: list[Any] = [
            {},
            [],
            None,
            {"update_id": True},
            {"update_id": -1},
            {"update_id": 1 << 70},
        ]
        inbox = application.services.keeping.inbox
        await inbox.accept(odd)
        await said(world, "你好")
    assert len(odd) == caplog.text.count("could not be read and is skipped")


async def test_privacy_says_what_is_kept_and_for_how_long(world: World, running: Running) -> None:
    """In days, or not at all."""
    async with running(retention_days=7):
        assert "7 天" in ((await said(world, "/privacy")).text or "")
    async with running(retention_days=0):
        assert "不保存" in ((await said(world, "/privacy")).text or "")


async def test_a_reader_can_have_it_all_erased(
    world: World, running: Running, address: str | Path, opening: Opening
) -> None:
    """It says how much that was; afterwards nothing of the reader is left, in memory or stored."""
    store = await opening(address)
    async with running(store=store) as application:
        answer = await said(world, ALS)
        await said(world, ABSENT)
        await pressed(world, answer, "👍")
        await application.services.keeping.preferences.set_language(world.reader.id, "zh")

        told = (await said(world, "/forget")).text or ""

        assert told.startswith("已删除：问题记录 2 条，最近的问答 2 条，评价 1 条，语言设置 1 条")
        assert "没有要删的" in ((await said(world, "/forget")).text or "")
        why = await said(world, "/why", reply_to=answer)
        assert "不记得" in (why.text or "")
        assert 0 == (await store.records.statistics(0)).asked


async def test_no_words_are_stored_where_none_are_to_be_kept(
    world: World, running: Running, tmp_path: Path, opening: Opening
) -> None:
    """With BOT_RETENTION_DAYS=0 a follow-up works, and the file holds nothing of the question."""
    path = tmp_path / "store.sqlite3"
    store = await opening(path)
    async with running(store=store, retention_days=0) as application:
        await said(world, ALS)
        await said(world, SHORT)
        await _settled(application)
        assert 2 == (await store.records.statistics(0)).asked
        kept = await store.records.recent(world.private_chat().id, 0)
    await store.close()
    assert [] == kept
    assert b"".join(_escaped(SHORT)) not in path.read_bytes()


def _escaped(text: str) -> list[bytes]:
    return [f"\\u{ord(character):04x}".encode() for character in text]


async def test_statistics_are_for_admins(world: World, running: Running) -> None:
    """A table no wider than a phone; to everybody else the command is unknown."""
    async with running(admin_ids=frozenset({world.reader.id})):
        await said(world, ALS)
        await said(world, ABSENT)
        table = await said(world, "/stats 7")
        assert "没有答出的问题" in (table.text or "")
        assert ABSENT.rstrip("？") in (table.text or "")
        assert ["pre"] == [entity["type"] for entity in table.entities]
    async with running(admin_ids=frozenset({1})):
        assert "我不认识这个命令" in ((await said(world, "/stats")).text or "")


async def test_no_question_is_in_the_log(
    world: World,
    running: Running,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    opening: Opening,
) -> None:
    """Whatever the store does."""
    caplog.set_level("DEBUG")
    store = await opening(tmp_path / "store.sqlite3")
    async with running(store=store):
        await said(world, ABSENT)
        (tmp_path / "store.sqlite3").unlink()
        await said(world, ABSENT)
    await store.close()
    lines = [record for record in caplog.records if record.name.startswith("bot.")]
    assert [] == [record for record in lines if "喜欢吃" in record.getMessage()]


def _private_message(world: World, text: str) -> RawUpdate:
    person = {"id": world.reader.id, "is_bot": False, "first_name": "R", "language_code": "zh"}
    chat = {"id": world.private_chat().id, "type": "private", "first_name": "R"}
    return {"message_id": 99_999, "date": 1, "chat": chat, "from": person, "text": text}
