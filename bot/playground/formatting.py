"""Text with its entities, as a bot sends it."""

from __future__ import annotations

from bot.playground.entities import FindUser, clean, parse_entities, utf16_length
from bot.playground.errors import bad_request
from bot.playground.model import Json, JsonValue
from bot.playground.parameters import has_half_surrogates

Formatted = tuple[str, list[Json]]


def formatted_text(
    raw: str,
    entities: JsonValue,
    parse_mode: str,
    find_user: FindUser,
    limit: int,
    too_long: str,
) -> Formatted:
    """Return text and entities as Telegram stores them; `limit` is in UTF-16 units.

    Raises:
        ApiError: the entities do not fit, or the text is too long (`too_long` is the reason).
    """
    if parse_mode:
        raise bad_request("the playground takes entities, not parse_mode")
    if has_half_surrogates(raw):
        raise bad_request("strings must be encoded in UTF-8")
    marks = parse_entities(entities, find_user) if entities else []
    text, kept = clean(raw, marks) if raw else ("", [])
    if utf16_length(text) > limit:
        raise bad_request(too_long)
    return text, kept
