"""A peer: an echo bot as aiogram's own examples have it.

It reads BOT_TOKEN and BOT_API_URL, as the bot does; everything else is aiogram's.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message

CONNECTIONS = 256
"""As many as the bot's default."""

dispatcher = Dispatcher()


@dispatcher.message(F.text)
async def echo(message: Message) -> None:
    """Send the text of a message back."""
    await message.answer(message.text or "")


async def main(environ: Mapping[str, str]) -> None:
    """Echo until SIGTERM."""
    api = TelegramAPIServer.from_base(environ["BOT_API_URL"])
    bot = Bot(environ["BOT_TOKEN"], session=AiohttpSession(api=api, limit=CONNECTIONS))
    await dispatcher.start_polling(bot, allowed_updates=["message"])


if __name__ == "__main__":
    asyncio.run(main(os.environ))
