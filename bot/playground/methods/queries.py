"""Answering what people ask from elsewhere: inline queries, and guest queries."""

from __future__ import annotations

from bot.playground.errors import bad_request
from bot.playground.inline import InlineAnswer
from bot.playground.inline_results import ResultParser, parse_button
from bot.playground.model import Json
from bot.playground.parameters import Parameters
from bot.playground.world import World

MAX_OFFSET_BYTES = 64


async def answer_inline_query(world: World, parameters: Parameters) -> bool:
    """Offer up to 50 results, with the offset of the next page and a button above them."""
    query = world.inline.answerable(parameters.text("inline_query_id"))
    parser = ResultParser(world.find_user, world.photos)
    results = parser.several(parameters.nested("results"))
    next_offset = parameters.text("next_offset")
    if len(next_offset.encode(errors="replace")) > MAX_OFFSET_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    answer = InlineAnswer(
        query.id,
        query.user,
        query.query,
        results,
        next_offset=next_offset,
        cache_time=max(0, parameters.integer("cache_time", 300)),
        is_personal=parameters.boolean("is_personal"),
        button=parse_button(parameters.nested("button")),
    )
    world.inline.answer(query, answer)
    return True


async def answer_guest_query(world: World, parameters: Parameters) -> Json:
    """Post one result into the chat the bot was called from."""
    query_id = parameters.text("guest_query_id")
    world.guests.waiting(query_id)
    parser = ResultParser(world.find_user, world.photos)
    message = world.guests.answer(query_id, parser.one(parameters.nested("result")))
    return {"inline_message_id": message.inline_message_id}


METHODS = {
    "answerInlineQuery": answer_inline_query,
    "answerGuestQuery": answer_guest_query,
}
