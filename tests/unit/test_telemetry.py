from __future__ import annotations

import io
import json
import logging
import re
import string
import warnings
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telemetry import REDACTED, Redactor, configure_logging

TOKEN_LETTERS = string.ascii_letters + string.digits + "_-"
TOKENS = st.builds(
    "{}:{}".format,
    st.integers(10_000_000, 9_999_999_999),
    st.text(TOKEN_LETTERS, min_size=30, max_size=40),
)


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """Logging as it was, after each test."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    logging.captureWarnings(False)
    root.handlers[:], root.level = handlers, level


def _logged(level: str = "INFO", secrets: tuple[str, ...] = ()) -> io.StringIO:
    stream = io.StringIO()
    configure_logging(level, secrets, stream)
    return stream


@given(TOKENS, st.text(), st.text())
def test_anything_shaped_like_a_token_is_removed(token: str, before: str, after: str) -> None:
    """Also one nobody told us of, in an address, in whatever text."""
    redact = Redactor()
    for text in (f"{before}{token}{after}", f"https://api.telegram.org/bot{token}/getMe"):
        assert token not in redact(text)


@given(st.text(min_size=4), st.text(), st.text())
def test_a_given_secret_is_removed_whatever_it_looks_like(
    secret: str, before: str, after: str
) -> None:
    """As it is and as `repr` writes it."""
    if secret in REDACTED or REDACTED in secret:
        return
    redact = Redactor([secret])
    assert secret not in redact(before + secret + after).replace(REDACTED, "\0")
    assert repr(secret)[1:-1] not in redact(repr(secret)).replace(REDACTED, "\0")


@given(st.text(TOKEN_LETTERS + "!$&()*+,;=:%~", min_size=1))
def test_a_proxys_password_is_removed(password: str) -> None:
    """From any address, with or without being told of it."""
    said = Redactor()(f"cannot connect to socks5://user:{password}@proxy.example:1080")
    assert f"cannot connect to socks5://{REDACTED}@proxy.example:1080" == said


@pytest.mark.parametrize(
    "text",
    ["2024年10月", "12:30:45", "http://127.0.0.1:8088/page", "a@b.example", "12345:short", "x:y"],
)
def test_plain_text_is_left_alone(text: str) -> None:
    """Times, ports and addresses without a password stay readable."""
    assert text == Redactor(["", "ab"])(text)


def test_secrets_are_removed_from_messages_arguments_and_tracebacks() -> None:
    """Wherever in the record they stand."""
    token = "123456789:" + "A" * 35
    stream = _logged()
    log = logging.getLogger("some.library")
    try:
        int(f"https://api.telegram.org/bot{token}/getMe")
    except ValueError:
        log.exception("failed with %s and %r", token, {"url": token}, stack_info=True)
    written = stream.getvalue()
    assert (False, True) == (token in written, "Traceback" in written)


def test_a_line_has_time_level_and_logger() -> None:
    """One format for all."""
    stream = _logged()
    logging.getLogger("bot.chat").info("hello")
    assert "INFO bot.chat: hello" == stream.getvalue().strip().partition(" ")[2]


@pytest.mark.parametrize("name", ["httpx", "httpcore", "aiohttp"])
def test_http_clients_never_log_their_addresses(name: str) -> None:
    """Not even when everything else logs at DEBUG."""
    stream = _logged("DEBUG")
    logging.getLogger(name).info("HTTP Request: POST ...")
    logging.getLogger(f"{name}.child").debug("...")
    assert "" == stream.getvalue()


def test_warnings_go_to_the_log() -> None:
    """So that they are redacted too."""
    stream = _logged()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("old", UserWarning, stacklevel=1)
    assert "UserWarning: old" in stream.getvalue()


def test_json_is_an_object_a_line() -> None:
    """Time, level, logger and message, and a traceback within its line; no other attribute."""
    stream = io.StringIO()
    configure_logging(stream=stream, log_format="json")
    logging.getLogger("bot.chat").info("渐冻症 %s", "“a”\n", extra={"question": "张毅是谁"})
    try:
        int("x")
    except ValueError:
        logging.getLogger("bot.chat").exception("failed")
    first, second = map(json.loads, stream.getvalue().splitlines())
    assert {"level": "INFO", "logger": "bot.chat", "message": "渐冻症 “a”\n"} == {
        name: value for name, value in first.items() if name != "time"
    }
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}", first["time"])
    assert second["traceback"].endswith("ValueError: invalid literal for int() with base 10: 'x'")


@given(st.text(min_size=4), TOKENS)
def test_no_secret_is_in_json(secret: str, token: str) -> None:
    """In the message, the arguments and the traceback; as it is and as JSON escapes it."""
    if secret in REDACTED or REDACTED in secret or secret.isspace():
        return
    stream = io.StringIO()
    configure_logging(secrets=[secret], stream=stream, log_format="json")
    try:
        int(f"{secret} {token}")
    except ValueError:
        logging.getLogger("some.library").exception("%s and %r of %s", secret, [token], token)
    line = json.loads(stream.getvalue())
    for text in (line["message"], line["traceback"].rpartition("ValueError: ")[2]):
        assert (False, False) == (
            secret in text.replace(REDACTED, "").replace("invalid literal for int()", ""),
            token in text,
        )


def test_an_unknown_level_is_refused() -> None:
    """The settings check it first; this is the last line."""
    with pytest.raises(ValueError, match="LOUD"):
        configure_logging("loud")


def test_libraries_lines_hold_no_traceback_and_no_updates() -> None:
    """PTB logs a given up 429 with a traceback, and a whole batch when one update is odd."""
    stream = _logged()
    try:
        int("x")
    except ValueError:
        logging.getLogger("telegram.ext.AIORateLimiter").exception("given up")
        logging.getLogger("telegram.ext.ExtBot").critical("received %r", "a question")
    written = stream.getvalue()
    assert (False, False) == ("Traceback" in written, "a question" in written)
