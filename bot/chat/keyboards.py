"""Inline and reply keyboards."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import TypeVar

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup

from bot.article.topics import Topic, Topics
from bot.chat.callback_data import Action, Press, pack
from bot.chat.render import topic_name
from bot.locales import Catalog

ButtonT = TypeVar("ButtonT", InlineKeyboardButton, KeyboardButton)

PER_ROW = 3
"""Most buttons in a row."""

MAX_LABEL = 12
"""Most characters of a button's label."""

_ROW_COLUMNS = 36
_FITTING = 3
_POPULAR = 6


def fitting_topics(found: Sequence[Topic], topics: Topics) -> tuple[Topic, ...]:
    """Two or three topics to offer: those found, filled up with the most asked ones."""
    chosen = list(found[:_FITTING])
    for topic in popular_topics(topics):
        if len(chosen) >= _FITTING - 1:
            break
        if topic not in chosen:
            chosen.append(topic)
    return tuple(chosen)


def popular_topics(topics: Topics) -> tuple[Topic, ...]:
    """The topics of the reply keyboard: the most asked ones, or the first where none is named."""
    return topics.popular[:_POPULAR] or topics.all[:_POPULAR]


def topic_buttons(
    topics: Iterable[Topic], catalog: Catalog, action: Action, asker: int
) -> InlineKeyboardMarkup | None:
    """A button for each topic; None when there is none."""
    rows = topic_rows(topics, catalog, action, asker)
    return InlineKeyboardMarkup(rows) if rows else None


def topic_rows(
    topics: Iterable[Topic], catalog: Catalog, action: Action, asker: int
) -> list[list[InlineKeyboardButton]]:
    """A button for each topic, in rows."""
    buttons = [
        InlineKeyboardButton(
            topic_name(topic, catalog), callback_data=pack(Press(action, topic.id, 0, asker))
        )
        for topic in topics
    ]
    return _rows(buttons)


def page_buttons(
    topic: Topic,
    page: int,
    pages: int,
    catalog: Catalog,
    asker: int,
    beside: InlineKeyboardButton | None = None,
) -> InlineKeyboardMarkup:
    """◀ 2/5 ▶ without the arrow that leads nowhere, and the way to all topics with `beside`."""

    def button(label: str, action: Action, to: int) -> InlineKeyboardButton:
        return InlineKeyboardButton(label, callback_data=pack(Press(action, topic.id, to, asker)))

    turning = []
    if page > 0:
        turning.append(button("◀", Action.PAGE, page - 1))
    turning.append(button(f"{page + 1}/{pages}", Action.COUNT, page))
    if page < pages - 1:
        turning.append(button("▶", Action.PAGE, page + 1))
    listing = InlineKeyboardButton(
        catalog("button-all-topics"), callback_data=pack(Press(Action.LIST, asker=asker))
    )
    last = [listing] if beside is None else [listing, beside]
    return InlineKeyboardMarkup([turning, last] if pages > 1 else [last])


def reply_keyboard(topics: Topics, catalog: Catalog) -> ReplyKeyboardMarkup | None:
    """The keyboard under a private chat's input; its labels come back as text."""
    labels = [KeyboardButton(topic_name(topic, catalog)) for topic in popular_topics(topics)]
    if not labels:
        return None
    return ReplyKeyboardMarkup(
        _rows(labels),
        is_persistent=True,
        resize_keyboard=True,
        input_field_placeholder=catalog("input-placeholder"),
    )


def columns(text: str) -> int:
    """How wide `text` is, in columns of a Latin letter; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _rows(buttons: Sequence[ButtonT]) -> list[list[ButtonT]]:
    """At most `PER_ROW` a row, fewer where the labels would not fit beside each other."""
    rows: list[list[ButtonT]] = []
    for button in buttons:
        if rows and _fits(rows[-1], button):
            rows[-1].append(button)
        else:
            rows.append([button])
    return rows


def _fits(row: Sequence[ButtonT], button: ButtonT) -> bool:
    # A row's buttons are all drawn as wide as its widest.
    widest = max(columns(button.text), *(columns(each.text) for each in row))
    return len(row) < PER_ROW and widest * (len(row) + 1) <= _ROW_COLUMNS
