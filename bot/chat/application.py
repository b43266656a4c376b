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
    ApplicationBuilder,
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.article.topics import Topics
from bot.chat.admins import Admins
from bot.chat.callback_data import is_topic_id
from bot.chat.callbacks import on_press
from bot.chat.client import ChatBot
from bot.chat.commands import on_about, on_help, on_new, on_start, on_topics, on_unknown_command
from bot.chat.context import ChatContext, QuotingApplication, Services
from bot.chat.conversations import Conversations
from bot.chat.deletions import Sweeper
from bot.chat.failures import on_failure
from bot.chat.group_settings import on_settings
from bot.chat.guest import on_guest_message
from bot.chat.inline import on_inline_query
from bot.chat.joining import on_membership, on_migration
from bot.chat.keeping import Keeping
from bot.chat.languages import on_language
from bot.chat.limits import AskingLimits
from bot.chat.options import ChatOptions
from bot.chat.pacing import Pacer
from bot.chat.past import KeptAnswers, Past
from bot.chat.privacy import on_forget, on_privacy
from bot.chat.processor import ChatOrderProcessor
from bot.chat.questions import on_ask, on_edited_question, on_question
from bot.chat.readers import ADDRESSED, FROM_READER
from bot.chat.statistics import on_stats
from bot.chat.thinking import Thinker
from bot.chat.timeline import on_timeline
from bot.chat.transport import build_requests
from bot.chat.urgency import is_urgent
from bot.chat.verify import on_verify
from bot.chat.votes import FeedbackStore, KeptVotes
from bot.chat.warmup import WarmUp
from bot.chat.why import on_why
from bot.chat.wordless import on_wordless
from bot.errors import ArticleError, TokenRejected
from bot.metrics import Metrics
from bot.retrieval import Quoter
from bot.retrieval.remembered import Remembered
from bot.retrieval.verification import Verifier
from bot.storage.interfaces import Deletions, Preferences, Store
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
    Update.MY_CHAT_MEMBER,
)
"""The updates that have a handler; Telegram is asked for no others."""

_REMEMBERED_FILES = 1_000
_REMEMBERED_ONCE = 10_000
_REMEMBERED_REPLIES = 1_000

_TOKEN = re.compile(r"[A-Za-z0-9:_-]+")

_NEW = filters.UpdateType.MESSAGE & FROM_READER
_EDITED = filters.UpdateType.EDITED_MESSAGE & FROM_READER
_WORDS = (filters.TEXT | filters.CAPTION) & ~filters.COMMAND & ADDRESSED


def handlers() -> list[BaseHandler[Any, ChatContext, None]]:
    """All handlers; of each update, the first that fits takes it."""
    return [
        # Most updates are questions; no command is one.
        MessageHandler(_NEW & _WORDS, on_question),
        CommandHandler("start", on_start, _NEW),
        CommandHandler("help", on_help, _NEW),
        CommandHandler("ask", on_ask, _NEW),
        CommandHandler("topics", on_topics, _NEW),
        CommandHandler("about", on_about, _NEW),
        CommandHandler("verify", on_verify, _NEW),
        CommandHandler("why", on_why, _NEW),
        CommandHandler("timeline", on_timeline, _NEW),
        CommandHandler("new", on_new, _NEW),
        CommandHandler("language", on_language, _NEW),
        CommandHandler("settings", on_settings, _NEW),
        CommandHandler("privacy", on_privacy, _NEW),
        CommandHandler("forget", on_forget, _NEW),
        CommandHandler("stats", on_stats, _NEW),
        MessageHandler(_NEW & filters.ChatType.PRIVATE & filters.COMMAND, on_unknown_command),
        CommandHandler("ask", on_edited_question, _EDITED),
        MessageHandler(_EDITED & _WORDS, on_edited_question),
        MessageHandler(_NEW & filters.ChatType.PRIVATE & filters.ATTACHMENT, on_wordless),
        MessageHandler(filters.UpdateType.MESSAGE & filters.StatusUpdate.MIGRATE, on_migration),
        ChatMemberHandler(on_membership, ChatMemberHandler.MY_CHAT_MEMBER),
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
    preferences: Preferences | None = None,
    deletions: Deletions | None = None,
    metrics: Metrics | None = None,
    clock: Callable[[], float] = time.monotonic,
    now: Callable[[], float] = time.time,
) -> QuotingApplication:
    """The application, ready to be run; nothing is connected yet.

    Without a `verifier` one is made for the quoter's article, without a `store` all is kept in
    memory; `feedback`, `preferences` and `deletions` stand in for those of the store. `timeline`
    are the article's dated events, `font` is another font file for pictures than the committed
    one, `metrics` are written to. `clock` counts seconds, `now` those since 1970.

    Raises:
        TokenRejected: the token cannot be one.
        SettingsError: the proxy address cannot be used.
        ArticleError: a topic has an id that no button can carry.
    """
    _check_topics(quoter.topics)
    # PTB's opt-in to its coming API; without it, each 429 raises a deprecation warning inside PTB.
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    processor = ChatOrderProcessor(
        options.concurrent_updates, lambda update: is_urgent(update, quoter)
    )
    metrics = metrics or Metrics()
    bot, queue = _build_bot(token, options, metrics), asyncio.Queue[object]()
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
        replies=Remembered(_REMEMBERED_REPLIES),
        conversations=conversations,
        feedback=KeptVotes(journal, keeping.store.records) if feedback is None else feedback,
        keeping=keeping,
        past=Past(keeping.store, journal, conversations, answers, texts=texts),
        files=Remembered(_REMEMBERED_FILES),
        timeline=tuple(timeline),
        font=font,
        processor=processor,
        poll_timeout=options.poll_timeout,
        preferences=preferences or keeping.preferences,
        sweeper=Sweeper(bot, deletions or keeping.store.deletions, now, options.sweep_seconds),
        admins=Admins(clock),
        asking=AskingLimits(options.ask_per_user, options.ask_per_group),
        once=Remembered(_REMEMBERED_ONCE),
        metrics=metrics,
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


def _build_bot(token: str, options: ChatOptions, metrics: Metrics) -> ChatBot:
    if not _TOKEN.fullmatch(token):
        raise TokenRejected("BOT_TOKEN is not a token: it looks like 123456789:letters-and-digits")
    api_url = options.api_url.rstrip("/")
    for_updates, for_all_else = build_requests(options, metrics)
    return ChatBot(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=for_all_else,
        get_updates_request=for_updates,
        rate_limiter=_rate_limiter(options),
    )


def _rate_limiter(options: ChatOptions) -> Pacer | None:
    rates = (options.rate_overall, options.rate_chat, options.rate_group)
    if not (any(rates) or options.max_retries):
        return None
    return Pacer(
        overall=options.rate_overall,
        chat=options.rate_chat,
        group=options.rate_group,
        max_retries=options.max_retries,
    )


def _check_topics(topics: Topics) -> None:
    for topic in topics.all:
        if not is_topic_id(topic.id):
            raise ArticleError(f"the topic id {topic.id!r} is not 1-32 of A-Z a-z 0-9 . _ -")
