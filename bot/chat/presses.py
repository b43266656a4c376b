"""A press of an inline button: what is known of it, and what comes of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram import CallbackQuery, Message

from bot.chat.callback_data import Press
from bot.chat.context import ChatContext
from bot.chat.conversations import Exchange
from bot.chat.replies import Reply, rewrite
from bot.locales import Catalog


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a press is answered with, and what is done after that.

    `notice` is the key of a sentence, shown in passing, or, with `alert`, until it is dismissed.
    """

    notice: str | None = None
    alert: bool = False
    act: Callable[[], Awaitable[None]] | None = None

    @classmethod
    def refused(cls, notice: str) -> Outcome:
        """Nothing is done, and the reader is told why."""
        return cls(notice, alert=True)


@dataclass(frozen=True, slots=True)
class Pressed:
    """A press of a button of one of the bot's messages, by somebody who may."""

    press: Press
    query: CallbackQuery
    message: Message
    context: ChatContext

    @property
    def catalog(self) -> Catalog:
        """The bot's sentences in the language of who pressed."""
        return self.context.catalog_of(self.query.from_user)

    @property
    def exchange(self) -> Exchange | None:
        """The question that the message answers, while it is remembered."""
        key = (self.message.chat.id, self.message.message_id)
        return self.context.services.conversations.get(key)

    def showing(self, reply: Reply) -> Outcome:
        """Put `reply` into the message, unless it stands there already (pressed twice)."""
        key = (self.message.chat.id, self.message.message_id)
        forgotten = self.context.services.shown.get(key) is None
        if forgotten and self.message.text == reply.content.text:
            return Outcome()

        async def show() -> None:
            await rewrite(self.context, self.message, self.message.message_id, reply)

        return Outcome(act=show)
