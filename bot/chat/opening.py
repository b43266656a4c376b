"""What a deep link opens."""

from __future__ import annotations

from telegram import Message

from bot.chat.callback_data import Action
from bot.chat.context import ChatContext
from bot.chat.contexts import opened
from bot.chat.keyboards import fitting_topics, topic_buttons
from bot.chat.links import PlaceTarget, TopicTarget, read_payload
from bot.chat.readers import asker_of
from bot.chat.replies import Reply
from bot.chat.richtext import Rendered
from bot.chat.topics import topic_page


def open_payload(context: ChatContext, message: Message, payload: str) -> Reply | None:
    """The topic or the place that `payload` leads to, or why it leads nowhere any more; None for
    one that opens the welcome.
    """
    quoter = context.services.quoter
    catalog = context.catalog_of(message.from_user)
    target, asker = read_payload(payload), asker_of(message)
    reply: Reply | None = None
    if isinstance(target, TopicTarget):
        topic = quoter.topics.get(target.topic_id)
        reply = topic_page(context, topic, 0, catalog, asker) if topic else None
    elif isinstance(target, PlaceTarget):
        quote = target.find(quoter.article)
        reply = opened(context, quote, catalog, asker) if quote else None
    elif target is not None:
        return None
    if reply is not None:
        return reply
    why = catalog("link-unreadable" if target is None else "link-stale")
    offered = fitting_topics((), quoter.topics)
    return Reply(Rendered(why), topic_buttons(offered, catalog, Action.OPEN, asker))
