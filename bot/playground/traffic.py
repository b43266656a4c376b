"""The raw Bot API traffic as the page shows it, and the failures that can be ordered there."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping

from bot.playground.calls import Call
from bot.playground.errors import NOT_MODIFIED, bad_request
from bot.playground.faults import Faults
from bot.playground.model import Json, JsonValue
from bot.playground.world import World

SHOWN = 100
MAX_SHOWN_TEXT = 6_000
_HEARTBEAT_SECONDS = 15.0
_NOTHING_NEW = b'{"ok":true,"result":[]}'
# A failing poll shows nothing on the page: what the bot does next is what is meant.
_NEXT = "!getUpdates"

_ORDERS: Mapping[str, Callable[[Faults], None]] = {
    "429": lambda faults: faults.next(_NEXT, status=429, retry_after=3),
    "403": lambda faults: faults.next(_NEXT, status=403),
    "400": lambda faults: faults.next(
        "editMessage*", status=400, description=f"Bad Request: {NOT_MODIFIED}"
    ),
    "drop": lambda faults: faults.drop(_NEXT),
    "silence": lambda faults: faults.silence(5.0, _NEXT),
    "clear": lambda faults: faults.clear(),
}


def order_fault(world: World, kind: str) -> Json:
    """Let the next call fail in one of the ways the page offers, or none ("clear")."""
    order = _ORDERS.get(kind)
    if order is None:
        raise bad_request("unknown kind of fault")
    order(world.faults)
    pending = {"pending": world.faults.pending()}
    world.announce("faults", pending)
    return pending


def shown_call(number: int, call: Call) -> Json:
    """Return a call as the page lists it; the token is in none of it."""
    return {
        "number": number,
        "method": call.method,
        "updates": _kinds(call),
        "status": call.status,
        "time": call.time,
        "milliseconds": round(call.duration * 1000),
        "request": _pretty({name: _opened(value) for name, value in call.params.items()}),
        "response": _pretty(call.response) if call.body else "",
    }


async def stream_calls(world: World) -> AsyncIterator[str]:
    """Yield the newest calls as server-sent events, then each new one as it is answered."""
    log, feed = world.call_log, world.feed
    seen = max(0, log.total - SHOWN)
    yield "retry: 1000\n\n"
    while not feed.closed:
        for number, call in log.since(seen):
            seen = number
            if call.body != _NOTHING_NEW:
                yield f"data: {json.dumps(shown_call(number, call), ensure_ascii=False)}\n\n"
        if log.total != seen or feed.closed:
            continue
        try:
            async with asyncio.timeout(_HEARTBEAT_SECONDS):
                await world.changes.wait()
        except TimeoutError:
            yield ": still here\n\n"


def _kinds(call: Call) -> str:
    """Name the updates a poll brought, so that the list tells what came in."""
    answer = call.response if call.method.lower() == "getupdates" and call.ok else None
    if not isinstance(answer, dict):
        return ""
    kinds = [kind for update in answer["result"] for kind in update if kind != "update_id"]
    return ", ".join(dict.fromkeys(kinds))


def _opened(value: JsonValue) -> JsonValue:
    """Decode the JSON that forms carry in strings."""
    if isinstance(value, str) and value[:1] in ("[", "{"):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _pretty(value: JsonValue) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=2)
    if len(text) <= MAX_SHOWN_TEXT:
        return text
    return f"{text[:MAX_SHOWN_TEXT]}\n… ({len(text) - MAX_SHOWN_TEXT} more)"
