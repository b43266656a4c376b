"""The button by which a quote is taken elsewhere: to the clipboard, or into another chat."""

from __future__ import annotations

from telegram import CopyTextButton, InlineKeyboardButton, SwitchInlineQueryChosenChat
from telegram.constants import InlineKeyboardButtonLimit, InlineQueryLimit

from bot.article.model import Metadata
from bot.article.quote import Quote
from bot.chat.render import place_line
from bot.chat.richtext import utf16_length
from bot.locales import Catalog

MAX_COPIED = int(InlineKeyboardButtonLimit.MAX_COPY_TEXT)
"""Telegram's limit on what a button copies."""

MAX_QUERY = int(InlineQueryLimit.MAX_QUERY_LENGTH)
"""Telegram's limit on an inline query."""


def copied_text(quote: Quote, metadata: Metadata, catalog: Catalog) -> str | None:
    """The quote and, on a line of its own, its place; None where that is too long to be copied.

    UTF-16 units are counted: the longest way to count, so right whichever Telegram means.
    """
    text = f"{quote.text}\n{place_line(quote.locator, metadata, catalog)}"
    return text if utf16_length(text) <= MAX_COPIED else None


def copy_button(
    quote: Quote, metadata: Metadata, catalog: Catalog, *, inline: bool
) -> InlineKeyboardButton | None:
    """Copies the quote with its place; where that is too long, offers it to another chat by an
    inline query, or, without `inline` mode, copies the quote alone.
    """
    text = copied_text(quote, metadata, catalog)
    if text is None and inline and utf16_length(quote.text) <= MAX_QUERY:
        target = SwitchInlineQueryChosenChat(
            quote.text,
            allow_user_chats=True,
            allow_group_chats=True,
            allow_channel_chats=True,
        )
        return InlineKeyboardButton(catalog("button-share"), switch_inline_query_chosen_chat=target)
    text = text or quote.text
    if utf16_length(text) > MAX_COPIED:
        return None
    return InlineKeyboardButton(catalog("button-copy"), copy_text=CopyTextButton(text))
