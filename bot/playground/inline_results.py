"""What a bot may offer in answer to an inline or guest query: articles, and photos it has sent."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.playground.entities import MAX_CAPTION, MAX_TEXT, FindUser
from bot.playground.errors import bad_request
from bot.playground.formatting import formatted_text
from bot.playground.keyboards import parse_reply_markup
from bot.playground.model import Json, JsonValue
from bot.playground.parameters import Parameters
from bot.playground.photos import PhotoStore

MAX_RESULTS = 50
MAX_ID_BYTES = 64
MAX_START_PARAMETER = 64
_START_PARAMETER = re.compile(r"[A-Za-z0-9_-]*")
_PREFIX = "can't parse InlineQueryResult: "


@dataclass(frozen=True, slots=True)
class InlineResult:
    """One result: what the list shows of it, and the message that choosing it sends.

    `message` holds `Message` fields: text and entities, or caption, caption_entities and extra.
    """

    id: str
    kind: str
    title: str
    description: str
    message: Json = field(default_factory=dict)
    reply_markup: Json | None = None

    def payload(self) -> Json:
        """Return what a page shows of it."""
        body: Json = {"id": self.id, "title": self.title, "description": self.description}
        photo = self.message.get("extra", {}).get("photo")
        return {**body, "photo": photo} if photo else body


class ResultParser:
    """Checks results as Telegram does; each method raises `ApiError` 400 on a bad one."""

    def __init__(self, find_user: FindUser, photos: PhotoStore) -> None:
        self._find_user = find_user
        self._photos = photos

    def several(self, value: JsonValue) -> list[InlineResult]:
        """Return up to 50 results with ids of their own."""
        if not isinstance(value, list):
            raise bad_request("can't parse inline query results: expected an Array")
        if len(value) > MAX_RESULTS:
            raise bad_request("too many inline query results specified")
        results = [self.one(item) for item in value]
        if len({result.id for result in results}) != len(results):
            raise bad_request("RESULT_ID_DUPLICATE")
        return results

    def one(self, value: JsonValue) -> InlineResult:
        """Return one result."""
        if not isinstance(value, dict):
            raise bad_request(f"{_PREFIX}expected an Object")
        item = Parameters(value)
        result_id = item.text("id")
        if not result_id:
            raise bad_request("RESULT_ID_EMPTY")
        if len(result_id.encode(errors="replace")) > MAX_ID_BYTES:
            raise bad_request("RESULT_ID_INVALID")
        kind = item.text("type")
        if kind == "article":
            title, message = self._article(item)
        elif kind == "photo" and "photo_file_id" in item:
            title, message = item.text("title"), self._photo(item)
        else:
            raise bad_request(f"{_PREFIX}the playground takes articles and cached photos")
        markup = parse_reply_markup(item.nested("reply_markup"))
        if markup is not None and "inline_keyboard" not in markup:
            raise bad_request(f"{_PREFIX}inline keyboard expected")
        return InlineResult(result_id, kind, title, item.text("description"), message, markup)

    def _article(self, item: Parameters) -> tuple[str, Json]:
        title = item.text("title").strip()
        if not title:
            raise bad_request("ARTICLE_TITLE_EMPTY")
        content = item.nested("input_message_content")
        if not isinstance(content, dict):
            raise bad_request(f"{_PREFIX}input message content is not specified")
        return title, self._text(Parameters(content))

    def _text(self, content: Parameters) -> Json:
        if "message_text" not in content:
            raise bad_request(f"{_PREFIX}the playground takes InputTextMessageContent")
        text, entities = formatted_text(
            content.text("message_text"),
            content.nested("entities"),
            content.text("parse_mode"),
            self._find_user,
            MAX_TEXT,
            "MESSAGE_TOO_LONG",
        )
        if not text:
            raise bad_request("message text is empty")
        return {"text": text, "entities": entities}

    def _photo(self, item: Parameters) -> Json:
        content = item.nested("input_message_content")
        if isinstance(content, dict):
            return self._text(Parameters(content))
        photo = self._photos.by_id(item.text("photo_file_id"))
        caption, entities = formatted_text(
            item.text("caption"),
            item.nested("caption_entities"),
            item.text("parse_mode"),
            self._find_user,
            MAX_CAPTION,
            "MEDIA_CAPTION_TOO_LONG",
        )
        fields: Json = {"extra": {"photo": photo.sizes}}
        return {**fields, "caption": caption, "caption_entities": entities} if caption else fields


def parse_button(value: JsonValue) -> Json | None:
    """Check an `InlineQueryResultsButton`; raises `ApiError` 400 on a bad one."""
    if value is None:
        return None
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        raise bad_request('can\'t parse InlineQueryResultsButton: field "text" expected')
    if not value["text"].strip():
        raise bad_request("can't parse InlineQueryResultsButton: text must be non-empty")
    if isinstance(value.get("web_app"), dict):
        return value
    parameter = value.get("start_parameter")
    if not isinstance(parameter, str):
        raise bad_request("can't parse InlineQueryResultsButton: no action specified")
    check_start_parameter(parameter, empty_allowed=False)
    return value


def check_start_parameter(parameter: str, *, empty_allowed: bool) -> None:
    """Let up to 64 of A-Z, a-z, 0-9, _ and - pass; raises `ApiError` 400 otherwise."""
    if not parameter and not empty_allowed:
        raise bad_request("can't use empty start_parameter")
    if len(parameter) > MAX_START_PARAMETER:
        raise bad_request("too long start_parameter specified")
    if not _START_PARAMETER.fullmatch(parameter):
        raise bad_request("unallowed characters in start_parameter are used")
