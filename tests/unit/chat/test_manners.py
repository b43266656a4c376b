"""What every message and keyboard keeps to, in every language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest
from telegram import InlineKeyboardButton, KeyboardButton

from bot.article.model import Article
from bot.article.quote import make_quote
from bot.article.topics import Topics
from bot.chat.actions import action_rows, choice_rows, fault_row, several_row
from bot.chat.callback_data import Action
from bot.chat.commands import MENUS
from bot.chat.group_settings import settings_panel
from bot.chat.keyboards import (
    MAX_LABEL,
    PER_ROW,
    columns,
    page_buttons,
    popular_topics,
    reply_keyboard,
    topic_rows,
)
from bot.chat.languages import language_panel
from bot.chat.links import Links
from bot.chat.preferences import Chosen
from bot.chat.render import article_name, render_answer, render_page
from bot.chat.richtext import Rendered
from bot.locales import LANGUAGES, catalog
from bot.retrieval import Quoter
from bot.retrieval.answer import Answer, Correction, Reason
from bot.storage.interfaces import ChatPreferences

LINE_COLUMNS = 36
"""What a bubble on a phone of 360 pixels holds in a line: 18 Chinese characters."""

SCREEN_LINES = 27
"""Lines of text on such a phone, 740 pixels high, between head and input."""

ASKER = 2**63 - 1
LINKS = Links("quoting_bot")
Rows = Iterable[Sequence[InlineKeyboardButton | KeyboardButton]]


def assert_fits(rows: Rows) -> None:
    """At most three a row, 12 characters a label, and a row no wider than a phone."""
    for row in rows:
        assert len(row) <= PER_ROW
        assert len(row) * max(columns(button.text) for button in row) <= 36
        for button in row:
            assert 1 <= len(button.text.strip()) <= MAX_LABEL


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_keyboard_fits_a_phone(article: Article, topics: Topics, language: str) -> None:
    """Answers, topics, pages, choices, faults, settings, languages."""
    say = catalog(language)
    quotes = tuple(make_quote(article, span) for span in article.sentences[38:41])
    for corrections in ((), (Correction("建冻症", "渐冻症"),)):
        answer = Answer(
            "f" * 12, "q", quotes, (), (), (), 0.5, None, (), None, corrections=corrections
        )
        content = render_answer(answer, article.metadata, say, LINKS)
        assert_fits(action_rows(article, say, content, answer, ASKER, inline=True))
        assert_fits([several_row(article, say, content, quotes, ASKER)])
    assert_fits(topic_rows(topics.all, say, Action.PAGE, ASKER))
    assert_fits(choice_rows(["张毅什么时候去的比利时，去了哪所大学？"] * 3, ASKER))
    assert_fits([fault_row("f" * 12, say)])
    for page in (0, 50, 99):
        markup = page_buttons(topics.all[0], page, 100, say, ASKER)
        assert_fits(markup.inline_keyboard)
    keyboard = reply_keyboard(topics, say)
    assert keyboard is not None
    assert_fits(keyboard.keyboard)
    assert len(popular_topics(topics)) == sum(len(row) for row in keyboard.keyboard)
    for chosen in (None, *LANGUAGES):
        for minutes in (0, 60):
            preferences = ChatPreferences(chosen, on_reply=minutes > 0, delete_minutes=minutes)
            panel = settings_panel(preferences, say)
            assert panel.buttons is not None
            assert_fits(panel.buttons.inline_keyboard)
        shown = language_panel(Chosen(own_language=chosen), say, ASKER)
        assert shown.buttons is not None
        assert_fits(shown.buttons.inline_keyboard)
    for key in ("card-light", "card-dark", "button-as-text", "button-more", "button-share"):
        assert len(say(key)) <= MAX_LABEL


def lines_in_view(content: Rendered) -> int:
    """How many lines a phone shows before anything is unfolded; a folded quote shows three."""
    units = content.text.encode("utf-16-le")
    folded = [e for e in content.entities if e.type == "expandable_blockquote"]
    lines, at = 0, 0
    for entity in folded:
        before = units[2 * at : 2 * entity.offset].decode("utf-16-le")
        lines += _lines(before) + 3
        at = entity.offset + entity.length
    return lines + _lines(units[2 * at :].decode("utf-16-le"))


def _lines(text: str) -> int:
    return sum(-(-columns(line) // LINE_COLUMNS) for line in text.split("\n") if line.strip())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_answer_is_longer_than_a_screen_without_a_fold(
    article: Article, topics: Topics, quoter: Quoter, language: str
) -> None:
    """Any two sentences, any digest, any page of a topic: what does not fit is folded."""
    say = catalog(language)
    questions = ("张毅取得了哪些成果", "介绍一下张毅", "渐冻症的临床研究是什么时候开始的")
    answers = [quoter.ask(question) for question in questions]
    for start in range(0, len(article.sentences) - 5, 5):
        quotes = tuple(make_quote(article, span) for span in article.sentences[start : start + 5])
        answers.append(Answer("f" * 12, "q", quotes, (), (), (), 0.5, None, (), None))
    contents = [render_answer(each, article.metadata, say, LINKS) for each in answers]
    for topic in topics.all:
        pages = quoter.quotes_of(topic)
        contents += [
            render_page(topic, pages, number, article.metadata, say, LINKS)
            for number in range(len(pages))
        ]
    # Places alone, each of two lines or three, take their part of the screen.
    assert [] == [
        lines_in_view(content)
        for content in contents
        if lines_in_view(content) > SCREEN_LINES
        and not any(e.type == "expandable_blockquote" for e in content.entities)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_profile_is_as_short_as_telegram_takes_it(article: Article, language: str) -> None:
    """512 characters of description, 120 of the short one, and 256 for each command."""
    say = catalog(language)
    name = article_name(article.metadata, say)
    assert len(say("profile-description", article=name)) <= 512
    assert len(say("profile-short", article=name)) <= 120
    for _, names in MENUS:
        assert all(1 <= len(say(f"command-{each}")) <= 256 for each in names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_begins_with_an_emoji(language: str) -> None:
    """A screen reader would read it out before the words."""
    say = catalog(language)
    reasons = [say(f"reason-{reason.value.replace('_', '-')}") for reason in Reason]
    for text in (*reasons, say("welcome", article="x"), say("help", bot="@x")):
        for line in filter(None, text.split("\n")):
            assert line[0].isalnum() or line[0] in "“「/@《"
