"""The button that shows quotes in traditional characters, marked as converted."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.article.model import Metadata
from bot.article.reading import ReadingCopy, reading_copy
from bot.chat.actions import action_of, rows_of
from bot.chat.callback_data import Action
from bot.chat.places import quotes_at, unpack_spans
from bot.chat.presses import Outcome, Pressed
from bot.chat.render import EXPANDABLE_AFTER, place_line
from bot.chat.replies import Reply, change_buttons, send
from bot.chat.richtext import Rendered, RichText, utf16_length
from bot.locales import Catalog


async def press_reading(pressed: Pressed) -> Outcome:
    """Send the reading copy below the message, and take its button away."""
    context, message = pressed.context, pressed.message
    article = context.services.quoter.article
    quotes = quotes_at(article, unpack_spans(pressed.press.key) or ())
    if not quotes:
        return Outcome.refused("alert-stale")

    async def show() -> None:
        copies = await asyncio.to_thread(lambda: [reading_copy(quote) for quote in quotes])
        content = render_reading(copies, article.metadata, pressed.catalog)
        await send(context, message, Reply(content))
        rows = [
            [button for button in row if action_of(button) is not Action.READING]
            for row in rows_of(message.reply_markup)
        ]
        await change_buttons(message, [row for row in rows if row])

    return Outcome(act=show)


def render_reading(copies: Sequence[ReadingCopy], metadata: Metadata, catalog: Catalog) -> Rendered:
    """The copies, each with its quote's place, below a line that says what they are."""
    rich = RichText()
    rich.add(catalog("reading-mark"))
    for copy in copies:
        place = "\n" + place_line(copy.quote.locator, metadata, catalog)
        if not rich.fits("\n\n", copy.text, place):
            break
        rich.add("\n" if copy is copies[0] else "\n\n")
        folded = rich.end + utf16_length(copy.text) > EXPANDABLE_AFTER
        rich.add_blockquote(copy.text, (), expandable=folded)
        rich.add(place)
    return rich.build()
