"""Answering pressed buttons."""

from __future__ import annotations

from bot.playground.errors import bad_request
from bot.playground.model import CallbackAnswer
from bot.playground.parameters import Parameters
from bot.playground.world import World

MAX_ANSWER = 200


async def answer_callback_query(world: World, parameters: Parameters) -> bool:
    """Stop the button's spinner, with a toast or an alert of up to 200 characters."""
    query_id = parameters.text("callback_query_id")
    query = world.query(query_id)
    text = parameters.text("text") or None
    if text is not None and len(text) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    answer = CallbackAnswer(
        query_id, text, parameters.boolean("show_alert"), parameters.text("url") or None
    )
    # Telegram's app shows the first answer; a second one is taken and shown to nobody.
    if query.answer is None:
        query.answer = answer
        world.announce(
            "answer",
            {
                "query_id": query_id,
                "user_id": query.user.id,
                "chat_id": query.message.chat.id,
                "text": answer.text,
                "show_alert": answer.show_alert,
                "url": answer.url,
            },
        )
    return True


METHODS = {"answerCallbackQuery": answer_callback_query}
