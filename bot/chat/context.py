"""The typed application and context: what every handler has at hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from telegram import Update, User
from telegram.error import NetworkError
from telegram.ext import Application, CallbackContext, ExtBot

from bot.chat.conversations import Conversations
from bot.chat.keeping import Keeping
from bot.chat.links import Links
from bot.chat.memory import MessageKey
from bot.chat.past import Past
from bot.chat.processor import ChatOrderProcessor
from bot.chat.thinking import Thinker
from bot.chat.votes import FeedbackStore
from bot.chat.warmup import WarmUp
from bot.locales import Catalog, catalog
from bot.retrieval import Answer, Quoter
from bot.retrieval.remembered import Remembered
from bot.retrieval.verification import Verifier
from bot.storage.records import RawUpdate

if TYPE_CHECKING:
    from bot.pictures import Event

_Data = dict[Any, Any]


class ChatBot(ExtBot[int]):
    """PTB's bot with its rate limiter, whose per-call argument is a number of retries; its
    `repr`, and so that of the application, does without the token.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return "ChatBot"

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


@dataclass(frozen=True, slots=True)
class Services:
    """What the handlers work with.

    `answers` leads from a question's message to the id of its answer's, `shown` from one of the
    bot's messages to the fingerprint of what it says now, `files` from a picture's name to the
    file id it is kept under at Telegram. `keeping` is the store and what stands before it, `past`
    what was asked before this process. `timeline` are the article's dated events, `font` the
    pictures' font file where it is not the committed one. `admin_ids` are users who may see the
    statistics. `catalogs` finds the catalogue for a language tag.
    """

    quoter: Quoter
    warm_up: WarmUp
    thinker: Thinker
    verifier: Verifier
    answers: Remembered[MessageKey, int]
    shown: Remembered[MessageKey, int]
    conversations: Conversations
    feedback: FeedbackStore
    keeping: Keeping
    past: Past
    files: Remembered[str, str]
    timeline: tuple[Event, ...]
    font: Path | None
    processor: ChatOrderProcessor
    poll_timeout: float
    admin_ids: frozenset[int] = frozenset()
    catalogs: Callable[[str | None], Catalog] = catalog

    async def begin(self) -> None:
        """Open the store, bring back what was asked, and take over what was left unfinished.

        Raises:
            StoreUnavailable: the store cannot be used at all.
        """
        try:
            await self.keeping.store.opened()
        finally:
            await self.past.start()
        await self.keeping.start()


class QuotingApplication(Application[ChatBot, "ChatContext", _Data, _Data, _Data, None]):
    """PTB's application, carrying the services."""

    def __init__(self, *, services: Services, **kwargs: Any) -> None:  # noqa: ANN401 - PTB's builder's
        super().__init__(**kwargs)
        self.services = services

    async def process_update(self, update: object) -> None:
        """Handle one update, with what was asked before it at hand; then it is finished."""
        await self.services.past.recall(update)
        await super().process_update(update)
        self.services.keeping.inbox.finished(update)


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

    @property
    def links(self) -> Links:
        """The bot's deep links."""
        return Links(self.bot.username)

    async def ask(
        self, question: str, previous: tuple[str, ...] = (), *, literal: bool = False
    ) -> Answer:
        """What the core answers; in a thread where it has to think, for others are waiting."""
        await self.services.warm_up.done()
        quoter = self.services.quoter
        known = quoter.recall(question, previous, literal=literal)
        if known is not None:
            return known
        return await self.services.thinker.run(
            lambda: quoter.ask(question, previous, literal=literal)
        )

    def catalog_of(self, user: User | None) -> Catalog:
        """The bot's sentences in the language of `user`."""
        return self.services.catalogs(user.language_code if user else None)

    def catalog_for(self, update: object) -> Catalog:
        """The bot's sentences in the language of whoever caused `update`."""
        return self.catalog_of(update.effective_user if isinstance(update, Update) else None)
