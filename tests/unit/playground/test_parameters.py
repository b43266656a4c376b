"""Parameters, in each of the ways Telegram takes them."""

from __future__ import annotations

import json

import httpx
import pytest

from bot.playground.errors import ApiError
from bot.playground.parameters import Parameters, parse_parameters

FORM = "application/x-www-form-urlencoded"


def test_reads_query_form_json_and_multipart_alike() -> None:
    """One call means the same however it is sent."""
    built = httpx.Request("POST", "http://x", files={"a": (None, "一"), "n": (None, "5")})
    multipart = built.read(), built.headers["content-type"]
    readings = [
        parse_parameters(b"a=%E4%B8%80&n=5", "", b""),
        parse_parameters(b"", FORM, b"a=%E4%B8%80&n=5"),
        parse_parameters(b"", "application/json; charset=utf-8", '{"a": "一", "n": 5}'.encode()),
        parse_parameters(b"", multipart[1], multipart[0]),
    ]
    assert [("一", 5)] * 4 == [(r.text("a"), r.integer("n")) for r in readings]


def test_multipart_keeps_files_as_bytes() -> None:
    """A file's bytes, line ends included, come through unchanged."""
    data = b"\x89PNG\r\n\x1a\n--\r\n\x00"
    request = httpx.Request("POST", "http://x", files={"photo": ("a.png", data)})
    body = request.read()
    assert data == parse_parameters(b"", request.headers["content-type"], body).values["photo"]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{"),
        ("application/json", b"[]"),
        ("application/json", b"[" * 100_000),
        ("application/json", b'{"a": "\\ud800"}'),
        (FORM, b"a=%FF"),
        (FORM, b"a=\xff"),
        (FORM, b"a=1&" * 1000),
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=b", b"--b\r\nx"),
        ("text/plain", b"x"),
    ],
)
def test_refuses_unreadable_bodies(kind: str, body: bytes) -> None:
    """A body that cannot be read is a 400, whatever is wrong with it."""
    with pytest.raises(ApiError) as caught:
        parse_parameters(b"", kind, body)
    assert 400 == caught.value.error_code


@pytest.mark.parametrize("value", ["x", "1.5", 1.5, True, "9" * 30, 2**63, [1]])
def test_refuses_what_is_not_an_integer(value: object) -> None:
    """Only integers of 64 bits are integers."""
    with pytest.raises(ApiError, match="expected an Integer"):
        Parameters({"n": value}).integer("n")


def test_nested_values_come_as_json_or_as_json_in_a_string() -> None:
    """Forms carry nested values as JSON text."""
    value: dict[str, list[str]] = {"inline_keyboard": []}
    assert value == Parameters({"m": json.dumps(value)}).nested("m")
    assert value == Parameters({"m": value}).nested("m")
    with pytest.raises(ApiError, match="can't parse m JSON"):
        Parameters({"m": "{"}).nested("m")
