"""What people do on the page, posted as JSON: each action returns JSON for the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.playground.errors import bad_request
from bot.playground.feed import page_message
from bot.playground.model import Json
from bot.playground.parameters import Parameters, has_half_surrogates
from bot.playground.traffic import order_fault
from bot.playground.world import World

LANGUAGES = ("zh-hans", "zh-hant", "en")

Action = Callable[[World, Parameters], Json]


def _optional(body: Parameters, name: str) -> int | None:
    return body.integer(name) or None


def _text(body: Parameters, name: str = "text") -> str:
    text = body.text(name)
    if has_half_surrogates(text):
        raise bad_request("strings must be encoded in UTF-8")
    return text


def _send(world: World, body: Parameters) -> Json:
    entities: Any = body.nested("entities")
    message = world.send_text(
        _text(body),
        user_id=_optional(body, "user_id"),
        chat_id=_optional(body, "chat_id"),
        reply_to=_optional(body, "reply_to"),
        entities=entities,
        thread_id=_optional(body, "thread_id"),
    )
    return page_message(message)


def _edit(world: World, body: Parameters) -> Json:
    message = world.edit_text(
        body.integer("message_id"),
        _text(body),
        _optional(body, "chat_id"),
        user_id=_optional(body, "user_id"),
    )
    return page_message(message)


def _press(world: World, body: Parameters) -> Json:
    query_id = world.press(
        body.integer("message_id"),
        data=body.text("data"),
        user_id=_optional(body, "user_id"),
        chat_id=_optional(body, "chat_id"),
    )
    return {"query_id": query_id}


def _start(world: World, body: Parameters) -> Json:
    return page_message(world.start(body.text("payload"), user_id=_optional(body, "user_id")))


def _ask_inline(world: World, body: Parameters) -> Json:
    chat = world.chat(body.integer("chat_id"))
    kind = "supergroup" if chat.user is None else "private"
    query_id = world.inline_query(
        _text(body, "query"),
        user_id=_optional(body, "user_id"),
        offset=_text(body, "offset"),
        chat_type="sender" if kind == "private" and world.bot.id in chat.members else kind,
    )
    return {"query_id": query_id}


def _choose_inline(world: World, body: Parameters) -> Json:
    answer = world.inline.find(body.text("query_id")).answer
    if answer is None:
        raise bad_request("inline query result not found")
    message = world.choose_inline_result(
        answer,
        body.text("result_id"),
        chat_id=_optional(body, "chat_id"),
        thread_id=_optional(body, "thread_id"),
    )
    return page_message(message)


def _language(world: World, body: Parameters) -> Json:
    code = body.text("language_code")
    if code not in LANGUAGES:
        raise bad_request("unknown language_code")
    world.set_language(body.integer("user_id"), code)
    return {}


def _forum(world: World, body: Parameters) -> Json:
    world.open_forum()
    return {}


def _fault(world: World, body: Parameters) -> Json:
    return order_fault(world, body.text("kind"))


ACTIONS: Mapping[str, Action] = {
    "messages": _send,
    "edits": _edit,
    "callbacks": _press,
    "starts": _start,
    "inline-queries": _ask_inline,
    "inline-results": _choose_inline,
    "languages": _language,
    "forum": _forum,
    "faults": _fault,
}
