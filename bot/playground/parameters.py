"""The parameters of one Bot API call, however they were sent.

Telegram takes a query string, a form (urlencoded or multipart) or a JSON body; in forms, nested
values are JSON in a string. `Parameters` reads either kind with the same methods.
"""

from __future__ import annotations

import json
import re
from email.parser import BytesHeaderParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl

from bot.playground.errors import bad_request
from bot.playground.model import JsonValue

_BOUNDARY = re.compile(r'boundary="?([^";]+)"?', re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")
_MAX_FIELDS = 200
_NOT_UTF8 = "strings must be encoded in UTF-8"


class Parameters:
    """Typed reading of a call's parameters; each method raises `ApiError` 400 on a bad value."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str, default: str = "") -> str:
        """Return a string; a number sent as JSON is read as its digits."""
        value = self.values.get(name)
        if value is None:
            return default
        if isinstance(value, str):
            return value
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return str(value)
        raise bad_request(f'parameter "{name}" must be a String')

    def integer(self, name: str, default: int = 0) -> int:
        """Return an integer of at most 64 bits."""
        value = self.values.get(name)
        if value is None or value == "":
            return default
        if isinstance(value, str) and re.fullmatch(r"\s*-?[0-9]{1,19}\s*", value):
            value = int(value)
        if type(value) is not int or abs(value) >= 2**63:
            raise bad_request(f'can\'t parse parameter "{name}": expected an Integer')
        return value

    def boolean(self, name: str) -> bool:
        """Return a flag; absent means false."""
        value = self.values.get(name)
        if isinstance(value, str):
            return value.strip().lower() in ("true", "yes", "1")
        return value is True or value == 1

    def file(self, name: str) -> bytes | None:
        """Return an uploaded file's content, or None where there is none under that name."""
        value = self.values.get(name)
        return value if isinstance(value, bytes) else None

    def nested(self, name: str) -> JsonValue:
        """Return a JSON value, or None when it is absent or empty."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        return load_json(value, name) if isinstance(value, str) else value


def load_json(text: str | bytes, name: str) -> JsonValue:
    """Parse JSON from outside.

    Raises:
        ApiError: it is not JSON, is nested too deeply, or holds half a surrogate pair.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise bad_request(f"can't parse {name} JSON object") from None
    escape = b"\\ud" if isinstance(text, bytes) else "\\ud"
    if escape in text.lower():  # type: ignore[operator]  # both are bytes, or both are str
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except (UnicodeEncodeError, RecursionError):
            raise bad_request(_NOT_UTF8) from None
    return value


def parse_parameters(query: bytes, content_type: str, body: bytes) -> Parameters:
    """Read the parameters of a request; those of the body win over those of the query string.

    Raises:
        ApiError: the body cannot be read as what its content type says.
    """
    values: dict[str, Any] = _form(query) if query else {}
    if not body:
        return Parameters(values)
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        values |= _form(body)
    elif kind == "application/json":
        parsed = load_json(body, "request")
        if not isinstance(parsed, dict):
            raise bad_request("can't parse request JSON object: expected an Object")
        values |= parsed
    elif kind == "multipart/form-data":
        values |= _multipart(content_type, body)
    else:
        raise bad_request("unsupported content type of the request body")
    return Parameters(values)


def _form(raw: bytes) -> dict[str, str]:
    try:
        pairs = parse_qsl(
            raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MAX_FIELDS
        )
    except UnicodeDecodeError:
        raise bad_request(_NOT_UTF8) from None
    except ValueError:
        raise bad_request("too many parameters in the request") from None
    return dict(pairs)


def _multipart(content_type: str, body: bytes) -> dict[str, Any]:
    found = _BOUNDARY.search(content_type)
    if found is None:
        raise bad_request("can't parse multipart body: boundary not found")
    delimiter = b"--" + found.group(1).encode("latin-1")
    values: dict[str, Any] = {}
    # The body ends with "--boundary--", so that what comes after the last split is not a part.
    parts = (b"\r\n" + body).split(b"\r\n" + delimiter)
    if len(parts) < 2 or not parts[-1].startswith(b"--") or len(parts) > _MAX_FIELDS:
        raise bad_request("can't parse multipart body")
    for part in parts[1:-1]:
        head, blank, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        header = BytesHeaderParser(policy=HTTP).parsebytes(head + b"\r\n\r\n")
        name = header.get_param("name", header="content-disposition")
        if not blank or not isinstance(name, str):
            raise bad_request("can't parse multipart body: part without a name")
        filename = header.get_filename()
        try:
            # A file stays bytes, under its field's name: later methods (photos) read it there.
            values[name] = content.decode() if filename is None else content
        except UnicodeDecodeError:
            raise bad_request(_NOT_UTF8) from None
    return values


def has_half_surrogates(text: str) -> bool:
    """Tell whether `text` cannot be encoded in UTF-8."""
    return _SURROGATE.search(text) is not None
