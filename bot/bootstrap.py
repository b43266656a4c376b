"""The composition root: settings to a running bot."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import itertools
import logging
import signal
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.chat import ChatOptions, QuotingApplication, build_application, run_polling
from bot.errors import SettingsError
from bot.permissions import folder_refusal, words_of
from bot.pictures import load_timeline
from bot.project import PROJECT_ROOT
from bot.reader.model import ReaderModel
from bot.retrieval import Quoter
from bot.retrieval.analysis import Analyzer
from bot.retrieval.encoder import load_encoder
from bot.retrieval.index import Index, index_text, load_index
from bot.retrieval.verification import Verifier
from bot.settings import Settings
from bot.storage.bounds import bounded
from bot.storage.interfaces import Store
from bot.storage.late import LateStore

if TYPE_CHECKING:
    # A bot on polling without metrics needs no web server, and starts without loading one.
    from bot.web.webhook import WebhookOptions
_SUGGESTED = 3
_YOUNG_OBJECTS = 20_000

_log = logging.getLogger(__name__)

_CLOSE_SECONDS = 0.3


def build_analyzer(settings: Settings) -> Analyzer:
    """The analyzer, with its cache where the settings have it."""
    return Analyzer(settings.cache_path)


def build_quoter(settings: Settings, *, with_bank: bool = True) -> Quoter:
    """The quoter over the project's own article; without its question bank, the reader's alone.

    Raises:
        ArticleError: seeds/ or data/ are not sound.
        IndexFileError: the index is missing, damaged or stale.
    """
    index = load_index(PROJECT_ROOT, settings.data_path)
    if not with_bank:
        bare = replace(index, sources=replace(index.sources, facts=(), gaps=()))
        return Quoter(bare, build_analyzer(settings), model=reader_model(settings))
    encoder = load_encoder() if settings.encoder else None
    return Quoter(index, build_analyzer(settings), encoder, vectors_path(settings, index))


def vectors_path(settings: Settings, index: Index) -> Path:
    """Where an index's vectors are kept once they are made."""
    return settings.cache_path / f"vectors-{index.id}.npz"


def suggested_questions(quoter: Quoter) -> tuple[str, ...]:
    """For each of the first popular topics, a question that its first paragraph answers."""
    suggested = []
    for topic in quoter.topics.popular[:_SUGGESTED]:
        first = quoter.article.paragraphs[topic.paragraphs[0] - 1].span
        inside = (
            fact
            for fact in quoter.facts
            if not fact.is_list and first.start <= fact.spans[0].start < first.end
        )
        suggested += [fact.questions[0] for fact in itertools.islice(inside, 1)]
    return tuple(suggested)


def _warn_of_cache(settings: Settings) -> None:
    """Say once that caches cannot be kept: readers are served, each start takes longer."""
    if refused := folder_refusal(settings.cache_path):
        _log.warning(
            "BOT_CACHE_DIR: %s cannot be written to (%s), so the dictionary and the vectors are "
            "made anew at each start",
            settings.cache_path,
            words_of(refused),
        )


def text_quoter(text: str, source: str, settings: Settings) -> Quoter:
    """The quoter over a plain text; `source` names it in its locators.

    Raises:
        ArticleError: there are no words in the text.
    """
    analyzer = build_analyzer(settings)
    encoder = load_encoder() if settings.encoder else None
    return Quoter(
        index_text(text, analyzer, source), analyzer, encoder, model=reader_model(settings)
    )


@cache
def _loaded_model(folder: Path) -> ReaderModel | None:
    return ReaderModel(folder) if folder.is_dir() else None


def reader_model(settings: Settings) -> ReaderModel | None:
    """The reader's weights, loaded once; None where the data has none.

    Raises:
        BotError: they are damaged.
    """
    return _loaded_model(settings.data_path / "reader")


def chat_options(settings: Settings) -> ChatOptions:
    """The chat's share of the settings."""
    proxy_url = settings.proxy_url
    return ChatOptions(
        api_url=settings.api_url,
        proxy_url=proxy_url.get_secret_value() if proxy_url else None,
        rate_overall=settings.rate_overall,
        rate_chat=settings.rate_chat,
        rate_group=settings.rate_group,
        max_retries=settings.max_retries,
        concurrent_updates=settings.concurrent_updates,
        remembered_answers=settings.remembered_answers,
        request_timeout=settings.request_timeout,
        ask_per_user=settings.ask_per_user or None,
        ask_per_group=settings.ask_per_group or None,
        retention_days=settings.retention_days,
        admin_ids=settings.admin_ids or frozenset(),
    )


async def serve_telegram(settings: Settings, token: str, store: Store | None = None) -> None:
    """Serve readers on Telegram, by polling or webhook, until SIGINT or SIGTERM; with the
    `store`, or that of the settings.

    Raises:
        BotError: the bot cannot start; one line for the operator.
    """
    webhook = webhook_options(settings) if settings.mode == "webhook" else None
    quoter = build_quoter(settings)

    def ready() -> None:
        _prepare(quoter)

    opening = late_store(settings) if store is None else contextlib.nullcontext(store)
    async with opening as opened:
        _warn_of_cache(settings)
        application = _application(settings, token, quoter, opened)
        with _stop_on_signals() as stop:
            async with _monitored(settings, application):
                if webhook is None:
                    await run_polling(application, stop, on_ready=ready)
                else:
                    await _run_webhook(application, stop, webhook, ready)


@contextlib.asynccontextmanager
async def late_store(settings: Settings) -> AsyncIterator[Store]:
    """The store of the settings, which opens when it is first needed; closed at the end."""
    store = LateStore(settings.store_address)
    try:
        yield store
    finally:
        with contextlib.suppress(TimeoutError):
            await bounded(store.close(), _CLOSE_SECONDS)


async def serve_playground(
    settings: Settings, on_ready: Callable[[str], object] | None = None
) -> None:
    """Serve the playground, with the bot in it, until SIGINT or SIGTERM.

    `on_ready` is called with the page's address once the bot listens.

    Raises:
        PortInUse: another process has `BOT_PLAYGROUND_PORT`.
        BotError: the bot cannot start; one line for the operator.
    """
    if settings.mode == "webhook":
        raise SettingsError("BOT_TOKEN: must be set for BOT_MODE=webhook")
    # Only here: a bot on Telegram needs no web server.
    from bot.playground import PlaygroundServer, World  # noqa: PLC0415

    quoter = build_quoter(settings)
    world = World(suggestions=suggested_questions(quoter))
    _warn_of_cache(settings)
    with _stop_on_signals() as stop:
        async with PlaygroundServer(world, port=settings.playground_port) as server:
            local = settings.model_copy(update={"api_url": server.url, "proxy_url": None})
            application = _application(local, world.token, quoter)
            address = server.url

            def ready() -> None:
                _prepare(quoter)
                if on_ready is not None:
                    on_ready(address)

            async with _monitored(settings, application):
                await run_polling(application, stop, on_ready=ready)


def webhook_options(settings: Settings) -> WebhookOptions:
    """The webhook's share of the settings.

    Raises:
        SettingsError: one is missing that a webhook needs.
    """
    from bot.web.server import Address  # noqa: PLC0415 - see above
    from bot.web.webhook import WebhookOptions  # noqa: PLC0415

    if settings.webhook_url is None:
        raise SettingsError("BOT_WEBHOOK_URL: must be set for BOT_MODE=webhook")
    if settings.webhook_secret is None:
        raise SettingsError("BOT_WEBHOOK_SECRET: must be set for BOT_MODE=webhook")
    return WebhookOptions(
        url=settings.webhook_url,
        secret=settings.webhook_secret.get_secret_value(),
        address=Address(settings.http_host, settings.http_port, "BOT_HTTP_HOST", "BOT_HTTP_PORT"),
        max_connections=settings.webhook_connections,
    )


async def _run_webhook(
    application: QuotingApplication,
    stop: asyncio.Event,
    options: WebhookOptions,
    on_ready: Callable[[], object],
) -> None:
    from bot.web.health import health_checks  # noqa: PLC0415 - see above
    from bot.web.webhook import run_webhook  # noqa: PLC0415

    checks = health_checks(application)
    await run_webhook(application, stop, options, checks=checks, on_ready=on_ready)


@contextlib.asynccontextmanager
async def _monitored(settings: Settings, application: QuotingApplication) -> AsyncIterator[None]:
    """Metrics and health on a port of their own, where the settings name one."""
    if not settings.metrics_port:
        yield
        return
    from bot.web.health import health_checks  # noqa: PLC0415 - see above
    from bot.web.monitoring import Monitoring  # noqa: PLC0415
    from bot.web.server import Address  # noqa: PLC0415

    address = Address(
        settings.metrics_host, settings.metrics_port, "BOT_METRICS_HOST", "BOT_METRICS_PORT"
    )
    metrics = application.services.metrics
    async with Monitoring(metrics, health_checks(application), address):
        yield


def _application(
    settings: Settings, token: str, quoter: Quoter, store: Store | None = None
) -> QuotingApplication:
    return build_application(
        token=token,
        quoter=quoter,
        options=chat_options(settings),
        store=store,
        verifier=Verifier(quoter.article, build_analyzer(settings)),
        timeline=load_timeline(settings.data_path / "timeline.toml", quoter.article),
    )


def _prepare(quoter: Quoter) -> None:
    """Have the index encoded while readers are served; a stop does not wait for it."""

    def prepare() -> None:
        quoter.prepare_vectors()
        # What is loaded now stays, and need not be gone through at each collection: a tenth of
        # the time an update takes.
        gc.freeze()
        # After every 700 new objects, the default, the updates under way would be gone through
        # again and again.
        gc.set_threshold(_YOUNG_OBJECTS, *gc.get_threshold()[1:])

    threading.Thread(target=prepare, name="vectors", daemon=True).start()


@contextlib.contextmanager
def _stop_on_signals() -> Iterator[asyncio.Event]:
    """An event that SIGINT and SIGTERM set; a second signal kills as usual."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    signals = (signal.SIGINT, signal.SIGTERM)

    def asked() -> None:
        _log.info("stopping")
        stop.set()
        for number in signals:
            loop.remove_signal_handler(number)

    try:
        for number in signals:
            loop.add_signal_handler(number, asked)
    except NotImplementedError:
        # Windows has no such handlers; there Ctrl-C raises KeyboardInterrupt as usual.
        pass
    try:
        yield stop
    finally:
        with contextlib.suppress(NotImplementedError):
            for number in signals:
                loop.remove_signal_handler(number)
