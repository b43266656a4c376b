"""Photos: what is taken for one, sent, sent again, changed, fetched."""

from __future__ import annotations

import json
import struct
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from bot.playground import World
from bot.playground.errors import ApiError
from bot.playground.model import JsonValue
from bot.playground.photos import MAX_BYTES, PhotoStore, measure, plain_png

Ask = Callable[..., Awaitable[Any]]

PNG = plain_png(800, 400)
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0000b08012c0190010111000000")
MORE = {"inline_keyboard": [[{"text": "更多", "callback_data": "v1:more"}]]}


async def upload(
    world: World, client: httpx.AsyncClient, method: str, files: dict[str, bytes], **data: object
) -> JsonValue:
    """Call a method with files, as a form; the result, or the error's description."""
    fields = {n: v if isinstance(v, str) else json.dumps(v) for n, v in data.items()}
    parts = {name: ("file.png", content, "image/png") for name, content in files.items()}
    answer = (await client.post(f"/bot{world.token}/{method}", data=fields, files=parts)).json()
    return answer["result"] if answer["ok"] else answer["description"]


def sized(width: int, height: int) -> bytes:
    """A PNG whose header tells these sides."""
    return PNG[:16] + struct.pack(">II", width, height) + PNG[24:]


@pytest.mark.parametrize(
    ("content", "measured"),
    [
        (PNG, ("png", 800, 400)),
        (JPEG, ("jpeg", 400, 300)),
        (sized(20, 1), ("png", 20, 1)),
        (sized(5000, 5000), ("png", 5000, 5000)),
    ],
)
def test_pictures_are_measured_by_their_header(
    content: bytes, measured: tuple[str, int, int]
) -> None:
    """PNG and JPEG tell their kind and sides."""
    assert measured == measure(content)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "file must be non-empty"),
        (b"GIF89a" + bytes(40), "IMAGE_PROCESS_FAILED"),
        (PNG[:20], "IMAGE_PROCESS_FAILED"),
        (JPEG[:12], "IMAGE_PROCESS_FAILED"),
        (b"\xff\xd8" + bytes(20), "IMAGE_PROCESS_FAILED"),
        (sized(0, 5), "IMAGE_PROCESS_FAILED"),
        (sized(21, 1), "PHOTO_INVALID_DIMENSIONS"),
        (sized(5000, 5001), "PHOTO_INVALID_DIMENSIONS"),
        (PNG + bytes(MAX_BYTES), "is too big for a photo"),
    ],
)
def test_what_is_no_photo_is_refused(content: bytes, reason: str) -> None:
    """Other files, broken ones, long strips and large files are no photos."""
    with pytest.raises(ApiError, match=reason):
        measure(content)


async def test_an_upload_comes_in_sizes_and_is_sent_again_by_id(
    world: World, client: httpx.AsyncClient, ask: Ask
) -> None:
    """Sizes go up to the picture's own; the id of any sends it again without the file."""
    entities = [{"type": "blockquote", "offset": 0, "length": 2}]
    sent = await upload(
        world,
        client,
        "sendPhoto",
        {"photo": PNG},
        chat_id="1001",
        caption="引文",
        caption_entities=entities,
        reply_markup=MORE,
    )
    assert [(90, 45), (320, 160), (800, 400)] == [
        (size["width"], size["height"]) for size in sent["photo"]
    ]
    assert (entities, MORE) == (sent["caption_entities"], sent["reply_markup"])
    assert ["引文"] == world.messages()[0].quotes()
    file_id = sent["photo"][-1]["file_id"]
    again = await ask("sendPhoto", chat_id=1001, photo=file_id)
    assert file_id == again["photo"][-1]["file_id"]
    assert "caption" not in again


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({}, "there is no photo in the request"),
        ({"photo": 5}, "wrong file identifier/HTTP URL specified"),
        ({"photo": "AgACx"}, "wrong file identifier/HTTP URL specified"),
        ({"photo": "https://example.org/a.png"}, "failed to get HTTP URL content"),
        ({"photo": "attach://x"}, "attached file not found"),
        ({"photo": "AgACx", "caption": "字" * 1025}, "message caption is too long"),
    ],
)
async def test_refuses_what_telegram_refuses(
    world: World, ask: Ask, parameters: dict[str, object], reason: str
) -> None:
    """A photo that is not there, or has too much to say, is not sent."""
    refused = await ask("sendPhoto", chat_id=1001, **parameters)
    assert (400, f"Bad Request: {reason}") == refused
    assert [] == world.messages()


async def test_files_are_fetched_with_the_token(
    world: World, client: httpx.AsyncClient, ask: Ask
) -> None:
    """A file has a path for the bot; the page has an address of its own, without the token."""
    size = world.send_photo(PNG).photo[0]
    file = await ask("getFile", file_id=size["file_id"])
    fetched = await client.get(f"/file/bot{world.token}/{file['file_path']}")
    assert (PNG, "image/png") == (fetched.content, fetched.headers["content-type"])
    assert 401 == (await client.get(f"/file/bot1:AA/{file['file_path']}")).status_code
    assert 404 == (await client.get(f"/file/bot{world.token}/photos/x.png")).status_code
    shown = await client.get(f"/playground/photos/{size['file_unique_id']}")
    assert (PNG, "nosniff") == (shown.content, shown.headers["x-content-type-options"])
    assert 404 == (await client.get("/playground/photos/AQADx")).status_code
    assert (400, "Bad Request: invalid file_id") == await ask("getFile", file_id="AgACx")
    assert (400, "Bad Request: file_id not specified") == await ask("getFile")


async def test_captions_are_edited(world: World, client: httpx.AsyncClient, ask: Ask) -> None:
    """A caption is replaced, taken away, and not replaced by itself."""
    sent = await upload(
        world, client, "sendPhoto", {"photo": PNG}, chat_id="1001", caption="一", reply_markup=MORE
    )
    there = {"chat_id": 1001, "message_id": sent["message_id"]}
    edited = await ask("editMessageCaption", **there, caption="二", reply_markup=MORE)
    assert ("二", sent["photo"]) == (edited["caption"], edited["photo"])
    code, reason = await ask("editMessageCaption", **there, caption="二", reply_markup=MORE)
    assert (400, True) == (code, "message is not modified" in reason)
    await ask("editMessageReplyMarkup", **there)
    assert [] == world.messages()[0].inline_keyboard
    assert "caption" not in await ask("editMessageCaption", **there)
    text = await ask("sendMessage", chat_id=1001, text="字")
    assert (400, "Bad Request: there is no caption in the message to edit") == await ask(
        "editMessageCaption", chat_id=1001, message_id=text["message_id"], caption="x"
    )
    assert (400, "Bad Request: there is no text in the message to edit") == await ask(
        "editMessageText", **there, text="x"
    )


async def test_media_are_replaced(world: World, client: httpx.AsyncClient, ask: Ask) -> None:
    """Another photo, attached or sent before, takes the place of the first, or of a text."""
    first = world.send_photo(JPEG).photo[-1]["file_id"]
    sent = await ask("sendMessage", chat_id=1001, text="请稍候", reply_markup=MORE)
    there = {"chat_id": 1001, "message_id": sent["message_id"]}
    edited = await upload(
        world,
        client,
        "editMessageMedia",
        {"card": PNG},
        chat_id="1001",
        message_id=str(sent["message_id"]),
        media={"type": "photo", "media": "attach://card", "caption": "图"},
    )
    assert ("图", 800) == (edited["caption"], edited["photo"][-1]["width"])
    assert "text" not in edited
    assert "reply_markup" not in edited
    edited = await ask("editMessageMedia", **there, media={"type": "photo", "media": first})
    assert 400 == edited["photo"][-1]["width"]
    again = await ask("editMessageMedia", **there, media={"type": "photo", "media": first})
    assert 400 == again[0]
    for media in (None, {"type": "video", "media": first}):
        assert 400 == (await ask("editMessageMedia", **there, media=media))[0]


async def test_the_log_holds_no_files(world: World, client: httpx.AsyncClient) -> None:
    """An upload is noted by its size."""
    await upload(world, client, "sendPhoto", {"photo": PNG}, chat_id="1001")
    assert f"<{len(PNG)} bytes>" == world.calls[-1].params["photo"]


def test_old_photos_are_forgotten() -> None:
    """The store is bounded; the same bytes keep one unique id while any copy is there."""
    store = PhotoStore(limit=2)
    first, second = store.add(PNG), store.add(PNG)
    unique = second.sizes[-1]["file_unique_id"]
    assert first.sizes[-1]["file_unique_id"] == unique
    store.add(JPEG)
    with pytest.raises(ApiError, match="wrong file identifier"):
        store.by_id(first.sizes[-1]["file_id"])
    assert second is store.by_unique_id(unique)
    assert second is store.by_path(second.path)
