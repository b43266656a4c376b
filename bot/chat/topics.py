"""Topics in the chat: the list, and a topic's quotes page by page."""

from __future__ import annotations

from telegram import Message

from bot.article.topics import Topic
from bot.chat.callback_data import Action, clamp
from bot.chat.context import ChatContext, Services
from bot.chat.keyboards import page_buttons, topic_buttons
from bot.chat.render import article_name, render_page
from bot.chat.replies import Reply, send
from bot.chat.richtext import Rendered
from bot.locales import Catalog


def topic_list(services: Services, catalog: Catalog, asker: int) -> Reply:
    """All topics as buttons that turn this message into the topic's page."""
    name = article_name(services.quoter.article.metadata, catalog)
    return Reply(
        Rendered(catalog("topics", article=name)),
        topic_buttons(services.quoter.topics.all, catalog, Action.PAGE, asker),
    )


def topic_page(
    services: Services, topic: Topic, page: int, catalog: Catalog, asker: int
) -> Reply | None:
    """One page of a topic, the nearest there is to `page`; None for a topic without quotes."""
    quotes = services.quoter.quotes_of(topic)
    if not quotes:
        return None
    shown = clamp(page, len(quotes))
    return Reply(
        render_page(topic, quotes, shown, services.quoter.article.metadata, catalog),
        page_buttons(topic, shown, len(quotes), catalog, asker),
    )


async def send_page(context: ChatContext, to: Message, reply: Reply) -> Message:
    """Send a topic page as a new message and remember what it shows."""
    sent = await send(context.bot, to, reply)
    remember_page(context.services, sent.chat.id, sent.message_id, reply)
    return sent


def remember_page(services: Services, chat_id: int, message_id: int, reply: Reply) -> None:
    """Note what a message shows now, so that a second press changes nothing."""
    services.pages.put((chat_id, message_id), reply.content.fingerprint)
