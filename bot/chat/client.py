"""The bot's end of the Bot API: PTB's, and the two calls that it makes thousands of, made lean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from telegram.error import NetworkError
from telegram.ext import ExtBot
from telegram.request import RequestData

from bot.chat.pacing import URGENT
from bot.chat.transport import Encoded, encode
from bot.storage.records import RawUpdate


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a message is that was sent."""

    chat_id: int
    message_id: int


class ChatBot(ExtBot[int]):
    """PTB's bot with its rate limiter, whose per-call argument is a number of retries; its
    `repr`, and so that of the application, does without the token.
    """

    __slots__ = ()

    async def post_message(
        self, to: Mapping[str, object], content: bytes, *, urgent: bool = False
    ) -> Sent:
        """`sendMessage` under the rate limits, as all calls; an `urgent` one waits for none. `to`
        has the parameters that say where, with the `chat_id`; `content` is the JSON object of all
        others.

        PTB's own `send_message` makes the whole message that Telegram sends back, of which no
        more is used than this, and encodes an answer anew that was sent before.

        Raises:
            TelegramError: the message was not sent, or nobody knows.
        """
        where = encode(to)
        url = f"{self.base_url}/sendMessage"
        body = cast("RequestData", Encoded(where[:-1] + b"," + content[1:]))
        limiter = self.rate_limiter
        result: Any
        if limiter is None:
            result = await self.request.post(url, body)
        else:
            call = (url, body)
            result = await limiter.process_request(
                self.request.post, call, {}, "sendMessage", dict(to), URGENT if urgent else None
            )
        try:
            return Sent(int(result["chat"]["id"]), int(result["message_id"]))
        except (KeyError, TypeError, ValueError):
            raise NetworkError("no sense in the answer to sendMessage") from None

    async def get_raw_updates(
        self, offset: int | None, seconds: int, allowed_updates: Sequence[str]
    ) -> Sequence[RawUpdate]:
        """The waiting updates as Telegram sends them, which may take so many `seconds`; see
        `get_updates`.

        Raises:
            TelegramError: Telegram did not answer, or refused.
        """
        asked = {"offset": offset, "timeout": seconds, "allowed_updates": allowed_updates}
        read = (self._request[0].read_timeout or 0.0) + seconds
        updates = await self._post("getUpdates", asked, read_timeout=read)
        if not isinstance(updates, list):
            raise NetworkError("the answer held no updates")
        return updates

    def __repr__(self) -> str:
        return "ChatBot"
