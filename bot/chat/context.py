"""The typed application and context: what every handler has at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from telegram import Update, User
from telegram.ext import Application, CallbackContext, ExtBot

from bot.chat.memory import MessageKey, Recent, Sent
from bot.chat.processor import ChatOrderProcessor
from bot.chat.warmup import WarmUp
from bot.locales import Catalog, catalog
from bot.retrieval import Quoter

_Data = dict[Any, Any]


class ChatBot(ExtBot[int]):
    """PTB's bot with its rate limiter, whose per-call argument is a number of retries; its
    `repr`, and so that of the application, does without the token.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return "ChatBot"


@dataclass(frozen=True, slots=True)
class Services:
    """What the handlers work with.

    `answers` leads from a question's message to its answer, `pages` from a message with a topic
    page to the fingerprint of what it shows. `catalogs` finds the catalogue for a language tag.
    """

    quoter: Quoter
    warm_up: WarmUp
    answers: Recent[MessageKey, Sent]
    pages: Recent[MessageKey, int]
    processor: ChatOrderProcessor
    poll_timeout: float
    catalogs: Callable[[str | None], Catalog] = catalog


class QuotingApplication(Application[ChatBot, "ChatContext", _Data, _Data, _Data, None]):
    """PTB's application, carrying the services."""

    def __init__(self, *, services: Services, **kwargs: Any) -> None:  # noqa: ANN401 - PTB's builder's
        super().__init__(**kwargs)
        self.services = services


class ChatContext(CallbackContext[ChatBot, _Data, _Data, _Data]):
    """PTB's callback context with the services and the reader's catalogue."""

    def __init__(
        self,
        application: QuotingApplication,
        chat_id: int | None = None,
        user_id: int | None = None,
    ) -> None:
        super().__init__(application, chat_id, user_id)
        self.services = application.services

    def catalog_of(self, user: User | None) -> Catalog:
        """The bot's sentences in the language of `user`."""
        return self.services.catalogs(user.language_code if user else None)

    def catalog_for(self, update: object) -> Catalog:
        """The bot's sentences in the language of whoever caused `update`."""
        return self.catalog_of(update.effective_user if isinstance(update, Update) else None)
