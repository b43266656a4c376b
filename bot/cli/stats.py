"""`stats`: what readers ask, from the bot's store."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import time
from pathlib import Path
from typing import Annotated

import typer


def stats(
    context: typer.Context,
    days: Annotated[int, typer.Option(min=1, max=366, help="How many days back.")] = 30,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Print questions a day, the share that was answered, top topics, what was not answered, votes.

    It may run beside the bot. Days are those of UTC.
    """
    from bot.article.topics import Topics
    from bot.chat.statistics import table
    from bot.locales import catalog
    from bot.project import PROJECT_ROOT
    from bot.retrieval.index import load_sources
    from bot.settings import load_settings
    from bot.storage.records import Statistics
    from bot.storage.sql import open_store
    from bot.telemetry import configure_logging

    settings = load_settings(context.obj)
    configure_logging("ERROR", secrets=settings.secrets)

    async def read() -> Statistics:
        address = settings.store_address
        if isinstance(address, Path) and not address.exists():
            # Nothing was asked yet, and asking for figures makes no store.
            return Statistics()
        store = await open_store(address)
        try:
            return await store.records.statistics(time.time() - days * 86_400)
        finally:
            await store.close()

    found = asyncio.run(read())
    if as_json:
        sums = {
            "asked": found.asked,
            "answered": found.answered,
            "distress": found.distress,
        }
        whole = dataclasses.asdict(found) | sums
        print(json.dumps(whole, ensure_ascii=False))
        return
    topics: Topics = load_sources(PROJECT_ROOT, settings.data_path).topics
    names = {topic.id: topic.name for topic in topics.all}
    for line in table(found, names, catalog("en"), days):
        print(line)
