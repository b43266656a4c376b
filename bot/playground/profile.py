"""What the bot says about itself: commands by scope and language, descriptions, name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from bot.playground.errors import bad_request
from bot.playground.model import Chat, Json, JsonValue, User

TEXT_LIMITS = {"name": 64, "description": 512, "short_description": 120}
MAX_COMMANDS = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_BARE_SCOPES = {
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
}
_CHAT_SCOPES = {"chat", "chat_administrators", "chat_member"}

Commands = list[dict[str, str]]


class Profile:
    """The bot's commands and texts; a language without its own has those of the empty one."""

    def __init__(self, name: str) -> None:
        self._commands: dict[tuple[str, str], Commands] = {}
        self._texts: dict[tuple[str, str], str] = {("name", ""): name}

    def set_commands(self, value: JsonValue, scope: JsonValue, language: str) -> None:
        """Replace the commands of a scope and language; raises `ApiError` 400 on a bad one."""
        if not isinstance(value, list) or len(value) > MAX_COMMANDS:
            raise bad_request("can't parse commands: expected an Array of BotCommand")
        commands = [_parse_command(item) for item in value]
        self._commands[_scope_key(scope), check_language(language)] = commands

    def delete_commands(self, scope: JsonValue, language: str) -> None:
        """Forget the commands of a scope and language."""
        self._commands.pop((_scope_key(scope), check_language(language)), None)

    def commands(self, scope: JsonValue, language: str) -> Commands:
        """Return exactly what was set for a scope and language."""
        return self._commands.get((_scope_key(scope), check_language(language)), [])

    def menu(self, chat: Chat, user: User) -> Commands:
        """Return the commands a user sees in a chat, by Telegram's order of scopes."""
        language = (user.language_code or "").partition("-")[0].lower()
        for scope in _scopes(chat, user):
            key = _scope_key(scope)
            for code in (language, ""):
                if self._commands.get((key, code)):
                    return self._commands[key, code]
        return []

    def set_text(self, kind: str, text: str, language: str) -> None:
        """Set a `name`, `description` or `short_description`; an empty one is forgotten."""
        if len(text) > TEXT_LIMITS[kind]:
            raise bad_request(f"{kind.replace('_', ' ')} is too long")
        self._texts[kind, check_language(language)] = text

    def text(self, kind: str, language: str) -> str:
        """Return a text in a language, else the one for all languages."""
        own = self._texts.get((kind, check_language(language)))
        return own or self._texts.get((kind, ""), "")


def check_language(code: str) -> str:
    """Return a two-letter language code or the empty one; raises `ApiError` 400 otherwise."""
    if code and not _LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code


def _parse_command(item: JsonValue) -> dict[str, str]:
    if not isinstance(item, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    command, description = item.get("command"), item.get("description")
    name = command.removeprefix("/") if isinstance(command, str) else ""
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not isinstance(description, str) or not 1 <= len(description.strip()) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description.strip()}


def _scope_key(scope: JsonValue) -> str:
    if scope is None:
        return '{"type": "default"}'
    kind = scope.get("type") if isinstance(scope, dict) else None
    if not isinstance(kind, str):
        kind = None
    if kind in _BARE_SCOPES:
        return json.dumps({"type": kind})
    if kind in _CHAT_SCOPES and isinstance(scope.get("chat_id"), (int, str)):
        key: Json = {"type": kind, "chat_id": str(scope["chat_id"])}
        if kind == "chat_member":
            key["user_id"] = str(scope.get("user_id"))
        return json.dumps(key)
    raise bad_request("can't parse BotCommandScope: unsupported type specified")


def _scopes(chat: Chat, user: User) -> Iterator[Json]:
    here = {"chat_id": chat.id}
    if chat.type == "private":
        yield {"type": "chat", **here}
        yield {"type": "all_private_chats"}
    else:
        admin = chat.members.get(user.id) in ("creator", "administrator")
        yield {"type": "chat_member", **here, "user_id": user.id}
        if admin:
            yield {"type": "chat_administrators", **here}
        yield {"type": "chat", **here}
        if admin:
            yield {"type": "all_chat_administrators"}
        yield {"type": "all_group_chats"}
    yield {"type": "default"}
