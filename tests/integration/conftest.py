"""The real application against the emulated Bot API, over HTTP."""

from __future__ import annotations

import asyncio
import contextlib
import io
import logging
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from bot.chat import ChatOptions, QuotingApplication, build_application, run_polling
from bot.chat.votes import FeedbackStore
from bot.pictures import Event
from bot.playground import PlaygroundServer, World
from bot.retrieval import Quoter
from bot.retrieval.analysis import Analyzer
from bot.retrieval.index import Index, load_index
from bot.storage.interfaces import Deletions, Preferences, Store
from bot.telemetry import RedactingFormatter, Redactor

ROOT = Path(__file__).resolve().parents[2]

Running = Callable[..., AbstractAsyncContextManager[QuotingApplication]]
"""Runs an application for the length of a `with`; takes `ChatOptions` fields, `quoter`, and the
other collaborators of `build_application`."""


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged, redacted only by shape: the token is no known secret here."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(RedactingFormatter(Redactor()))
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.fixture(scope="session")
def index() -> Index:
    """The project's own index."""
    return load_index(ROOT, ROOT / "data")


@pytest.fixture(scope="session")
def analyzer(tmp_path_factory: pytest.TempPathFactory) -> Analyzer:
    """The words' analysis, with a cache of the test run's own."""
    return Analyzer(tmp_path_factory.mktemp("jieba"))


@pytest.fixture(scope="session")
def quoter(index: Index, analyzer: Analyzer) -> Quoter:
    """The core over the project's article, warm."""
    made = Quoter(index, analyzer)
    made.warm_up()
    return made


@pytest.fixture
def world() -> World:
    """The emulated world; its bot sees all that is said in groups, so that silence counts."""
    return World(read_all_group_messages=True)


@pytest.fixture
async def server(world: World) -> AsyncIterator[PlaygroundServer]:
    """The world's Bot API on a free port."""
    async with PlaygroundServer(world, port=0) as serving:
        yield serving


@pytest.fixture
def running(world: World, server: PlaygroundServer, quoter: Quoter) -> Running:
    """Runs an application for the length of an `async with`."""

    @contextlib.asynccontextmanager
    async def run(
        quoter: Quoter = quoter,
        *,
        rate_overall: float = 0,
        rate_chat: float = 0,
        rate_group: float = 0,
        max_retries: int = 2,
        concurrent_updates: int = 16,
        request_timeout: float = 2.0,
        remembered_answers: int = 100,
        feedback: FeedbackStore | None = None,
        store: Store | None = None,
        retention_days: int = 30,
        admin_ids: frozenset[int] = frozenset(),
        timeline: Sequence[Event] = (),
        preferences: Preferences | None = None,
        deletions: Deletions | None = None,
        ask_per_user: str | None = None,
        ask_per_group: str | None = None,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
    ) -> AsyncIterator[QuotingApplication]:
        options = ChatOptions(
            api_url=server.url + "/",
            rate_overall=rate_overall,
            rate_chat=rate_chat,
            rate_group=rate_group,
            max_retries=max_retries,
            concurrent_updates=concurrent_updates,
            request_timeout=request_timeout,
            poll_timeout=5.0,
            remembered_answers=remembered_answers,
            ask_per_user=ask_per_user,
            ask_per_group=ask_per_group,
            sweep_seconds=0.02,
            retention_days=retention_days,
            admin_ids=admin_ids,
        )
        application = build_application(
            token=world.token,
            quoter=quoter,
            options=options,
            feedback=feedback,
            store=store,
            timeline=timeline,
            preferences=preferences,
            deletions=deletions,
            clock=clock,
            now=now,
        )
        stop, ready = asyncio.Event(), asyncio.Event()
        served = asyncio.create_task(run_polling(application, stop, on_ready=ready.set))
        await ready.wait()
        try:
            yield application
        finally:
            stop.set()
            await served

    return run


@pytest.fixture
async def chat(running: Running) -> AsyncIterator[QuotingApplication]:
    """A running application, rates off."""
    async with running() as application:
        yield application
