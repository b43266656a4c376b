from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from bot.playground import World
from tests.integration.conftest import Running
from tests.integration.talk import count, said

SETTERS = ("setMyCommands", "setMyDescription", "setMyShortDescription")
LAST = "getMyShortDescription"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything of note that the bot logs while the test runs."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setLevel(logging.WARNING)
    logging.getLogger("bot").addHandler(handler)
    yield stream
    logging.getLogger("bot").removeHandler(handler)


def _sets(world: World) -> list[tuple[str, str, str]]:
    """What was set, for which scope and language."""
    found = []
    for call in world.calls:
        if call.method in SETTERS:
            scope: Any = call.params.get("scope") or {}
            scope = json.loads(scope) if isinstance(scope, str) else scope
            language = str(call.params.get("language_code") or "")
            found.append((call.method, str(scope.get("type", "")), language))
    return found


async def test_commands_and_descriptions_are_set_by_scope_and_language(
    world: World, running: Running
) -> None:
    """English for all, Chinese for Chinese apps; admins have /settings in their menu."""
    scopes = ("all_private_chats", "all_group_chats", "all_chat_administrators")
    expected = [
        each
        for code in ("", "zh")
        for each in (
            *(("setMyCommands", scope, code) for scope in scopes),
            ("setMyDescription", "", code),
            ("setMyShortDescription", "", code),
        )
    ]
    async with running():
        await world.wait_for(lambda: len(_sets(world)) == len(expected))
        admin = world.profile.menu(world.group, world.user(1002))
        reader = world.profile.menu(world.group, world.reader)
    assert expected == _sets(world)
    has_settings = ["settings" in [each["command"] for each in menu] for menu in (admin, reader)]
    assert [True, False] == has_settings
    texts = [world.profile.text("short_description", code) for code in ("", "zh")]
    assert ["Answers with", "用《让中国细胞治疗"] == [texts[0][:12], texts[1][:9]]


async def test_what_is_there_already_is_not_set_again(world: World, running: Running) -> None:
    """A second start asks, and changes nothing; one that finds a change mends that alone."""
    async with running():
        await world.wait_for(lambda: len(_sets(world)) == 10)
    async with running():
        await world.wait_for(lambda: count(world, LAST) == 4)
        await said(world, "谢谢")
    assert 10 == len(_sets(world))
    world.profile.set_text("description", "something else", "zh")
    async with running():
        await world.wait_for(lambda: len(_sets(world)) == 11)
        await world.wait_for(lambda: count(world, LAST) == 6)
    assert ("setMyDescription", "", "zh") == _sets(world)[-1]


async def test_an_older_server_is_no_error(
    world: World, running: Running, log: io.StringIO
) -> None:
    """Methods it does not know are passed over, the others are used."""
    for method in ("getMyDescription", "getMyShortDescription"):
        world.faults.next(method, status=404, times=2)
    async with running():
        await world.wait_for(lambda: len(_sets(world)) == 6)
        await world.wait_for(lambda: count(world, LAST) == 2)
        await said(world, "谢谢")
    assert ({"setMyCommands"}, "") == ({method for method, _, _ in _sets(world)}, log.getvalue())


async def test_a_server_that_is_not_reached_is_left_alone(
    world: World, running: Running, log: io.StringIO
) -> None:
    """One try; the bot serves without its menus."""
    world.faults.drop("getMyCommands")
    async with running():
        await world.wait_for(lambda: count(world, "getMyCommands"))
        await said(world, "谢谢")
    assert (1, [], "") == (count(world, "getMyCommands"), _sets(world), log.getvalue())
