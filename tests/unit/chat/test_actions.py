from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import InlineKeyboardButton

from bot.article.model import Article
from bot.article.quote import Quote, make_quote
from bot.article.topics import Topics, topic_quotes
from bot.chat.actions import action_of, action_rows, choice_rows, fault_row
from bot.chat.callback_data import MAX_BYTES, Action, unpack
from bot.chat.keyboards import MAX_LABEL, PER_ROW, columns
from bot.chat.links import Links
from bot.chat.render import render_answer
from bot.locales import LANGUAGES, catalog
from bot.retrieval.answer import Answer, Correction, Reason

ASKER = 2**63 - 1
LINKS = Links("quoting_bot")
Rows = Sequence[Sequence[InlineKeyboardButton]]


def _rows(
    article: Article,
    quotes: tuple[Quote, ...],
    language: str = "zh",
    corrections: tuple[Correction, ...] = (),
    reason: Reason | None = None,
) -> Rows:
    answer = Answer(
        "f" * 12, "q", quotes, quotes, (), (), 0.5, reason, (), None, corrections=corrections
    )
    say = catalog(language)
    content = render_answer(answer, article.metadata, say, LINKS)
    return action_rows(article, say, content, answer, ASKER, inline=True)


def _check(rows: Rows) -> None:
    assert len(rows) <= 3
    for row in rows:
        assert len(row) <= PER_ROW
        assert len(row) * max(columns(button.text) for button in row) <= 36
        assert max(len(button.text) for button in row) <= MAX_LABEL
        for button in row:
            data = button.callback_data
            assert data is None or (isinstance(data, str) and len(data.encode()) <= MAX_BYTES)
            assert data is None or unpack(str(data)) is not None
            assert button.copy_text is None or 1 <= len(button.copy_text.text) <= 256


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_quote_has_buttons_that_fit(article: Article, topics: Topics, language: str) -> None:
    """Each sentence and each quote of each topic, in each language, for the longest user id."""
    quotes = [make_quote(article, span) for span in article.sentences]
    quotes += [quote for topic in topics.all for quote in topic_quotes(article, topic)]
    for quote in quotes:
        _check(_rows(article, (quote,), language))


@given(st.data())
def test_every_answer_has_buttons_that_fit(article: Article, data: st.DataObject) -> None:
    """Up to five quotes and more, corrected or not."""
    spans = data.draw(st.lists(st.sampled_from(article.sentences), max_size=8, unique=True))
    corrected = data.draw(st.sampled_from([(), (Correction("a", "b"),)]))
    language = data.draw(st.sampled_from(LANGUAGES))
    quotes = tuple(make_quote(article, span) for span in spans)
    _check(_rows(article, quotes, language, corrected))


def test_a_quote_can_be_widened_copied_drawn_and_judged(article: Article) -> None:
    """Two rows: what to do with it, and what one thinks of it."""
    rows = _rows(article, (make_quote(article, article.sentences[40]),))
    labels = [[button.text for button in row] for row in rows]
    assert [["上下文", "复制", "图片"], ["👍", "👎"]] == labels


def test_a_correction_can_be_undone(article: Article) -> None:
    """The way back stands before the votes."""
    quote = make_quote(article, article.sentences[40])
    rows = _rows(article, (quote,), corrections=(Correction("建冻症", "渐冻症"),))
    assert [Action.LITERAL, Action.VOTE, Action.VOTE] == [action_of(each) for each in rows[1]]


def test_an_abstention_can_be_judged_too(article: Article) -> None:
    """Who knows that the article does say it can tell."""
    rows = _rows(article, (), reason=Reason.NOT_IN_ARTICLE)
    assert [["👍", "👎"]] == [[button.text for button in row] for row in rows]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_faults_fit_in_one_row(language: str) -> None:
    """Three labels side by side."""
    _check([fault_row("f" * 12, catalog(language))])


@given(st.lists(st.text(max_size=300), max_size=6))
def test_choices_are_at_most_three_rows_with_a_label_each(choices: list[str]) -> None:
    """Whatever is asked back, no label is empty, over a line or endless."""
    rows = choice_rows(choices, ASKER)
    assert min(3, len(choices)) == len(rows)
    for number, (button,) in enumerate(rows):
        press = unpack(str(button.callback_data))
        assert press is not None
        assert (Action.CHOOSE, number) == (press.action, press.page)
        assert button.text.strip()
        assert len(button.text) <= MAX_LABEL
        assert 1 == len(button.text.splitlines())
