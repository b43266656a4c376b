"""HTTP to the Bot API: PTB's request object on aiohttp, with proxies and honest errors."""

from __future__ import annotations

import asyncio
import contextlib
import json
import ssl
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import aiohttp
import aiohttp_socks
import httpx
from httpx_aiohttp import AiohttpTransport
from python_socks import parse_proxy_url
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, HTTPXRequest, RequestData

from bot.chat.options import ChatOptions
from bot.errors import SettingsError

PROXY_SCHEMES = ("http", "socks4", "socks5", "socks5h")
"""The proxies that can be used."""

_UPLOAD_SECONDS = 20.0
# What the bot knows of its own message.
_ECHOED = ("text", "caption", "entities", "caption_entities", "reply_markup", "reply_to_message")
_KEEP_ALIVE_SECONDS = 60.0


class BotRequest(HTTPXRequest):
    """PTB's request object with an end to every call, and quiet about pages that are not JSON."""

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
        """See `HTTPXRequest.do_request`.

        Raises:
            TimedOut: the whole call took longer than its parts may: a server that sends a byte
                now and then never trips the read timeout.
            NetworkError: anything else that kept the call from getting an answer.
        """
        read = self.read_timeout if isinstance(read_timeout, DefaultValue) else read_timeout
        connect = self._client.timeout.connect
        upload = _UPLOAD_SECONDS if request_data and request_data.contains_files else 0.0
        deadline = None if read is None or connect is None else connect + upload + read + 1.0
        try:
            async with asyncio.timeout(deadline):
                return await super().do_request(
                    url,
                    method,
                    request_data,
                    read_timeout,
                    write_timeout,
                    connect_timeout,
                    pool_timeout,
                )
        except TimeoutError:
            raise TimedOut from None

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
        except ValueError:
            parsed = None
        if not isinstance(parsed, dict):
            raise NetworkError("the answer was no JSON object")
        sent = parsed.get("result")
        if isinstance(sent, dict) and "message_id" in sent:
            for echoed in _ECHOED:
                sent.pop(echoed, None)
        return parsed


class FaithfulTransport(AiohttpTransport):
    """httpx-aiohttp's transport, with refused and broken connections told apart from timeouts,
    and usable again after it was closed.

    The parent maps every connection error to a connect timeout, on which PTB's polling would
    retry without a pause.
    """

    def __init__(self, sessions: Callable[[], aiohttp.ClientSession]) -> None:
        self._sessions = sessions
        # The sessions carry the real TLS context; this one keeps the parent from loading its own.
        super().__init__(verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), client=sessions)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; the body is read later, under the same naming of errors."""
        with _errors_named():
            response = await super().handle_async_request(request)
        if isinstance(response.stream, httpx.AsyncByteStream):
            response.stream = _Body(response.stream)
        return response

    async def aclose(self) -> None:
        """Close the session; the next request opens a new one."""
        session, self.client = self.client, self._sessions
        if isinstance(session, aiohttp.ClientSession):
            await session.close()


class _Body(httpx.AsyncByteStream):
    def __init__(self, inner: httpx.AsyncByteStream) -> None:
        self._inner = inner

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _errors_named():
            async for chunk in self._inner:
                yield chunk

    async def aclose(self) -> None:
        await self._inner.aclose()


@contextlib.contextmanager
def _errors_named() -> Iterator[None]:
    try:
        yield
    except httpx.TimeoutException as error:
        cause = error.__cause__
        if cause is None or isinstance(cause, TimeoutError):
            raise
        if isinstance(cause, aiohttp.ClientConnectorError):
            raise httpx.ConnectError(str(cause)) from cause
        raise httpx.ReadError(str(cause) or type(cause).__name__) from cause
    except aiohttp_socks.ProxyTimeoutError as error:
        raise httpx.ConnectTimeout(str(error)) from error
    except (aiohttp_socks.ProxyConnectionError, aiohttp_socks.ProxyError) as error:
        raise httpx.ProxyError(str(error)) from error


def build_requests(options: ChatOptions) -> tuple[BotRequest, BotRequest]:
    """One request object for getUpdates and one for everything else.

    They share no connections, so that a burst of sends never keeps updates from being fetched.
    Both can be shut down and used again. Proxies named by the environment are not used.

    Raises:
        SettingsError: the proxy address cannot be used.
    """
    open_session = _sessions(options, connections=options.concurrent_updates)
    open_polling = _sessions(options, connections=2)
    return _request(options, open_polling), _request(options, open_session)


def _request(options: ChatOptions, sessions: Callable[[], aiohttp.ClientSession]) -> BotRequest:
    return BotRequest(
        # For getUpdates PTB adds the long-poll time to this.
        read_timeout=options.request_timeout,
        write_timeout=options.request_timeout,
        connect_timeout=options.connect_timeout,
        # The transport makes this aiohttp's time for a connection, from the wait for a free one
        # to the end of the TLS handshake: PTB's one second would fail on slow links.
        pool_timeout=options.connect_timeout + options.request_timeout,
        media_write_timeout=_UPLOAD_SECONDS,
        httpx_kwargs={"transport": FaithfulTransport(sessions)},
    )


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
        return aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

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
