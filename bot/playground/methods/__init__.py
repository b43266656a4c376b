"""The Bot API methods the playground knows, by lower-case name.

A method is `async (world, parameters) -> result`; the result is JSON, or bytes that are JSON
already. A room for each group of methods: add one here when the bot uses it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.playground.methods import (
    callbacks,
    chats,
    edits,
    files,
    messages,
    profile,
    queries,
    receiving,
)
from bot.playground.parameters import Parameters
from bot.playground.world import World

Method = Callable[[World, Parameters], Awaitable[object]]

METHODS: Mapping[str, Method] = {
    name.lower(): method
    for room in (receiving, messages, edits, files, callbacks, queries, chats, profile)
    for name, method in room.METHODS.items()
}
