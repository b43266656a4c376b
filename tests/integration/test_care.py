"""Care through every surface: one contract, whatever way a message takes."""

from __future__ import annotations

import asyncio
import io
import json
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.chat import QuotingApplication
from bot.cli.ask import Request, to_json, to_text
from bot.playground import World
from bot.playground.model import Message
from bot.retrieval import Quoter
from bot.storage.sql import open_store
from tests.integration.conftest import Running
from tests.integration.talk import ALS, GROUP, READER, count, group_said, labels, said

CRY = "我不想活了"
URGENT = "妈妈快不行了我该怎么办"
GRIEF = "我爸刚走了"

Surface = Callable[[World, str], Awaitable[Message]]


async def _private(world: World, text: str) -> Message:
    return await said(world, text)


async def _group(world: World, text: str) -> Message:
    return await group_said(world, f"@quoting_bot {text}")


async def _command(world: World, text: str) -> Message:
    return await group_said(world, f"/ask {text}")


async def _guest(world: World, text: str) -> Message:
    return await world.wait_for_bot_message(after=world.send_guest(f"@quoting_bot {text}"))


async def _follow_up(world: World, text: str) -> Message:
    answer = await said(world, ALS)
    return await said(world, text, reply_to=answer)


async def _edit(world: World, text: str) -> Message:
    asked = world.send_text(ALS)
    answer = await world.wait_for_bot_message(after=asked)
    before = answer.text
    world.edit_text(asked, text)
    await world.wait_for(lambda: answer.text != before)
    return answer


SURFACES = {
    "private": _private,
    "group": _group,
    "command": _command,
    "guest": _guest,
    "follow-up": _follow_up,
    "edit": _edit,
}


@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES.keys())
async def test_a_cry_for_help_is_answered_with_care_on_every_surface(
    world: World, chat: QuotingApplication, surface: Surface
) -> None:
    """With whom to call, without quotes, and with no button at all."""
    answer = await surface(world, CRY)
    text = answer.text or ""
    assert [True, True, True] == [word in text for word in ("12356", "findahelpline.com", "120")]
    assert ([], []) == (answer.quotes(), labels(answer))


async def test_the_inline_result_of_a_cry_for_help_is_the_readers_own(
    world: World, chat: QuotingApplication
) -> None:
    """One result with the care, kept for nobody else."""
    found = await world.wait_for_inline_answer(world.inline_query(CRY))
    contents = [json.dumps(each.payload(), ensure_ascii=False) for each in found.results]
    assert (1, True, 0) == (len(contents), found.is_personal, found.cache_time)
    assert "12356" in contents[0]


def test_the_command_line_cares_too(quoter: Quoter) -> None:
    """As text, and as a field of the JSON object."""
    answer = quoter.ask(CRY)
    assert "12356" in to_text(answer)
    assert "self_harm" == to_json(Request(CRY), answer)["care"]["distress"]


async def test_each_kind_has_a_reply_of_its_own(world: World, chat: QuotingApplication) -> None:
    """An ambulance first and no crisis line in an emergency; no emergency number in grief."""
    urgent, grief = [(await said(world, text)).text or "" for text in (URGENT, GRIEF)]
    assert (True, False) == ("120" in urgent, "12356" in urgent)
    assert (True, False) == ("12356" in grief, "120\n" in grief or "110" in grief)


async def test_a_question_in_the_same_message_is_answered_after_the_care(
    world: World, chat: QuotingApplication
) -> None:
    """First the person, then the quote."""
    answer = await said(world, f"我不想活了。{ALS}")
    text = answer.text or ""
    assert text.index("12356") < text.index("2024年10月")
    assert ([], 1) == (labels(answer), len(answer.quotes()))


async def test_no_limit_and_no_queue_holds_a_cry_for_help(world: World, running: Running) -> None:
    """The reader has asked too much, the chat's rate is used up, and an answer is under way."""
    async with running(ask_per_user="1/hour", rate_chat=0.05, rate_group=1):
        for _ in range(7):
            world.send_text(f"@quoting_bot {ALS}", chat_id=GROUP)
        begun = time.monotonic()
        asked = world.send_text(f"@quoting_bot {CRY}", chat_id=GROUP)
        answer = await world.wait_for(
            lambda: next(
                (m for m in world.chat(GROUP).history.values() if "12356" in (m.text or "")), None
            )
        )
    assert time.monotonic() - begun < 5
    assert answer is not None
    assert answer.reply_to == asked


async def test_nothing_of_a_cry_for_help_is_kept_but_its_number(
    world: World, running: Running, log: io.StringIO, tmp_path: Path
) -> None:
    """Neither in the store, nor in the log, nor in memory; a question after it leans on nothing."""
    store = await open_store(tmp_path / "store.sqlite3")
    async with running(store=store) as application:
        await said(world, f"{CRY}，只有你了")
        await asyncio.sleep(0.1)
        await application.services.keeping.journal.flush()
        statistics = await store.records.statistics(0)
        exchange = application.services.conversations.latest(READER)
        metrics = application.services.metrics.cries.labels("self_harm")
        counted = metrics._value.get()  # noqa: SLF001 - the client has no other way to read one
    await store.close()
    kept = _bytes_in(tmp_path)
    assert (1, 0, None) == (statistics.distress, statistics.asked, exchange)
    assert (1.0, False) == (counted, CRY in log.getvalue())
    words = "只有你了"
    forms = (words.encode(), words.encode("unicode_escape"), json.dumps(words)[1:-1].encode())
    assert not any(form in kept for form in forms)
    assert 1 == count(world, "sendMessage")


def _bytes_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())
