"""Context in place: the button that widens the quotes of a message, and the opened link."""

from __future__ import annotations

from telegram import InlineKeyboardMarkup

from bot.article.quote import Quote
from bot.chat.actions import action_of, quote_row, reading_button, rows_of, width_button
from bot.chat.callback_data import Action
from bot.chat.context import ChatContext
from bot.chat.keyboards import topic_rows
from bot.chat.places import unpack_spans
from bot.chat.presses import Outcome, Pressed
from bot.chat.render import render_quote
from bot.chat.replies import Reply, change_buttons
from bot.chat.richtext import Rendered
from bot.chat.surroundings import Width
from bot.chat.widening import Widening
from bot.locales import Catalog


async def press_width(pressed: Pressed) -> Outcome:
    """Show the message's quotes at another width; everything else in it stays."""
    press, message = pressed.press, pressed.message
    spans = unpack_spans(press.key)
    if spans is None or press.page not in list(Width):
        return Outcome.refused("alert-stale")
    width = Width(press.page)
    article = pressed.context.services.quoter.article
    widening = Widening(article, spans, pressed.catalog("gap"))
    content = widening.at(Rendered(message.text or "", tuple(message.entities)), width)
    if content is None:
        return Outcome.refused("alert-moved")
    following = widening.next_width(content, width)
    rows = rows_of(message.reply_markup)
    if following is not None:
        button = width_button(pressed.catalog, spans, following, press.asker)
        rows = [
            [button if action_of(each) is Action.WIDEN else each for each in row] for row in rows
        ]
    if content.text != message.text:
        return pressed.showing(Reply(content, InlineKeyboardMarkup(rows)))
    if rows == rows_of(message.reply_markup):
        return Outcome()

    async def relabel() -> None:
        # Another press, made when the message was narrower, has put the old button back.
        await change_buttons(message, rows)

    return Outcome(act=relabel)


def opened(context: ChatContext, quote: Quote, catalog: Catalog, asker: int) -> Reply:
    """A quote in its paragraph, as a link opens it."""
    quoter = context.services.quoter
    article = quoter.article
    content = render_quote(quote, article.metadata, catalog, context.links)
    width = Width.PARAGRAPH
    wide = Widening(article, (quote.span,), catalog("gap")).at(content, width)
    if wide is None:
        wide, width = content, Width.QUOTE
    inline = bool(context.bot.supports_inline_queries)
    rows = [quote_row(article, catalog, wide, (quote,), asker, width, inline=inline)]
    reading = reading_button(catalog, [quote.span], asker)
    rows += [[reading]] if reading else []
    topics = quoter.topics.of_paragraphs([quote.locator.paragraph])[:2]
    rows += topic_rows(topics, catalog, Action.OPEN, asker)
    return Reply(wide, InlineKeyboardMarkup(rows))
