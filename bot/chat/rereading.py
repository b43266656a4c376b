"""Buttons that ask again: as it was typed, or one of the questions that were asked back."""

from __future__ import annotations

from bot.chat.answers import compose_answer, repost
from bot.chat.presses import Outcome, Pressed


async def press_literal(pressed: Pressed) -> Outcome:
    """Ask again without corrections, and show that answer in this message."""
    exchange = pressed.exchange
    if exchange is None:
        return Outcome.refused("alert-forgotten")
    if exchange.literal:
        return Outcome()
    return _asking(pressed, exchange.question, exchange.previous, literal=True)


async def press_choice(pressed: Pressed) -> Outcome:
    """Ask the chosen question, and show its answer in this message."""
    exchange, context = pressed.exchange, pressed.context
    if exchange is None:
        return Outcome.refused("alert-forgotten")
    asked = await context.ask(exchange.question, exchange.previous, literal=exchange.literal)
    choices = asked.choices
    if exchange.settled and not choices:
        # Pressed twice: the answer stands there, or is on its way.
        return Outcome()
    if pressed.press.page >= len(choices):
        return Outcome.refused("alert-stale")
    return _asking(pressed, choices[pressed.press.page], ())


def _asking(
    pressed: Pressed, question: str, previous: tuple[str, ...], *, literal: bool = False
) -> Outcome:
    async def ask() -> None:
        composed = await compose_answer(
            pressed.context,
            pressed.catalog,
            question,
            pressed.press.asker,
            previous,
            literal=literal,
            reader=pressed.query.from_user.id,
        )
        await repost(pressed.context, pressed.message, pressed.message.message_id, composed)

    return Outcome(act=ask)
