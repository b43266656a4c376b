from __future__ import annotations

import datetime

from bot.locales import catalog
from bot.retrieval.answer import TimeWord
from bot.retrieval.timewords import find_time_words, note

DAY = datetime.date(2025, 4, 10)


def test_finds_each_word_once_in_order() -> None:
    """截至目前 is one word, and not 目前 as well."""
    assert (
        TimeWord("去年", DAY, 2024),
        TimeWord("截至目前", DAY, None),
        TimeWord("今年", DAY, 2025),
    ) == find_time_words(["去年，截至目前，", "今年1月，去年"], DAY)


def test_says_what_they_mean_in_the_readers_language() -> None:
    """The note names the year, and the day of printing once."""
    words = find_time_words(["今年，目前"], DAY)

    assert "文中“今年”指2025年，文中“目前”指见报时，见报日期2025-04-10" == note(
        words, catalog("zh")
    )
    english = note(words, catalog("en"))
    assert english is not None
    assert "2025" in english
    assert note((), catalog()) is None
