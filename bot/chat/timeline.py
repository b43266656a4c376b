"""/timeline: the article's dated events, as a picture and as text."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, MessageEntity, Update

from bot.chat.callback_data import Action, Press, pack
from bot.chat.context import ChatContext
from bot.chat.links import Links
from bot.chat.photos import Picture, send_picture
from bot.chat.presses import Outcome, Pressed
from bot.chat.readers import asker_of
from bot.chat.render import article_name
from bot.chat.replies import Reply, send
from bot.chat.richtext import MAX_ENTITIES, Rendered, RichText
from bot.errors import ArticleError
from bot.locales import Catalog

if TYPE_CHECKING:
    from bot.pictures import Event

log = logging.getLogger(__name__)

_ENTITIES_EACH = 4


async def on_timeline(update: Update, context: ChatContext) -> None:
    """Send the picture, with a button for the text; the text at once where that is asked for."""
    message = update.message
    if message is None:
        return
    services = context.services
    say = context.catalog_of(message.from_user)
    if not services.timeline:
        await send(context, message, Reply(Rendered(say("timeline-none"))))
    elif context.args:
        await _send_text(context, message, say)
    else:
        await _send_picture(context, message, say)


async def press_events(pressed: Pressed) -> Outcome:
    """Send the events as text."""
    context, message, say = pressed.context, pressed.message, pressed.catalog
    if not context.services.timeline:
        return Outcome.refused("alert-stale")

    async def send_text() -> None:
        await _send_text(context, message, say)

    return Outcome(act=send_text)


def render_events(events: Sequence[Event], say: Catalog, links: Links) -> list[Rendered]:
    """The events with their words, in as many messages as they need."""
    pages: list[Rendered] = []
    rich, held = RichText(), 0
    rich.add(say("picture-timeline"), MessageEntity.BOLD)
    way = say("place-separator") + say("open-in-article")
    for event in events:
        head = _head(event, say)
        if not rich.fits("\n\n", head, way, "\n", event.quote.text) or (
            (held + 1) * _ENTITIES_EACH >= MAX_ENTITIES
        ):
            pages.append(rich.build())
            rich, held = RichText(), 0
        if rich:
            rich.add("\n\n")
        rich.add(head, MessageEntity.BOLD)
        rich.add(say("place-separator"))
        rich.add_link(say("open-in-article"), links.to_quote(event.quote))
        rich.add("\n")
        rich.add_blockquote(event.quote.text, (), expandable=False)
        held += 1
    return [*pages, rich.build()]


def _head(event: Event, say: Catalog) -> str:
    if not event.is_relative:
        return event.label
    return say("place-separator").join((event.label, say("picture-printed", words=event.words)))


async def _send_picture(context: ChatContext, message: Message, say: Catalog) -> None:
    services = context.services
    metadata = services.quoter.article.metadata

    def draw() -> bytes:
        # Only here: loading it would hold up the start.
        from bot.pictures import LIGHT, draw_timeline  # noqa: PLC0415

        return draw_timeline(services.timeline, metadata, LIGHT, say=say, font=services.font)

    caption = say("timeline-caption", article=article_name(metadata, say))
    press = Press(Action.EVENTS, asker=asker_of(message))
    button = InlineKeyboardButton(say("button-as-text"), callback_data=pack(press))
    reply = Reply(Rendered(caption), InlineKeyboardMarkup([[button]]))
    try:
        await send_picture(context, message, Picture(f"timeline {say.language}", draw), reply)
    except ArticleError as error:
        log.warning("the timeline was not drawn: %s", error)
        await _send_text(context, message, say)


async def _send_text(context: ChatContext, message: Message, say: Catalog) -> None:
    for content in render_events(context.services.timeline, say, context.links):
        await send(context, message, Reply(content))
