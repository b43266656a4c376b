"""Reply markup: checking what a bot sent."""

from __future__ import annotations

from typing import Any

from bot.playground.errors import bad_request
from bot.playground.model import Json, JsonValue

MAX_CALLBACK_DATA = 64
MAX_COPY_TEXT = 256
MAX_INLINE_QUERY = 256
MAX_BUTTONS = 100
_ACTIONS = (
    "callback_data",
    "url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "login_url",
    "web_app",
    "callback_game",
    "pay",
)
_CHAT_KINDS = ("allow_user_chats", "allow_bot_chats", "allow_group_chats", "allow_channel_chats")
_URL_SCHEMES = ("http://", "https://", "tg://", "ton://")


def parse_reply_markup(value: JsonValue) -> Json | None:
    """Check any kind of reply markup and return it, or None for an empty one.

    Raises:
        ApiError: it is not a keyboard that Telegram would take.
    """
    if value is None or value == {}:
        return None
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in value:
        return _inline(value["inline_keyboard"])
    if "keyboard" in value:
        return _reply(value)
    if value.get("remove_keyboard") is True or value.get("force_reply") is True:
        return value
    raise bad_request("can't parse reply keyboard markup JSON object")


def _rows(value: JsonValue, name: str) -> list[list[Any]]:
    if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
        raise bad_request(f'field "{name}" of the ReplyMarkup must be an Array of Arrays')
    if sum(map(len, value)) > MAX_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return [row for row in value if row]


def _inline(value: JsonValue) -> Json | None:
    rows = [[_inline_button(item) for item in row] for row in _rows(value, "inline_keyboard")]
    return {"inline_keyboard": rows} if rows else None


def _label(item: JsonValue, kind: str) -> str:
    text = item.get("text") if isinstance(item, dict) else None
    if not isinstance(text, str):
        raise bad_request(f'can\'t parse {kind} button: field "text" must be of type String')
    if not text.strip():
        raise bad_request(f"can't parse {kind} button: text must be non-empty")
    return text


def _inline_button(item: JsonValue) -> Json:
    _label(item, "inline keyboard")
    actions = [name for name in _ACTIONS if name in item]
    if not actions:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        raise bad_request("can't parse inline keyboard button: exactly one action is allowed")
    button: Json = dict(item)
    _check_switch(item)
    data, url, copied = item.get("callback_data"), item.get("url"), item.get("copy_text")
    if "callback_data" in item and (
        not isinstance(data, str) or not 1 <= len(data.encode()) <= MAX_CALLBACK_DATA
    ):
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in item and (not isinstance(url, str) or not url.startswith(_URL_SCHEMES)):
        raise bad_request("BUTTON_URL_INVALID")
    if "copy_text" in item:
        text = copied.get("text") if isinstance(copied, dict) else None
        if not isinstance(text, str) or not 1 <= len(text) <= MAX_COPY_TEXT:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return button


def _check_switch(item: Json) -> None:
    for name in ("switch_inline_query", "switch_inline_query_current_chat"):
        if name in item:
            _check_query(item[name], name)
    name = "switch_inline_query_chosen_chat"
    if name in item:
        chosen = item[name]
        if not isinstance(chosen, dict):
            raise bad_request(f'field "{name}" must be of type Object')
        _check_query(chosen.get("query", ""), name)
        if not any(chosen.get(kind) is True for kind in _CHAT_KINDS):
            raise bad_request("at least one chat type must be allowed")


def _check_query(query: JsonValue, name: str) -> None:
    if not isinstance(query, str):
        raise bad_request(f'field "{name}" must be of type String')
    if len(query) > MAX_INLINE_QUERY:
        raise bad_request("BUTTON_DATA_INVALID")


def _reply(value: Json) -> Json:
    rows = [
        [{"text": item} if isinstance(item, str) else item for item in row]
        for row in _rows(value["keyboard"], "keyboard")
    ]
    if not rows:
        raise bad_request("reply markup must have at least one button")
    for row in rows:
        for item in row:
            _label(item, "keyboard")
    return {**value, "keyboard": rows}
