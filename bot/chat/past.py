"""What was asked before this process: brought back from the store when a chat is heard again."""

from __future__ import annotations

import time

from telegram import Message, Update

from bot.chat.conversations import SECONDS, Conversations
from bot.errors import StoreUnavailable
from bot.retrieval.remembered import Remembered
from bot.storage.interfaces import Store
from bot.storage.journal import Journal
from bot.storage.records import AnswerSent, Exchange, MessageKey

_CHATS = 10_000


class KeptAnswers(Remembered[MessageKey, int]):
    """Leads from a question's message to that of its answer; what is put is also written."""

    def __init__(self, size: int, journal: Journal) -> None:
        super().__init__(size)
        self._journal = journal

    def put(self, key: MessageKey, value: int) -> None:
        """See `Remembered`."""
        super().put(key, value)
        self._journal.put(AnswerSent(key, value, time.time()))

    def recall(self, key: MessageKey, value: int) -> None:
        """Remember what is written already."""
        super().put(key, value)


class Past:
    """Brings back what the store knows of a chat, before an update of it is handled.

    Where other processes answer in the same chats, that is each time; else when a chat is first
    heard of. Without `texts` the store has no questions, only where their answers stand.
    """

    def __init__(
        self,
        store: Store,
        journal: Journal,
        conversations: Conversations,
        answers: KeptAnswers,
        *,
        texts: bool,
    ) -> None:
        self._store = store
        self._texts = texts
        self._journal = journal
        self._conversations = conversations
        self._answers = answers
        self._known: Remembered[int, bool] = Remembered(_CHATS)

    async def recall(self, update: object) -> None:
        """Bring back what `update` may refer to. Where the store does not answer, nothing is."""
        if not self._store.lasting or not isinstance(update, Update):
            return
        message, chat = update.effective_message, update.effective_chat
        if not isinstance(message, Message) or chat is None or message.guest_query_id:
            return
        try:
            await self._recall(update, message, chat.id)
        except StoreUnavailable:
            return

    async def answered(self, answer_id: str) -> Exchange | None:
        """The exchange whose answer has this id, wherever it was asked."""
        known = self._conversations.answered(answer_id)
        if known is not None or not (self._store.lasting and self._texts):
            return known
        try:
            return await self._store.records.answered(answer_id, time.time() - SECONDS)
        except StoreUnavailable:
            return None

    async def _recall(self, update: Update, message: Message, chat_id: int) -> None:
        referred = await self._referred(update, message, chat_id)
        if not self._texts:
            return
        missing = [each for each in referred if self._conversations.get((chat_id, each)) is None]
        if not self._store.shared and self._known.get(chat_id) and not missing:
            return
        since = time.time() - SECONDS
        kept = await self._store.records.recent(chat_id, since, referred)
        self._known.put(chat_id, True)
        # What is still on its way to the store would be forgotten.
        if not self._journal.concerns(chat_id):
            self._conversations.recall(chat_id, kept)

    async def _referred(self, update: Update, message: Message, chat_id: int) -> list[int]:
        """The bot's messages that an update may be about."""
        if update.callback_query is not None:
            return [message.message_id]
        if update.edited_message is not None:
            key = (chat_id, message.message_id)
            answer = None if self._store.shared else self._answers.get(key)
            if answer is None:
                answer = await self._store.records.answer_to(key)
                if answer is not None:
                    self._answers.recall(key, answer)
            return [] if answer is None else [answer]
        replied = message.reply_to_message
        return [] if replied is None else [replied.message_id]
