from __future__ import annotations

import pytest

from bot.article.model import Article
from bot.errors import ArticleError
from bot.locales import LANGUAGES, catalog
from bot.pictures import DARK, LIGHT, draw_timeline, load_timeline
from bot.project import PROJECT_ROOT
from tests.unit.pictures.pictures import blank_margin, opened

TIMELINE = PROJECT_ROOT / "data" / "timeline.toml"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_timeline_is_a_photo_for_telegram(article: Article, language: str) -> None:
    """Width and height together at most 10,000, one at most 20 times the other, under 10 MB."""
    png = draw_timeline(
        load_timeline(TIMELINE, article), article.metadata, LIGHT, say=catalog(language)
    )
    image = opened(png)
    assert sum(image.size) <= 10_000
    assert image.height <= 20 * image.width
    assert len(png) < 10_000_000
    assert blank_margin(image) >= 60


def test_many_events_are_set_smaller(article: Article) -> None:
    """Until they fit, or no longer can."""
    events = load_timeline(TIMELINE, article)
    image = opened(draw_timeline(events * 2, article.metadata, DARK))
    assert sum(image.size) <= 10_000
    with pytest.raises(ArticleError, match="too many"):
        draw_timeline(events * 4, article.metadata, DARK)


def test_a_timeline_of_nothing_is_still_a_picture(article: Article) -> None:
    """Its heading stands alone."""
    assert opened(draw_timeline((), article.metadata, LIGHT)).height < 1000
