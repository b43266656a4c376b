from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.article.loader import article_from_text
from bot.article.model import Article
from bot.errors import ArticleError
from bot.pictures import load_timeline
from bot.project import PROJECT_ROOT

TIMELINE = PROJECT_ROOT / "data" / "timeline.toml"


def test_the_events_are_in_order_with_the_dates_they_mean(article: Article) -> None:
    """今年 and 去年 are those of the newspaper's day."""
    events = load_timeline(TIMELINE, article)
    assert [
        "1931",
        "1981",
        "2010",
        "2015",
        "2022-06",
        *["2024"] * 6,
        "2024-10",
        "2024-10",
        "2024-12",
        "2025-01-02",
    ] == [event.label for event in events]
    assert [("去年", "2024"), ("今年1月2日", "2025-01-02")] == [
        (event.words, event.label) for event in events if event.is_relative
    ]


def test_every_event_is_verbatim_and_marks_its_date(article: Article) -> None:
    """As any quote is."""
    for event in load_timeline(TIMELINE, article):
        quote = event.quote
        assert article.text[quote.span.start : quote.span.end] == quote.text
        (mark,) = quote.highlights
        assert event.words == quote.text[mark.start : mark.end]


def test_every_year_of_the_article_is_in_the_timeline(article: Article) -> None:
    """No dated event was forgotten; the year of an award stands in another event."""
    years = set(re.findall(r"\d{4}(?=年)", article.text))
    assert years == years & {event.label[:4] for event in load_timeline(TIMELINE, article)}


@pytest.mark.parametrize(
    ("words", "text", "message"),
    [
        ("1999年", "1999年没有的事。", "0 times"),
        ("2001年", "2001年", "2 times"),
        ("2002年", "2001年他来了。", "is not in"),
        ("有一天", "有一天他又来了。", "is no date"),
        ("2001年13月", "2001年13月他走了。", "is no date"),
        ("去年", "去年他回来了。", "is no date"),
    ],
)
def test_a_wrong_event_is_an_error(tmp_path: Path, words: str, text: str, message: str) -> None:
    """Not in the text, not once in it, no date, or a 去年 of no known year."""
    article = article_from_text(
        "2001年他来了。有一天他又来了。2001年13月他走了。去年他回来了。2002年\n"
    )
    path = tmp_path / "timeline.toml"
    path.write_text(f'[[event]]\nwords = "{words}"\ntext = "{text}"\n', encoding="utf-8")
    with pytest.raises(ArticleError, match=message):
        load_timeline(path, article)


def test_a_text_too_long_for_a_quote_is_an_error(tmp_path: Path) -> None:
    """It could not be shown."""
    article = article_from_text("2001年" + "长" * 200 + "\n")
    path = tmp_path / "timeline.toml"
    path.write_text(f'[[event]]\nwords = "2001年"\ntext = "{article.text}"\n', encoding="utf-8")
    with pytest.raises(ArticleError, match="too many"):
        load_timeline(path, article)
