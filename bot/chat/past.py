"""What was asked before, or elsewhere: brought back from the store."""

from __future__ import annotations

import asyncio
import time

from telegram import Message, Update

from bot.chat.conversations import SECONDS, Conversations
from bot.errors import StoreUnavailable
from bot.retrieval.remembered import Remembered
from bot.storage.interfaces import Store
from bot.storage.journal import Journal
from bot.storage.records import AnswerSent, Exchange, MessageKey


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
    """Brings back what the store knows: once at the start; and where other processes answer in
    the same chats, before each update that may refer to it.

    Without `texts` the store has no questions, only where their answers stand. Where it does not
    answer, nothing is brought back.
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
        self._journal = journal
        self._conversations = conversations
        self._answers = answers
        self._texts = texts and store.lasting
        self._begun = asyncio.Event()
        if not store.lasting:
            self._begun.set()

    async def start(self) -> None:
        """Bring back the last exchanges, as many as can be remembered; updates wait for it."""
        try:
            if self._texts and not self._store.shared:
                since = time.time() - SECONDS
                limit = self._conversations.limit
                self._conversations.recall(await self._store.records.lately(since, limit))
        except StoreUnavailable:
            return
        finally:
            self._begun.set()

    async def recall(self, update: object) -> None:
        """Bring back what `update` may refer to."""
        await self._begun.wait()
        if not self._store.lasting or not isinstance(update, Update):
            return
        if not self._store.shared and update.edited_message is None:
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
        if known is not None or not self._texts:
            return known
        try:
            return await self._store.records.answered(answer_id, time.time() - SECONDS)
        except StoreUnavailable:
            return None

    async def _recall(self, update: Update, message: Message, chat_id: int) -> None:
        also = [message.message_id] if update.callback_query is not None else []
        if message.reply_to_message is not None:
            also.append(message.reply_to_message.message_id)
        if update.edited_message is not None:
            answer = await self._answer_to((chat_id, message.message_id))
            also += [] if answer is None else [answer]
        if self._texts and self._store.shared:
            since = time.time() - SECONDS
            kept = await self._store.records.recent(chat_id, since, also)
            # What is still on its way to the store would be forgotten.
            if not self._journal.concerns(chat_id):
                self._conversations.replace_chat(chat_id, kept)

    async def _answer_to(self, key: MessageKey) -> int | None:
        known = None if self._store.shared else self._answers.get(key)
        if known is not None:
            return known
        answer = await self._store.records.answer_to(key)
        if answer is not None:
            self._answers.recall(key, answer)
        return answer
