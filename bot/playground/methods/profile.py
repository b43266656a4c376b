"""The bot's commands, name and descriptions."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.playground.model import Json
from bot.playground.parameters import Parameters
from bot.playground.profile import Commands
from bot.playground.world import World


async def set_my_commands(world: World, parameters: Parameters) -> bool:
    """Set the commands of a scope and language."""
    scope, language = parameters.nested("scope"), parameters.text("language_code")
    world.profile.set_commands(parameters.nested("commands"), scope, language)
    world.announce("commands", {})
    return True


async def delete_my_commands(world: World, parameters: Parameters) -> bool:
    """Forget the commands of a scope and language."""
    world.profile.delete_commands(parameters.nested("scope"), parameters.text("language_code"))
    world.announce("commands", {})
    return True


async def get_my_commands(world: World, parameters: Parameters) -> Commands:
    """Return the commands of a scope and language."""
    return world.profile.commands(parameters.nested("scope"), parameters.text("language_code"))


Setter = Callable[[World, Parameters], Awaitable[bool]]
Getter = Callable[[World, Parameters], Awaitable[Json]]


def _setter(kind: str) -> Setter:
    async def set_text(world: World, parameters: Parameters) -> bool:
        language = parameters.text("language_code")
        world.profile.set_text(kind, parameters.text(kind), language)
        return True

    return set_text


def _getter(kind: str) -> Getter:
    async def get_text(world: World, parameters: Parameters) -> Json:
        return {kind: world.profile.text(kind, parameters.text("language_code"))}

    return get_text


METHODS: dict[str, Callable[[World, Parameters], Awaitable[object]]] = {
    "setMyCommands": set_my_commands,
    "deleteMyCommands": delete_my_commands,
    "getMyCommands": get_my_commands,
    "setMyName": _setter("name"),
    "getMyName": _getter("name"),
    "setMyDescription": _setter("description"),
    "getMyDescription": _getter("description"),
    "setMyShortDescription": _setter("short_description"),
    "getMyShortDescription": _getter("short_description"),
}
