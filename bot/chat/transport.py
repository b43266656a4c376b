"""HTTP to the Bot API: PTB's request object on aiohttp, with proxies and honest errors.

docs/adr/0009 says why not PTB's own.
"""

from __future__ import annotations

import json
import re
import ssl
import time
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import aiohttp
import aiohttp_socks
import httpx
from python_socks import parse_proxy_url
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.chat.errors import NotConnected
from bot.chat.options import ChatOptions
from bot.errors import SettingsError

PROXY_SCHEMES = ("http", "socks4", "socks5", "socks5h")
"""The proxies that can be used."""

MAX_ANSWER = 32 * 1024 * 1024
"""Bytes of one answer; a hundred updates are a fraction of it."""

_UPLOAD_SECONDS = 20.0
# What the bot knows of its own message.
_ECHOED = (
    "from", "text", "caption", "entities", "caption_entities", "reply_markup", "reply_to_message",
    "link_preview_options",
)  # fmt: skip
_KEEP_ALIVE_SECONDS = 60.0
_MOST_ADDRESSES = 256
_JSON = {"Content-Type": "application/json"}
_PROXY_FAILURES = (
    aiohttp_socks.ProxyConnectionError,
    aiohttp_socks.ProxyTimeoutError,
    aiohttp_socks.ProxyError,
)
_FAILURES = (OSError, aiohttp.ClientError, *_PROXY_FAILURES)
_METHOD = re.compile(r"[A-Za-z]{1,64}")


class CallObserver(Protocol):
    """Is told of every call."""

    def telegram_call(self, method: str, status: int, seconds: float) -> None:
        """A call was answered with an HTTP status."""

    def telegram_failure(self, kind: str) -> None:
        """A call got no answer: `timed_out` or `network`."""


class BotRequest(BaseRequest):
    """PTB's request object: JSON bodies, an end to every call, and no address in any error.

    `open_session` makes a session inside the event loop it belongs to. Seconds: `read_timeout`
    for an answer to begin or go on, `connect_timeout` for a connection to come about.
    """

    __slots__ = (
        "_addresses", "_connect_timeout", "_observer", "_open_session", "_read_timeout",
        "_session", "_timeouts",
    )  # fmt: skip

    def __init__(
        self,
        open_session: Callable[[], aiohttp.ClientSession],
        *,
        read_timeout: float,
        connect_timeout: float,
        observer: CallObserver | None = None,
    ) -> None:
        self._open_session = open_session
        self._read_timeout = read_timeout
        self._connect_timeout = connect_timeout
        self._observer = observer
        self._session: aiohttp.ClientSession | None = None
        # A bot calls a dozen methods, each again and again.
        self._addresses: dict[str, URL] = {}
        self._timeouts: dict[tuple[float | None, bool], aiohttp.ClientTimeout] = {}

    @property
    def read_timeout(self) -> float:
        """Seconds for an answer; for getUpdates PTB adds the long-poll time."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Nothing yet: the first call opens the session."""

    async def shutdown(self) -> None:
        """Close the session; the next call opens a new one."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one call; the HTTP status and the body.

        Only `read_timeout` may differ from one call to another. The whole call has an end too: a
        server that sends a byte now and then never trips the read timeout.

        Raises:
            TimedOut: no connection, no answer, or not the whole of it, in time.
            NotConnected: there was no connection to send anything on.
            NetworkError: anything else that kept the call from getting an answer.
        """
        del write_timeout, connect_timeout, pool_timeout
        read = self._read_timeout if isinstance(read_timeout, DefaultValue) else read_timeout
        uploads = request_data is not None and request_data.contains_files
        if self._session is None:
            self._session = self._open_session()
        begun = time.perf_counter()
        try:
            async with self._session.request(
                method,
                self._address(url),
                data=None if request_data is None else _body(request_data),
                headers=_JSON if request_data is not None and not uploads else None,
                timeout=self._timeout(read, uploads=uploads),
                # The next address would be somebody else's, and this one holds the token.
                allow_redirects=False,
            ) as response:
                body = await _read(response)
        except _FAILURES as error:
            failure = _named(error)
            if self._observer is not None:
                kind = "timed_out" if isinstance(failure, TimedOut) else "network"
                self._observer.telegram_failure(kind)
            # Without the cause: some of aiohttp's errors quote the address.
            raise failure from None
        if self._observer is not None:
            seconds = time.perf_counter() - begun
            self._observer.telegram_call(_method_name(url), response.status, seconds)
        return response.status, body

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The object in `payload`; of a message that was sent, without what was sent.

        PTB's own logs the whole page with a traceback each time, which fills the log while a
        gateway is down. And it builds objects of every entity and button of the bot's own message
        that Telegram sends back, which takes longer than all else that an answer takes.

        Raises:
            NetworkError: it is no JSON object.
        """
        try:
            parsed = json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            parsed = None
        if not isinstance(parsed, dict):
            raise NetworkError("the answer was no JSON object")
        sent = parsed.get("result")
        if isinstance(sent, dict) and "message_id" in sent:
            for echoed in _ECHOED:
                sent.pop(echoed, None)
        return parsed

    def _address(self, url: str) -> URL:
        address = self._addresses.get(url)
        if address is None:
            if len(self._addresses) >= _MOST_ADDRESSES:
                self._addresses.clear()
            address = self._addresses[url] = URL(url, encoded=True)
        return address

    def _timeout(self, read: float | None, *, uploads: bool) -> aiohttp.ClientTimeout:
        timeout = self._timeouts.get((read, uploads))
        if timeout is None:
            connect = self._connect_timeout
            upload = _UPLOAD_SECONDS if uploads else 0.0
            timeout = aiohttp.ClientTimeout(
                total=None if read is None else connect + upload + read + 1.0,
                # The TLS handshake is part of it. The wait for a free connection is bounded by
                # the total: a timer of its own would be set at every call.
                sock_connect=connect,
                sock_read=read,
                # Timers of whole seconds are aiohttp's default for long timeouts.
                ceil_threshold=float("inf"),
            )
            self._timeouts[(read, uploads)] = timeout
        return timeout


class Encoded:
    """The parameters of a call as the JSON object they are sent as; for PTB's `RequestData`,
    of which there can be no subclass.
    """

    contains_files = False

    def __init__(self, body: bytes) -> None:
        self.body = body


def encode(parameters: Mapping[str, object]) -> bytes:
    """`parameters` as a JSON object; half a character of a pair, as a broken question may hold,
    is no UTF-8 and becomes a question mark.
    """
    return json.dumps(parameters, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "replace"
    )


def _body(request_data: RequestData | Encoded) -> bytes | aiohttp.FormData:
    if isinstance(request_data, Encoded):
        return request_data.body
    if request_data.contains_files:
        form = aiohttp.FormData()
        for name, value in request_data.json_parameters.items():
            form.add_field(name, value)
        for name, (filename, content, mime_type) in request_data.multipart_data.items():
            form.add_field(name, content, filename=filename, content_type=mime_type)
        return form
    return encode(request_data.parameters)


async def _read(response: aiohttp.ClientResponse) -> bytes:
    announced = response.content_length
    if announced is not None and announced <= MAX_ANSWER:
        return await response.read()
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > MAX_ANSWER:
            raise aiohttp.ClientPayloadError
    return bytes(body)


def _named(error: BaseException) -> TelegramError:
    """The error as PTB's families have it; its words never hold the address of the call."""
    match error:
        case aiohttp_socks.ProxyTimeoutError():
            return TimedOut("the proxy did not answer in time")
        case aiohttp_socks.ProxyConnectionError() | aiohttp_socks.ProxyError():
            return NotConnected(f"ProxyError: {error}")
        case aiohttp.ConnectionTimeoutError():
            return TimedOut("no connection in time")
        case TimeoutError():
            return TimedOut("no answer in time")
        case aiohttp.ClientConnectorError():
            return NotConnected(f"ConnectError: {error}")
        case _:
            return NetworkError(f"ReadError: {type(error).__name__}")


def _method_name(url: str) -> str:
    name = url.rpartition("/")[2].partition("?")[0]
    return name if _METHOD.fullmatch(name) else "other"


def build_requests(
    options: ChatOptions, observer: CallObserver | None = None
) -> tuple[BotRequest, BotRequest]:
    """One request object for getUpdates and one for everything else.

    They share no connections, so that a burst of sends never keeps updates from being fetched.
    Both can be shut down and used again. Proxies named by the environment are not used.

    Raises:
        SettingsError: the proxy address cannot be used.
    """
    for_updates, for_all_else = (
        BotRequest(
            _sessions(options, connections),
            read_timeout=options.request_timeout,
            connect_timeout=options.connect_timeout,
            observer=observer,
        )
        for connections in (2, options.concurrent_updates)
    )
    return for_updates, for_all_else


def _sessions(options: ChatOptions, connections: int) -> Callable[[], aiohttp.ClientSession]:
    """A maker of sessions, to be called inside the event loop they belong to."""
    tls: ssl.SSLContext | bool = True
    if options.api_url.startswith("https:"):
        tls = httpx.create_ssl_context()
    proxy_url = _checked_proxy(options.proxy_url)

    def open_session() -> aiohttp.ClientSession:
        connector: aiohttp.TCPConnector
        if proxy_url is None:
            connector = aiohttp.TCPConnector(
                ssl=tls, limit=connections, keepalive_timeout=_KEEP_ALIVE_SECONDS
            )
        else:
            # Names are resolved by the proxy: where one is needed, local answers may be false.
            connector = aiohttp_socks.ProxyConnector.from_url(
                proxy_url,
                rdns=True,
                ssl=tls,
                limit=connections,
                keepalive_timeout=_KEEP_ALIVE_SECONDS,
            )
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": BaseRequest.USER_AGENT},
            skip_auto_headers=("Accept-Encoding",),
        )

    return open_session


def _checked_proxy(url: str | None) -> str | None:
    if not url:
        return None
    scheme, separator, rest = url.strip().partition("://")
    if scheme.lower() not in PROXY_SCHEMES or not separator:
        raise SettingsError(
            f"the proxy must be an address such as {PROXY_SCHEMES[0]}://host:port "
            f"(or {', '.join(PROXY_SCHEMES[1:])})"
        )
    address = f"{scheme.lower().removesuffix('h')}://{rest}"
    try:
        parse_proxy_url(address)
    except ValueError as error:
        # The message of the cause may hold the address with its password.
        raise SettingsError("the proxy address has no usable host and port") from error
    return address
