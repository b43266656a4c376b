"""The quote as a picture, light or dark."""

from __future__ import annotations

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.article.quote import Quote, make_quote
from bot.chat.callback_data import Action, Press, pack
from bot.chat.context import ChatContext
from bot.chat.photos import Picture, change_picture, send_picture
from bot.chat.places import pack_spans, quotes_at, unpack_spans
from bot.chat.presses import Outcome, Pressed
from bot.chat.render import render_quote
from bot.chat.replies import Reply
from bot.chat.richtext import MAX_CAPTION_UNITS, Rendered
from bot.chat.widening import highlights_in

_LABELS = ("card-light", "card-dark")


async def press_card(pressed: Pressed) -> Outcome:
    """Send the quote as a picture; under a picture, change it to the other theme."""
    press, context, message = pressed.press, pressed.context, pressed.message
    quotes = quotes_at(context.services.quoter.article, unpack_spans(press.key) or ())
    if not quotes or press.page >= len(_LABELS):
        return Outcome.refused("alert-stale")
    quote = _marked(context, quotes[0], message)
    picture = _picture(pressed, quote)
    reply = _caption(pressed, quote)

    async def show() -> None:
        if message.photo:
            await change_picture(context, message, picture, reply)
        else:
            await send_picture(context, message, picture, reply)

    return Outcome(act=show)


def _marked(context: ChatContext, quote: Quote, message: Message) -> Quote:
    """The quote with the words that the message has in bold."""
    shown = Rendered(
        message.text or message.caption or "",
        tuple(message.entities or message.caption_entities),
    )
    article = context.services.quoter.article
    return make_quote(article, quote.span, highlights_in(shown, quote))


def _picture(pressed: Pressed, quote: Quote) -> Picture:
    services, number = pressed.context.services, pressed.press.page
    say = pressed.catalog
    metadata = services.quoter.article.metadata

    def draw() -> bytes:
        # Only here: loading it would hold up the start.
        from bot.pictures import DARK, LIGHT, draw_card  # noqa: PLC0415

        theme = DARK if number else LIGHT
        return draw_card(quote, metadata, theme, say=say, font=services.font)

    marks = [mark.shift(quote.span.start) for mark in quote.highlights]
    where = pack_spans([quote.span, *marks])
    return Picture(f"card {where} {number} {say.language}", draw)


def _caption(pressed: Pressed, quote: Quote) -> Reply:
    context, say = pressed.context, pressed.catalog
    metadata = context.services.quoter.article.metadata
    content = render_quote(quote, metadata, say, context.links, MAX_CAPTION_UNITS)
    other = 1 - pressed.press.page
    press = Press(Action.CARD, pack_spans([quote.span]), other, pressed.press.asker)
    button = InlineKeyboardButton(say(_LABELS[other]), callback_data=pack(press))
    return Reply(content, InlineKeyboardMarkup([[button]]))
