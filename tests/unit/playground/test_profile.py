"""Commands and descriptions."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.playground import World

Ask = Callable[..., Awaitable[Any]]


def commands(*names: str) -> list[dict[str, str]]:
    """Return a list of `BotCommand`s."""
    return [{"command": name, "description": name.upper()} for name in names]


async def test_menu_follows_scopes_and_languages(world: World, ask: Ask) -> None:
    """A person sees the closest scope's commands, in their language where there are some."""
    private, groups = {"type": "all_private_chats"}, {"type": "all_group_chats"}
    admins = {"type": "all_chat_administrators"}
    await ask("setMyCommands", commands=commands("start"))
    await ask("setMyCommands", commands=commands("zhongwen"), scope=private, language_code="zh")
    await ask("setMyCommands", commands=commands("group"), scope=groups)
    await ask("setMyCommands", commands=commands("settings"), scope=admins)

    def menu(chat_id: int, user_id: int) -> list[str]:
        found = world.profile.menu(world.chat(chat_id), world.user(user_id))
        return [item["command"] for item in found]

    assert ["zhongwen"] == menu(1001, 1001)
    assert ["start"] == menu(1003, 1003)
    assert ["settings"] == menu(world.group.id, 1002)
    assert ["group"] == menu(world.group.id, 1003)
    await ask("deleteMyCommands", scope=groups)
    assert ["start"] == menu(world.group.id, 1003)
    assert commands("start") == await ask("getMyCommands")


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"commands": commands("Start")}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "a"}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        (
            {"commands": commands("a"), "language_code": "zh-hans"},
            "invalid language code specified",
        ),
    ],
)
async def test_refuses_bad_commands(ask: Ask, parameters: dict[str, object], reason: str) -> None:
    """Commands are lower case, described, and of a two-letter language."""
    assert (400, f"Bad Request: {reason}") == await ask("setMyCommands", **parameters)


async def test_descriptions_fall_back_to_all_languages(ask: Ask) -> None:
    """A language without its own description has the general one."""
    await ask("setMyDescription", description="读报")
    await ask("setMyDescription", description="Reads", language_code="en")
    assert {"description": "Reads"} == await ask("getMyDescription", language_code="en")
    assert {"description": "读报"} == await ask("getMyDescription", language_code="zh")
    assert 400 == (await ask("setMyShortDescription", short_description="x" * 121))[0]
