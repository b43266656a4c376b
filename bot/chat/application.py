"""The application: its parts put together, and the one ordered list of handlers."""

from __future__ import annotations

import asyncio
import os
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.ext import (
    AIORateLimiter,
    ApplicationBuilder,
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.article.topics import Topics
from bot.chat.callback_data import is_topic_id
from bot.chat.callbacks import on_press
from bot.chat.commands import on_about, on_help, on_new, on_start, on_topics, on_unknown_command
from bot.chat.context import ChatBot, ChatContext, QuotingApplication, Services
from bot.chat.conversations import Conversations
from bot.chat.failures import on_failure
from bot.chat.guest import on_guest_message
from bot.chat.inline import on_inline_query
from bot.chat.keeping import Keeping
from bot.chat.options import ChatOptions
from bot.chat.past import KeptAnswers, Past
from bot.chat.privacy import on_forget, on_privacy
from bot.chat.processor import ChatOrderProcessor
from bot.chat.questions import on_edited_question, on_question
from bot.chat.readers import ADDRESSED, FROM_READER
from bot.chat.statistics import on_stats
from bot.chat.thinking import Thinker
from bot.chat.timeline import on_timeline
from bot.chat.transport import build_requests
from bot.chat.verify import on_verify
from bot.chat.votes import FeedbackStore, KeptVotes
from bot.chat.warmup import WarmUp
from bot.chat.why import on_why
from bot.errors import ArticleError, TokenRejected
from bot.retrieval import Quoter
from bot.retrieval.remembered import Remembered
from bot.retrieval.verification import Verifier
from bot.storage.interfaces import Store
from bot.storage.memory_store import MemoryStore

if TYPE_CHECKING:
    # Loading it would hold up the start.
    from bot.pictures import Event

ALLOWED_UPDATES = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.GUEST_MESSAGE,
)
"""The updates that have a handler; Telegram is asked for no others."""

_REMEMBERED_FILES = 1_000

_TOKEN = re.compile(r"[A-Za-z0-9:_-]+")

_NEW = filters.UpdateType.MESSAGE & FROM_READER
_EDITED = filters.UpdateType.EDITED_MESSAGE & FROM_READER
_WORDS = (filters.TEXT | filters.CAPTION) & ~filters.COMMAND & ADDRESSED


def handlers() -> list[BaseHandler[Any, ChatContext, None]]:
    """All handlers; of each update, the first that fits takes it."""
    return [
        CommandHandler("start", on_start, _NEW),
        CommandHandler("help", on_help, _NEW),
        CommandHandler("topics", on_topics, _NEW),
        CommandHandler("about", on_about, _NEW),
        CommandHandler("verify", on_verify, _NEW),
        CommandHandler("why", on_why, _NEW),
        CommandHandler("timeline", on_timeline, _NEW),
        CommandHandler("new", on_new, _NEW),
        CommandHandler("privacy", on_privacy, _NEW),
        CommandHandler("forget", on_forget, _NEW),
        CommandHandler("stats", on_stats, _NEW),
        MessageHandler(_NEW & filters.ChatType.PRIVATE & filters.COMMAND, on_unknown_command),
        MessageHandler(_NEW & _WORDS, on_question),
        MessageHandler(_EDITED & _WORDS, on_edited_question),
        CallbackQueryHandler(on_press),
        InlineQueryHandler(on_inline_query),
        MessageHandler(filters.UpdateType.GUEST_MESSAGE & FROM_READER, on_guest_message),
    ]


def build_application(
    *,
    token: str,
    quoter: Quoter,
    options: ChatOptions,
    verifier: Verifier | None = None,
    feedback: FeedbackStore | None = None,
    store: Store | None = None,
    timeline: Sequence[Event] = (),
    font: Path | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> QuotingApplication:
    """The application, ready to be run; nothing is connected yet.

    Without a `verifier` one is made for the quoter's article, without a `store` all is kept in
    memory, and without `feedback` votes are kept in the store. `timeline` are the article's dated
    events, `font` is another font file for pictures than the committed one. `clock` counts seconds.

    Raises:
        TokenRejected: the token cannot be one.
        SettingsError: the proxy address cannot be used.
        ArticleError: a topic has an id that no button can carry.
    """
    _check_topics(quoter.topics)
    # PTB's opt-in to its coming API; without it, each 429 raises a deprecation warning inside PTB.
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    processor = ChatOrderProcessor(options.concurrent_updates)
    bot, queue = _build_bot(token, options), asyncio.Queue[object]()
    keeping = Keeping(store or MemoryStore(), queue, bot, options.retention_days)
    journal, texts = keeping.journal, options.retention_days > 0
    answers = KeptAnswers(options.remembered_answers, journal)
    conversations = Conversations(
        options.remembered_answers, clock, journal=journal if texts else None
    )
    services = Services(
        quoter=quoter,
        warm_up=WarmUp(quoter.warm_up),
        thinker=Thinker(),
        verifier=Verifier(quoter.article) if verifier is None else verifier,
        answers=answers,
        # Topic pages, too, are remembered here, and shall not push answers out.
        shown=Remembered(2 * options.remembered_answers),
        conversations=conversations,
        feedback=KeptVotes(journal, keeping.store.records) if feedback is None else feedback,
        keeping=keeping,
        past=Past(keeping.store, journal, conversations, answers, texts=texts),
        files=Remembered(_REMEMBERED_FILES),
        timeline=tuple(timeline),
        font=font,
        processor=processor,
        poll_timeout=options.poll_timeout,
        admin_ids=options.admin_ids,
    )
    application = (
        ApplicationBuilder()
        .application_class(QuotingApplication, {"services": services})
        .bot(bot)
        .update_queue(queue)
        .context_types(ContextTypes(context=ChatContext))
        .concurrent_updates(processor)
        .job_queue(None)
        .updater(None)
        .build()
    )
    if not isinstance(application, QuotingApplication):
        raise TypeError(type(application))
    application.add_handlers(handlers())
    application.add_error_handler(on_failure)
    return application


def _build_bot(token: str, options: ChatOptions) -> ChatBot:
    if not _TOKEN.fullmatch(token):
        raise TokenRejected("BOT_TOKEN is not a token: it looks like 123456789:letters-and-digits")
    api_url = options.api_url.rstrip("/")
    for_updates, for_all_else = build_requests(options)
    return ChatBot(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=for_all_else,
        get_updates_request=for_updates,
        rate_limiter=_rate_limiter(options),
    )


def _rate_limiter(options: ChatOptions) -> AIORateLimiter | None:
    if not (options.rate_overall or options.rate_group or options.max_retries):
        return None
    return AIORateLimiter(
        overall_max_rate=options.rate_overall,
        group_max_rate=options.rate_group,
        max_retries=options.max_retries,
    )


def _check_topics(topics: Topics) -> None:
    for topic in topics.all:
        if not is_topic_id(topic.id):
            raise ArticleError(f"the topic id {topic.id!r} is not 1-32 of A-Z a-z 0-9 . _ -")
