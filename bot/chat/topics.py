"""Topics in the chat: the list, and a topic's quotes page by page."""

from __future__ import annotations

from bot.article.topics import Topic
from bot.chat.actions import reading_button
from bot.chat.callback_data import Action, clamp
from bot.chat.context import ChatContext, Services
from bot.chat.conversations import Exchange
from bot.chat.keyboards import page_buttons, topic_buttons
from bot.chat.presses import Outcome, Pressed
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
    context: ChatContext, topic: Topic, page: int, catalog: Catalog, asker: int
) -> Reply | None:
    """One page of a topic, the nearest there is to `page`; None for a topic without quotes."""
    quoter = context.services.quoter
    quotes = quoter.quotes_of(topic)
    if not quotes:
        return None
    shown = clamp(page, len(quotes))
    metadata = quoter.article.metadata
    reading = reading_button(catalog, [quotes[shown].span], asker)
    return Reply(
        render_page(topic, quotes, shown, metadata, catalog, context.links),
        page_buttons(topic, shown, len(quotes), catalog, asker, reading),
    )


async def press_topic(pressed: Pressed) -> Outcome:
    """Open a topic in a new message, or turn the page of this one."""
    context, press = pressed.context, pressed.press
    topic = context.services.quoter.topics.get(press.key)
    reply = topic and topic_page(context, topic, press.page, pressed.catalog, press.asker)
    if not topic or not reply:
        return Outcome.refused("alert-stale")
    if press.action is Action.PAGE:
        return pressed.showing(reply)

    async def send_page() -> None:
        sent = await send(context, pressed.message, reply)
        opened = Exchange(topic.name, (), "", pressed.query.from_user.id)
        context.services.conversations.put((sent.chat_id, sent.message_id), opened)

    return Outcome(act=send_page)


async def press_list(pressed: Pressed) -> Outcome:
    """Show all topics in this message."""
    services = pressed.context.services
    return pressed.showing(topic_list(services, pressed.catalog, pressed.press.asker))


async def press_count(_: Pressed) -> Outcome:
    """Nothing: the button only shows the page number."""
    return Outcome()
