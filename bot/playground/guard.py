"""Who may talk to the playground: this machine's own programs and this page, no other page.

A web page elsewhere could point a name of its own at 127.0.0.1 (DNS rebinding), hence the check
of Host, or post here in the visitor's name (CSRF), hence the check of Origin.
"""

from __future__ import annotations

import json

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = [
    (b"content-security-policy", _POLICY.encode()),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
]
_NAMES = ("127.0.0.1", "localhost")


class Guard:
    """ASGI middleware around the Bot API and the page.

    `bot_api` answers `/bot...` and `/file/bot...`; the rest goes to `page`, with strict headers.
    """

    def __init__(self, app: ASGIApp, bot_api: ASGIApp) -> None:
        self._page = app
        self._bot_api = bot_api

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through or refuse it with 403."""
        if scope["type"] != "http":
            # There is no lifespan to run and no WebSocket to open.
            return
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        host = headers.get(b"host", "").lower()
        if host not in _hosts(scope):
            await _refuse(send, "Host")
            return
        if scope["path"].startswith(("/bot", "/file/bot")):
            await self._bot_api(scope, receive, send)
            return
        elsewhere = headers.get(b"sec-fetch-site", "same-origin") not in ("same-origin", "none")
        if scope["method"] not in ("GET", "HEAD"):
            elsewhere = elsewhere or headers.get(b"origin") != f"http://{host}"
        elif scope["path"] == "/":
            elsewhere = False  # following a link to the page is no harm
        if elsewhere:
            await _refuse(send, "Origin")
            return

        async def send_strictly(message: Message) -> None:
            if message["type"] == "http.response.start":
                names = {name for name, _ in _HEADERS}
                kept = [(n, v) for n, v in message.get("headers", []) if n.lower() not in names]
                message = {**message, "headers": kept + _HEADERS}
            await send(message)

        await self._page(scope, receive, send_strictly)


def _hosts(scope: Scope) -> tuple[str, ...]:
    server = scope.get("server")
    port = server[1] if server else None
    return _NAMES if port in (None, 80) else tuple(f"{name}:{port}" for name in _NAMES)


async def _refuse(send: Send, header: str) -> None:
    body = json.dumps({"error": f"refused: the {header} header is not this page's"}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        *_HEADERS,
    ]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": body})
