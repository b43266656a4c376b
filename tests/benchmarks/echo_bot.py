"""The peer: an echo bot as python-telegram-bot's own examples have it, on PTB's default transport
or, with `--same-transport`, on the bot's.

It reads BOT_TOKEN, BOT_API_URL and BOT_RATE_OVERALL, as the bot does; everything else is PTB's.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from telegram import Update
from telegram.ext import (
    AIORateLimiter,
    ApplicationBuilder,
    ContextTypes,
    MessageHandler,
    filters,
)
from telegram.request import HTTPXRequest

from bot.chat.options import ChatOptions
from bot.chat.transport import build_requests

CONCURRENT_UPDATES = 256
"""As many as the bot's default."""


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Send the text of a message back."""
    if update.message is not None and update.message.text is not None:
        await update.message.reply_text(update.message.text)


def main(argv: Sequence[str], environ: Mapping[str, str]) -> None:
    """Echo until SIGTERM."""
    base_url = environ["BOT_API_URL"]
    builder: ApplicationBuilder[Any, Any, Any, Any, Any, Any] = (
        ApplicationBuilder()
        .token(environ["BOT_TOKEN"])
        .base_url(f"{base_url}/bot")
        .base_file_url(f"{base_url}/file/bot")
        .concurrent_updates(CONCURRENT_UPDATES)
    )
    if "--same-transport" in argv:
        options = ChatOptions(api_url=base_url, concurrent_updates=CONCURRENT_UPDATES)
        for_updates, for_all_else = build_requests(options)
        builder = builder.request(for_all_else).get_updates_request(for_updates)
    else:
        builder = builder.request(_request(CONCURRENT_UPDATES)).get_updates_request(_request(2))
    if rate := float(environ.get("BOT_RATE_OVERALL", "0")):
        builder = builder.rate_limiter(AIORateLimiter(overall_max_rate=rate))
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling(allowed_updates=[Update.MESSAGE])


def _request(connections: int) -> HTTPXRequest:
    # PTB's five seconds and its one second for a free connection would end a call of a burst.
    return HTTPXRequest(
        connection_pool_size=connections, read_timeout=60, connect_timeout=60, pool_timeout=60
    )


if __name__ == "__main__":
    main(sys.argv[1:], os.environ)
