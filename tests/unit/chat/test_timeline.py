from __future__ import annotations

import pytest

from bot.article.model import Article
from bot.chat.links import Links
from bot.chat.richtext import MAX_ENTITIES, MAX_UNITS, utf16_length
from bot.chat.timeline import render_events
from bot.locales import LANGUAGES, catalog
from bot.pictures import Event, load_timeline
from bot.project import PROJECT_ROOT


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("times", [1, 4])
def test_all_events_are_told_in_messages_that_fit(
    article: Article, language: str, times: int
) -> None:
    """Each with its words, however many there are."""
    events: list[Event] = times * list(
        load_timeline(PROJECT_ROOT / "data" / "timeline.toml", article)
    )
    pages = render_events(events, catalog(language), Links("quoting_bot"))
    for page in pages:
        assert utf16_length(page.text) <= MAX_UNITS
        assert len(page.entities) <= MAX_ENTITIES
    whole = "\n".join(page.text for page in pages)
    assert [True] * len(events) == [event.quote.text in whole for event in events]
