"""Message entities: checking the bot's, finding those Telegram finds by itself.

Offsets and lengths are UTF-16 units. The patterns follow the matchers of Telegram's own
library (td/telegram/MessageEntity.cpp): a word character next to a mention or a command, and a
Chinese character is one, makes it plain text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from bot.playground.errors import bad_request
from bot.playground.model import Json

FindUser = Callable[[int], Json | None]
"""Returns the Bot API `User` object of an id, or None."""

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_ENTITIES = 100

KINDS = frozenset(
    [
        "mention",
        "hashtag",
        "cashtag",
        "bot_command",
        "url",
        "email",
        "phone_number",
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
        "text_mention",
        "custom_emoji",
        "date_time",
    ]
)
_BLOCKQUOTES = ("blockquote", "expandable_blockquote")
_OPAQUE = ("code", "pre", "text_link", "text_mention", "url", "mention", "hashtag", "bot_command")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

_AUTOMATIC = re.compile(
    r"(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>]))"
    r"|(?P<url>https?://[^\s<>\"，。；、（）「」“”]+[^\s<>\"，。；、（）「」“”.,;:!?)\]']"
    r"|(?<![\w@./-])(?:[A-Za-z0-9-]+\.)+(?:com|org|net|cn|io|me|gov|edu)(?![\w-])(?:/[\w./?=&%#-]*)?)"
    r"|(?P<mention>(?<!\w)@[A-Za-z0-9_]{2,32}(?!\w))"
    r"|(?P<hashtag>(?<![\w#])#(?=\d*[^\W\d])\w{1,256}(?![\w#]))"
)


def utf16_length(text: str) -> int:
    """Return the length of `text` in UTF-16 units, as Telegram counts."""
    return len(text) + sum(char > "\uffff" for char in text)


def automatic_entities(text: str, present: Iterable[Json] = ()) -> list[Json]:
    """Find commands, mentions, addresses and hashtags, outside of opaque `present` entities."""
    if not any(char in text for char in "/@#."):
        return []
    taken = [(e["offset"], e["offset"] + e["length"]) for e in present if e["type"] in _OPAQUE]
    found: list[Json] = []
    for match in _AUTOMATIC.finditer(text):
        start = utf16_length(text[: match.start()])
        length = utf16_length(match.group())
        if not any(start < end and begin < start + length for begin, end in taken):
            found.append({"type": match.lastgroup, "offset": start, "length": length})
    return found


def clean(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Return text and entities as Telegram stores them.

    Control characters become spaces, white space at both ends is dropped and the entities are
    moved with it; those that do not fit together are cut or dropped.

    Raises:
        ApiError: an entity ends outside of the text or inside a surrogate pair.
    """
    text = _CONTROL.sub(" ", text.replace("\r", "") if not entities else text)
    _check_bounds(text, entities)
    left = len(text) - len(text.lstrip())
    stripped = text.strip()
    if entities:
        size = utf16_length(stripped)
        entities = _shifted(entities, utf16_length(text[:left]), size)
        entities = _nested(entities)[:MAX_ENTITIES]
    automatic = automatic_entities(stripped, entities)
    if automatic:
        entities = sorted([*entities, *automatic], key=_order)
    return stripped, entities


def parse_entities(value: object, find_user: FindUser) -> list[Json]:
    """Check the shape of a list of entities that a bot or a page sent.

    Entities that mention a user the world does not know are dropped, as Telegram does.

    Raises:
        ApiError: not a list of entities.
    """
    if value is None:
        return []
    if not isinstance(value, list):
        raise bad_request("can't parse entities: expected an Array of MessageEntity")
    parsed = (_parse_entity(item, find_user) for item in value)
    return [entity for entity in parsed if entity is not None]


def _parse_entity(item: object, find_user: FindUser) -> Json | None:
    if not isinstance(item, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    kind, offset, length = item.get("type"), item.get("offset"), item.get("length")
    if not isinstance(kind, str) or kind not in KINDS:
        raise bad_request("can't parse MessageEntity: unsupported type specified")
    if type(offset) is not int or type(length) is not int:
        raise bad_request("can't parse MessageEntity: offset and length must be Integers")
    if length <= 0:
        return None
    entity: Json = {"type": kind, "offset": offset, "length": length}
    return _with_details(entity, item, find_user)


def _with_details(entity: Json, item: Json, find_user: FindUser) -> Json | None:
    kind = entity["type"]
    if kind == "text_link":
        url = item.get("url")
        if not isinstance(url, str) or not url:
            return None
        entity["url"] = url
    elif kind == "text_mention":
        named = item.get("user")
        user_id = named.get("id") if isinstance(named, dict) else None
        user = find_user(user_id) if isinstance(user_id, int) else None
        if user is None:
            return None
        entity["user"] = user
    elif kind == "pre" and isinstance(item.get("language"), str):
        entity["language"] = item["language"]
    elif kind == "custom_emoji":
        entity["custom_emoji_id"] = str(item.get("custom_emoji_id", ""))
    elif kind == "date_time":
        entity |= {k: item[k] for k in ("unix_time", "date_time_format") if k in item}
    return entity


def _order(entity: Json) -> tuple[int, int]:
    return entity["offset"], -entity["length"]


def _check_bounds(text: str, entities: list[Json]) -> None:
    if not entities:
        return
    size = utf16_length(text)
    units = text.encode("utf-16-le") if size != len(text) else b""
    for entity in entities:
        start, end = entity["offset"], entity["offset"] + entity["length"]
        if start < 0:
            raise bad_request("receive an entity with incorrect offset")
        if end > size:
            raise bad_request(
                f"entity beginning at UTF-16 offset {start} ends after the end of the text "
                f"at UTF-16 offset {size}"
            )
        for place, name in ((start, "begins"), (end, "ends")) if units else ():
            if place < size and 0xDC <= units[2 * place + 1] <= 0xDF:
                raise bad_request(f"entity {name} in a middle of a UTF-16 symbol at {place}")


def _shifted(entities: list[Json], left: int, size: int) -> list[Json]:
    moved = []
    for entity in entities:
        start = min(max(entity["offset"] - left, 0), size)
        end = min(max(entity["offset"] + entity["length"] - left, 0), size)
        if end > start:
            moved.append({**entity, "offset": start, "length": end - start})
    return moved


def _nested(entities: list[Json]) -> list[Json]:
    """Cut crossing entities in two and drop what Telegram does not allow inside another."""
    pending = sorted(entities, key=_order, reverse=True)
    kept: list[Json] = []
    open_: list[Json] = []
    while pending:
        entity = pending.pop()
        start, end = entity["offset"], entity["offset"] + entity["length"]
        while open_ and open_[-1]["offset"] + open_[-1]["length"] <= start:
            open_.pop()
        if open_:
            limit = open_[-1]["offset"] + open_[-1]["length"]
            if end > limit:
                pending.append({**entity, "offset": limit, "length": end - limit})
                pending.sort(key=_order, reverse=True)
                entity = {**entity, "length": limit - start}
            kinds = {outer["type"] for outer in open_}
            quoted = entity["type"] in _BLOCKQUOTES and not kinds.isdisjoint(_BLOCKQUOTES)
            if quoted or kinds & {"code", "pre"} or entity["type"] in kinds:
                continue
        kept.append(entity)
        open_.append(entity)
    return kept
