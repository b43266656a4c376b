"""A load balancer: every POST goes to the next of several replicas that takes it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import cycle, islice

import aiohttp
from aiohttp import web

_FORWARDED = ("X-Telegram-Bot-Api-Secret-Token", "Content-Type")


@asynccontextmanager
async def balanced(port: int, replicas: Sequence[int]) -> AsyncIterator[None]:
    """Listen on `port` in front of the ports `replicas`, until the end of the block."""
    turns = cycle(range(len(replicas)))
    async with aiohttp.ClientSession() as session:

        async def forward(request: web.Request) -> web.Response:
            body = await request.read()
            headers = {name: request.headers[name] for name in _FORWARDED}
            first = next(turns)
            for replica in islice(cycle(replicas), first, first + len(replicas)):
                url = f"http://127.0.0.1:{replica}{request.path}"
                try:
                    async with session.post(url, data=body, headers=headers) as response:
                        if response.status < 500:
                            return web.Response(status=response.status)
                except aiohttp.ClientError:
                    continue
            return web.Response(status=502)

        app = web.Application()
        app.router.add_post("/{path:.*}", forward)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        try:
            yield
        finally:
            await runner.cleanup()
