"""The webhook's end: one update a POST, taken charge of before it is acknowledged."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from http import HTTPStatus
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from bot.chat.intake import Intake
from bot.errors import StoreUnavailable
from bot.metrics import Metrics

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header

MAX_BODY = 1024 * 1024
"""Bytes of one update; Telegram's are a few thousand."""

READ_SECONDS = 10.0
"""How long the sending of one update may take."""

ACCEPT_SECONDS = 10.0
"""How long taking charge of one may; Telegram keeps and repeats what took longer."""

_CLOSE_SECONDS = 0.5
# Whoever is refused may have more to send, which nobody will read.
_CLOSING = {"connection": "close"}
_HEADERS: dict[HTTPStatus, dict[str, str]] = {
    HTTPStatus.OK: {},
    HTTPStatus.SERVICE_UNAVAILABLE: {"retry-after": "1"},
}
_MOST_ID = 2**63 - 1


class _Refused(Exception):
    """The request is answered with this status."""

    def __init__(self, status: HTTPStatus) -> None:
        self.status = status
        super().__init__(status.phrase)


class UpdateReceiver:
    """Answers Telegram's POSTs; everything but 200 lets Telegram keep the update and repeat it.

    403: the secret is wrong. 413: the body is too long. 408: it came too slowly. 400: it is no
    update. 503: closed, or the store is down; 500: a bug. The secret is looked at first, and
    without it nothing is read.
    """

    def __init__(self, intake: Intake, secret: str, metrics: Metrics) -> None:
        self._intake = intake
        self._secret = secret.encode()
        self._metrics = metrics
        self._open = False
        self._busy = 0
        self._idle = asyncio.Event()
        self._idle.set()

    def open(self) -> None:
        """Take updates from now on."""
        self._open = True

    async def close(self) -> None:
        """Take no more; returns when those under way are taken, or soon."""
        self._open = False
        try:
            async with asyncio.timeout(_CLOSE_SECONDS):
                await self._idle.wait()
        except TimeoutError:
            log.warning("%d updates were still being taken", self._busy)

    async def receive(self, request: Request) -> Response:
        """Answer one POST."""
        self._busy += 1
        self._idle.clear()
        try:
            status = await self._outcome(request)
        finally:
            self._busy -= 1
            if not self._busy:
                self._idle.set()
        self._metrics.webhook_request(status)
        return Response(status_code=status, headers=_HEADERS.get(status, _CLOSING))

    async def _outcome(self, request: Request) -> HTTPStatus:
        try:
            self._check_secret(request)
            if not self._open:
                return HTTPStatus.SERVICE_UNAVAILABLE
            update = _parsed(await _body(request))
            async with asyncio.timeout(ACCEPT_SECONDS):
                await self._intake.accept([update])
        except _Refused as refused:
            return refused.status
        except ClientDisconnect:
            return HTTPStatus.BAD_REQUEST
        except (StoreUnavailable, TimeoutError) as error:
            reason = str(error) or type(error).__name__
            log.warning("an update is left with Telegram: %s", reason)
            return HTTPStatus.SERVICE_UNAVAILABLE
        except Exception as error:  # noqa: BLE001 - to Telegram any bug is a 500
            # Without its words: they may be a reader's.
            log.error("an update was not taken: %s", type(error).__name__)  # noqa: TRY400
            return HTTPStatus.INTERNAL_SERVER_ERROR
        return HTTPStatus.OK

    def _check_secret(self, request: Request) -> None:
        given = request.headers.get(SECRET_HEADER, "").encode("latin-1", "replace")
        if not hmac.compare_digest(given, self._secret):
            raise _Refused(HTTPStatus.FORBIDDEN)


async def _body(request: Request) -> bytes:
    announced = request.headers.get("content-length", "0")
    if "content-length" in request.headers and "transfer-encoding" in request.headers:
        # Two lengths: a proxy in front may go by the other one.
        raise _Refused(HTTPStatus.BAD_REQUEST)
    if not announced.isdecimal() or int(announced) > MAX_BODY:
        raise _Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    body = bytearray()
    try:
        async with asyncio.timeout(READ_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > MAX_BODY:
                    raise _Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    except TimeoutError:
        raise _Refused(HTTPStatus.REQUEST_TIMEOUT) from None
    return bytes(body)


def _parsed(body: bytes) -> dict[str, Any]:
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        raise _Refused(HTTPStatus.BAD_REQUEST) from None
    number = update.get("update_id") if isinstance(update, dict) else None
    if type(number) is not int or not 0 <= number <= _MOST_ID:
        raise _Refused(HTTPStatus.BAD_REQUEST)
    return dict(update)
