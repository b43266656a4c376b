"""Photos: what Telegram takes for one, and those that were sent.

Telegram scales a photo to several sizes; here each size has an id of its own, the measures it
would have, and the bytes of the one file that was uploaded.
"""

from __future__ import annotations

import hashlib
import secrets
import struct
import zlib
from collections import OrderedDict
from dataclasses import dataclass, field

from bot.playground.errors import bad_request
from bot.playground.model import Json

MAX_BYTES = 10 * 1024 * 1024
MAX_SIDES = 10_000
MAX_RATIO = 20
# https://core.telegram.org/api/files#image-thumbnail-types: the boxes s is cut from, m, x, y, w.
_BOXES = (90, 320, 800, 1280, 2560)
_PNG = b"\x89PNG\r\n\x1a\n"
_KEPT_BYTES = 256 * 1024 * 1024
_NOT_FRAMES = (0xC4, 0xC8, 0xCC)


@dataclass(frozen=True, slots=True)
class Photo:
    """An uploaded photo; `kind` is "png" or "jpeg", sides are in pixels."""

    content: bytes
    kind: str
    path: str
    sizes: list[Json] = field(default_factory=list)

    @property
    def media_type(self) -> str:
        """Return the MIME type."""
        return f"image/{self.kind}"


class PhotoStore:
    """The newest photos, found by any of their ids; the oldest go when they are too many."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._photos: OrderedDict[str, Photo] = OrderedDict()
        self._names: dict[str, Photo] = {}
        self._bytes = 0
        self._count = 0

    def add(self, content: bytes) -> Photo:
        """Keep a photo that was uploaded.

        Raises:
            ApiError: Telegram would not take it for a photo.
        """
        kind, width, height = measure(content)
        path = f"photos/file_{self._count}.{'jpg' if kind == 'jpeg' else kind}"
        self._count += 1
        photo = Photo(content, kind, path, _sizes(content, width, height))
        self._photos[path] = photo
        for size in photo.sizes:
            self._names[size["file_id"]] = self._names[size["file_unique_id"]] = photo
        self._bytes += len(content)
        while len(self._photos) > self._limit or self._bytes > _KEPT_BYTES:
            self._forget_oldest()
        return photo

    def by_id(self, file_id: str) -> Photo:
        """Return the photo of a `file_id`; raises `ApiError` 400 for an unknown one."""
        photo = self._names.get(file_id) if file_id.startswith("AgAC") else None
        if photo is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return photo

    def by_unique_id(self, unique_id: str) -> Photo | None:
        """Return the photo of a `file_unique_id`, which says nothing of the bot."""
        return self._names.get(unique_id) if unique_id.startswith("AQAD") else None

    def by_path(self, path: str) -> Photo | None:
        """Return the photo of a path that `getFile` gave."""
        return self._photos.get(path)

    def _forget_oldest(self) -> None:
        _, photo = self._photos.popitem(last=False)
        self._bytes -= len(photo.content)
        for size in photo.sizes:
            self._names.pop(size["file_id"], None)
            if self._names.get(size["file_unique_id"]) is photo:
                del self._names[size["file_unique_id"]]


def measure(content: bytes) -> tuple[str, int, int]:
    """Return kind ("png", "jpeg"), width and height by the file's header.

    Raises:
        ApiError: it is not a picture, or larger than Telegram lets a photo be.
    """
    if not content:
        raise bad_request("file must be non-empty")
    if len(content) > MAX_BYTES:
        raise bad_request(
            f"file of size {len(content)} bytes is too big for a photo; "
            f"the maximum size is {MAX_BYTES} bytes"
        )
    kind = "png" if content.startswith(_PNG) else "jpeg"
    sides = _png_sides(content) if kind == "png" else _jpeg_sides(content)
    if sides is None or 0 in sides:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = sides
    if width + height > MAX_SIDES or max(sides) > MAX_RATIO * min(sides):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return kind, width, height


def plain_png(width: int, height: int, colour: tuple[int, int, int] = (96, 150, 120)) -> bytes:
    """Return a picture of one colour, for people who send one."""

    def chunk(name: bytes, body: bytes) -> bytes:
        checksum = zlib.crc32(name + body)
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", checksum)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + bytes(colour) * width) * height
    return _PNG + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def _png_sides(content: bytes) -> tuple[int, int] | None:
    if len(content) < 33 or content[8:16] != b"\0\0\0\rIHDR":
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _jpeg_sides(content: bytes) -> tuple[int, int] | None:
    """Walk over the segments to the frame header, which holds the measures."""
    if not content.startswith(b"\xff\xd8"):
        return None
    place = 2
    while place + 9 <= len(content):
        if content[place] != 0xFF:
            return None
        marker = content[place + 1]
        if marker == 0xFF:  # a fill byte
            place += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in _NOT_FRAMES:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return width, height
        place += 2 + int.from_bytes(content[place + 2 : place + 4], "big")
    return None


def _sizes(content: bytes, width: int, height: int) -> list[Json]:
    digest = hashlib.sha256(content).hexdigest()
    longest = max(width, height)
    boxes = [box for box in _BOXES if box < longest]
    boxes.append(min(longest, _BOXES[-1]))
    sizes = []
    for number, box in enumerate(dict.fromkeys(boxes)):
        scale = box / longest
        sizes.append(
            {
                "file_id": f"AgAC{secrets.token_urlsafe(42)}",
                "file_unique_id": f"AQAD{digest[:16]}{number}",
                "width": max(1, round(width * scale)),
                "height": max(1, round(height * scale)),
                "file_size": max(1, round(len(content) * scale)),
            }
        )
    sizes[-1]["file_size"] = len(content)
    return sizes
