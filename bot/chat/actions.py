"""The buttons of an answer: what can be done with its quotes, and what readers think of it."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.article.model import Article, Span
from bot.article.quote import Quote
from bot.chat.callback_data import ANYONE, Action, Press, pack, unpack
from bot.chat.copying import copy_button
from bot.chat.keyboards import MAX_LABEL, PER_ROW
from bot.chat.places import MOST_SPANS, pack_spans
from bot.chat.richtext import Rendered, clip
from bot.chat.surroundings import Width
from bot.chat.votes import Fault
from bot.chat.widening import Widening, blocks_of
from bot.locales import Catalog
from bot.retrieval.answer import Answer

Row = list[InlineKeyboardButton]

_TRADITIONAL = "zh-hant"
_WIDTH_LABELS = {
    Width.QUOTE: "button-narrow",
    Width.PARAGRAPH: "button-context",
    Width.NEIGHBOURS: "button-more",
}


def action_rows(
    article: Article,
    catalog: Catalog,
    content: Rendered,
    answer: Answer,
    asker: int,
    *,
    inline: bool,
) -> list[Row]:
    """At most three rows: what to do with the quotes that `content` shows; the way back from a
    correction, and the votes; a reading copy, where the reader's language has one. `inline` says
    that the bot has an inline mode.
    """
    shown = (answer.quotes or answer.related)[: len(blocks_of(content.entities))]
    rows = []
    if shown:
        rows.append(quote_row(article, catalog, content, shown, asker, Width.QUOTE, inline=inline))
    judging = vote_row(answer.id)
    if answer.corrections:
        judging.insert(0, _button(catalog("button-literal"), Press(Action.LITERAL, asker=asker)))
    rows.append(judging)
    reading = reading_button(catalog, [quote.span for quote in shown], asker) if shown else None
    if reading is not None:
        if len(judging) < PER_ROW:
            judging.insert(0, reading)
        else:
            rows.append([reading])
    return rows


def several_row(
    article: Article, catalog: Catalog, content: Rendered, quotes: Sequence[Quote], asker: int
) -> Row:
    """Context and, where the reader's language has one, a reading copy, for the quotes of several
    answers in one message.
    """
    spans = tuple(quote.span for quote in quotes[: len(blocks_of(content.entities))][:MOST_SPANS])
    wider = Widening(article, spans, catalog("gap")).next_width(content, Width.QUOTE)
    row = [] if wider is None else [width_button(catalog, spans, wider, asker)]
    reading = reading_button(catalog, spans, asker)
    return row if reading is None else [*row, reading]


def quote_row(
    article: Article,
    catalog: Catalog,
    content: Rendered,
    quotes: Sequence[Quote],
    asker: int,
    width: Width,
    *,
    inline: bool,
) -> Row:
    """Context, copy and picture, for quotes shown at `width`; copy and picture take the first."""
    first = quotes[0]
    row = []
    spans = tuple(quote.span for quote in quotes[:MOST_SPANS])
    widening = Widening(article, spans, catalog("gap"))
    wider = widening.next_width(content, width)
    if wider is not None:
        row.append(width_button(catalog, spans, wider, asker))
    copying = copy_button(first, article.metadata, catalog, inline=inline)
    if copying is not None:
        row.append(copying)
    picture = Press(Action.CARD, pack_spans([first.span]), 0, asker)
    row.append(_button(catalog("button-card"), picture))
    return row


def width_button(
    catalog: Catalog, spans: Sequence[Span], width: Width, asker: int
) -> InlineKeyboardButton:
    """Shows the quotes at `width`."""
    press = Press(Action.WIDEN, pack_spans(spans), int(width), asker)
    return _button(catalog(_WIDTH_LABELS[width]), press)


def reading_button(
    catalog: Catalog, spans: Sequence[Span], asker: int
) -> InlineKeyboardButton | None:
    """Asks for the quotes in traditional characters; None in a language that is not written so."""
    if catalog.language != _TRADITIONAL:
        return None
    press = Press(Action.READING, pack_spans(spans[:MOST_SPANS]), 0, asker)
    return _button(catalog("reading-button"), press)


def vote_row(answer_id: str) -> Row:
    """👍 and 👎, for everybody in the chat."""
    return [
        _button("👍", Press(Action.VOTE, answer_id, 1, ANYONE)),
        _button("👎", Press(Action.VOTE, answer_id, 0, ANYONE)),
    ]


def fault_row(answer_id: str, catalog: Catalog) -> Row:
    """What was wrong with the answer."""
    return [
        _button(catalog(f"fault-{fault}"), Press(Action.FAULT, answer_id, number, ANYONE))
        for number, fault in enumerate(Fault)
    ]


def choice_rows(choices: Sequence[str], asker: int) -> list[Row]:
    """Each of the questions that are asked back, a row to itself, numbered as in the message."""
    return [
        [
            _button(
                clip(f"{number + 1}. {' '.join(choice.split())}", MAX_LABEL),
                Press(Action.CHOOSE, page=number, asker=asker),
            )
        ]
        for number, choice in enumerate(choices[:3])
    ]


def action_of(button: InlineKeyboardButton) -> Action | None:
    """What the press of a button asks for; None for one without callback data."""
    data = button.callback_data
    press = unpack(data) if isinstance(data, str) else None
    return press.action if press is not None else None


def rows_of(markup: InlineKeyboardMarkup | None) -> list[Row]:
    """The rows of a keyboard that is there already."""
    return [list(row) for row in markup.inline_keyboard] if markup else []


def _button(label: str, press: Press) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=pack(press))
