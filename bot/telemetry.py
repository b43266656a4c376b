"""Logging: as text or as JSON lines, and no secret in it whatever the logger, the arguments or the
traceback.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable
from typing import Any, Literal, TextIO
from urllib.parse import quote

from pythonjsonlogger.json import JsonFormatter

REDACTED = "[redacted]"
"""What stands in the place of a secret."""

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_JSON_NAMES = {
    "asctime": "time",
    "levelname": "level",
    "name": "logger",
    "message": "message",
    "exc_info": "traceback",
    "stack_info": "stack",
}
_DATES = "%Y-%m-%dT%H:%M:%S%z"

# No word boundary in front: in a Bot API address the token follows the letters `bot`.
_TOKEN_SHAPED = re.compile(r"[0-9]{5,}(?::|%3[Aa])[A-Za-z0-9_-]{20,}")
# The password ends at the last @ before the path: unescaped ones are met with.
_USER_INFO = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*://)[^\s/?#'\"]+@")
_SHORTEST_SECRET = 4

# They log addresses, which hold the token, at INFO, or every connection, or what is written to the
# store, at DEBUG.
_NEVER_BELOW_WARNING = (
    *("httpx", "httpcore", "aiohttp", "asyncio", "jieba"),
    *("alembic", "psycopg", "sqlalchemy"),
)
# It logs whole updates and messages at DEBUG.
_NEVER_BELOW_INFO = ("telegram",)


def _without_traceback(record: logging.LogRecord) -> bool:
    """Keep the line alone: a given up 429 is no bug."""
    record.exc_info = None
    return True


def _without_content(record: logging.LogRecord) -> bool:
    """Leave out what people wrote: PTB logs a whole batch when one update in it is odd."""
    if record.levelno >= logging.CRITICAL:
        record.msg, record.args = "Updates could not be read", ()
    return True


def _without_debug(record: logging.LogRecord) -> bool:
    """Leave out every update and answer, which PTB logs at DEBUG."""
    return record.levelno > logging.DEBUG and _without_content(record)


_TIDIED = {
    "telegram.ext.AIORateLimiter": _without_traceback,
    "telegram.ext.ExtBot": _without_debug,
    "telegram.Bot": _without_debug,
    "telegram.ext.Application": lambda record: record.levelno > logging.DEBUG,
}


class Redactor:
    """Removes secrets from text: the given ones, everything shaped like a bot token, and the
    user and password of addresses.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        # A shorter one, such as an empty password, would blot out the log itself.
        known = {secret for secret in secrets if len(secret) >= _SHORTEST_SECRET}
        spellings = known | {quote(secret, safe="") for secret in known}
        spellings |= {repr(secret)[1:-1] for secret in known}
        # Longest first: one secret may begin with another.
        ordered = sorted(spellings, key=lambda spelling: (-len(spelling), spelling))
        self._known = re.compile("|".join(map(re.escape, ordered))) if ordered else None

    def __call__(self, text: str) -> str:
        """`text` without secrets."""
        if self._known is not None:
            text = self._known.sub(REDACTED, text)
        text = _TOKEN_SHAPED.sub(REDACTED, text)
        return _USER_INFO.sub(rf"\g<scheme>{REDACTED}@", text)


class RedactingFormatter(logging.Formatter):
    """A formatter whose whole output (message, arguments, traceback, stack) is redacted."""

    def __init__(self, redact: Redactor) -> None:
        super().__init__(_FORMAT, _DATES)
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """The record as text, without secrets."""
        return self._redact(super().format(record))


class RedactingJsonFormatter(JsonFormatter):
    """One JSON object a line: time, level, logger, message, and with them traceback and stack.

    Redacted before they are escaped, and after; no other attribute of a record is shown.
    """

    def __init__(self, redact: Redactor) -> None:
        shown = ["asctime", "levelname", "name", "message"]
        super().__init__(
            shown, _DATES, rename_fields=_JSON_NAMES, json_ensure_ascii=False, defaults={}
        )
        self._redact = redact

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        """The fields that are shown, without secrets."""
        return {
            name: self._redact(str(log_data[name]))
            for name in _JSON_NAMES.values()
            if log_data.get(name)
        }

    def format(self, record: logging.LogRecord) -> str:
        """The record as a line of JSON, without secrets."""
        return self._redact(super().format(record))


def configure_logging(
    level: str = "INFO",
    secrets: Iterable[str] = (),
    stream: TextIO | None = None,
    *,
    log_format: Literal["text", "json"] = "text",
) -> None:
    """Send all logging, and Python's warnings, to `stream` (standard error by default).

    `secrets` are texts that never appear: the token, a proxy's password. `log_format` is lines of
    text, a traceback on several, or a JSON object a line. Replaces what was configured before.

    Raises:
        ValueError: `level` is no level's name.
    """
    handler = logging.StreamHandler(stream if stream is not None else sys.stderr)
    formatter = RedactingJsonFormatter if log_format == "json" else RedactingFormatter
    handler.setFormatter(formatter(Redactor(secrets)))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.captureWarnings(True)
    for name, tidy in _TIDIED.items():
        logging.getLogger(name).addFilter(tidy)
    for names, least in (
        (_NEVER_BELOW_WARNING, logging.WARNING),
        (_NEVER_BELOW_INFO, logging.INFO),
    ):
        for name in names:
            logging.getLogger(name).setLevel(max(least, logging.getLogger().level))
