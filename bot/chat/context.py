"""The typed application and context: what every handler has at hand."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from telegram import Update, User
from telegram.ext import Application, CallbackContext

from bot.chat.admins import Admins
from bot.chat.client import ChatBot
from bot.chat.conversations import Conversations
from bot.chat.deletions import Sweeper
from bot.chat.keeping import Keeping
from bot.chat.limits import AskingLimits
from bot.chat.links import Links
from bot.chat.memory import MessageKey
from bot.chat.past import Past
from bot.chat.preferences import Chosen, chosen_by
from bot.chat.processor import ChatOrderProcessor
from bot.chat.thinking import Thinker
from bot.chat.urgency import is_urgent
from bot.chat.votes import FeedbackStore
from bot.chat.warmup import WarmUp
from bot.locales import Catalog, catalog
from bot.metrics import Metrics
from bot.retrieval import Answer, Quoter
from bot.retrieval.remembered import Remembered
from bot.retrieval.verification import Verifier
from bot.storage.interfaces import Preferences

if TYPE_CHECKING:
    from bot.chat.replies import Reply
    from bot.pictures import Event

_Data = dict[Any, Any]

# Longer than the core ever thinks, shorter than anybody in distress should wait.
_URGENT_SECONDS = 1.0

_KINDS = (
    Update.MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.EDITED_MESSAGE,
    Update.GUEST_MESSAGE,
)


@dataclass(frozen=True, slots=True)
class Services:
    """What the handlers work with.

    `answers` leads from a question's message to the id of its answer's, `shown` from one of the
    bot's messages to the fingerprint of what it says now, `replies` to what an answer was made
    into, `files` from a picture's name to the file id it is kept under at Telegram, `once` holds
    what is to be said once only: the groups that were greeted, the albums that were answered.
    `keeping` is the store and what stands before it, `past` what was asked before this process.
    `timeline` are the article's dated events, `font` the pictures' font file where it is not the
    committed one. `admin_ids` are users who may see the statistics. `catalogs` finds the
    catalogue for a language tag.
    """

    quoter: Quoter
    warm_up: WarmUp
    thinker: Thinker
    verifier: Verifier
    answers: Remembered[MessageKey, int]
    shown: Remembered[MessageKey, int]
    replies: Remembered[tuple[str, ...], tuple[Answer, Reply]]
    conversations: Conversations
    feedback: FeedbackStore
    keeping: Keeping
    past: Past
    files: Remembered[str, str]
    timeline: tuple[Event, ...]
    font: Path | None
    processor: ChatOrderProcessor
    poll_timeout: float
    preferences: Preferences
    sweeper: Sweeper
    admins: Admins
    asking: AskingLimits
    once: Remembered[str, bool]
    metrics: Metrics
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
        services.metrics.watch_queue(
            lambda: self.update_queue.qsize() + services.processor.unfinished
        )
        services.metrics.watch_store(lambda: services.keeping.store.health.ok)

    async def start(self) -> None:
        """See `Application.start`; messages are deleted from now on as their groups want it."""
        await super().start()
        self.services.sweeper.start()

    async def stop(self) -> None:
        """See `Application.stop`."""
        await self.services.sweeper.stop()
        await super().stop()

    async def process_update(self, update: object) -> None:
        """Count and handle one update, with what was asked before it at hand; then it is
        finished.
        """
        self.services.metrics.update(_kind_of(update))
        if not is_urgent(update, self.services.quoter):
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
        self.chosen = Chosen()

    async def refresh_data(self) -> None:
        """Learn what the chat and the reader chose; PTB awaits this before an update's handler."""
        self.chosen = await chosen_by(self.services.preferences, self._chat_id, self._user_id)

    @property
    def links(self) -> Links:
        """The bot's deep links."""
        return Links(self.bot.username)

    async def ask(
        self, question: str, previous: tuple[str, ...] = (), *, literal: bool = False
    ) -> Answer:
        """What the core answers; in a thread where it has to think, for others are waiting. A cry
        for help waits for nobody: what else it asks is left out where the core has no time.
        """
        metrics = self.services.metrics
        quoter = self.services.quoter
        comfort = quoter.comfort(question)
        if comfort is not None:
            return await self._comforted(comfort, question, previous)
        await self.services.warm_up.done()
        answer = quoter.recall(question, previous, literal=literal)
        if answer is None:
            with metrics.core.time():
                answer = await self.services.thinker.run(
                    lambda: quoter.ask(question, previous, literal=literal)
                )
        metrics.answer(answer.reason.value if answer.reason else "quote")
        return answer

    async def _comforted(self, comfort: Answer, question: str, previous: tuple[str, ...]) -> Answer:
        care, services = comfort.care, self.services
        services.metrics.distress(care.distress.value if care.distress else "")
        if not care.calm:
            return comfort
        try:
            async with asyncio.timeout(_URGENT_SECONDS):
                await services.warm_up.done()
                return await services.thinker.run(lambda: services.quoter.ask(question, previous))
        except TimeoutError:
            return comfort

    def catalog_of(self, user: User | None) -> Catalog:
        """The bot's sentences in the language chosen for the chat or by its reader, else that of
        the app of `user`.
        """
        app = user.language_code if user else None
        return self.services.catalogs(self.chosen.language or app)

    def catalog_for(self, update: object) -> Catalog:
        """The bot's sentences in the language of whoever caused `update`."""
        return self.catalog_of(update.effective_user if isinstance(update, Update) else None)


def _kind_of(update: object) -> str:
    """The field of an update that holds something, one of those that have a handler."""
    for kind in _KINDS:
        if getattr(update, kind, None) is not None:
            return kind
    return "other"
