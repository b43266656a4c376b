"""Short words for what the tests do in a chat."""

from __future__ import annotations

from bot.playground import World
from bot.playground.model import CallbackAnswer, Json, Message

ALS = "渐冻症的临床研究是什么时候开始的？"
GROUP = -1001000000001
READER = 1001
ADMIN = 1002
GUEST = 1003


async def said(world: World, text: str, *, reply_to: Message | None = None) -> Message:
    """What the bot answers to a private message."""
    return await world.wait_for_bot_message(after=world.send_text(text, reply_to=reply_to))


async def group_said(
    world: World, text: str, *, user_id: int = READER, reply_to: Message | None = None
) -> Message:
    """What the bot answers to a message in the group."""
    asked = world.send_text(text, chat_id=GROUP, user_id=user_id, reply_to=reply_to)
    return await world.wait_for_bot_message(after=asked)


async def pressed(
    world: World, message: Message, label: str, user_id: int | None = None
) -> CallbackAnswer:
    """Press a button and wait for its answer."""
    return await world.wait_for_callback_answer(world.press(message, text=label, user_id=user_id))


async def turned(world: World, message: Message, label: str) -> None:
    """Press a button of `message` and wait until its text has changed."""
    before = message.text
    await pressed(world, message, label)
    await world.wait_for(lambda: message.text != before)


def labels(message: Message) -> list[list[str]]:
    """The labels of its buttons, row by row."""
    return [[button["text"] for button in row] for row in message.inline_keyboard]


def entities(message: Message, kind: str) -> list[str]:
    """The parts of its text that are marked so."""
    units = (message.text or message.caption or "").encode("utf-16-le")
    return [
        units[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
        for e in (message.entities or message.caption_entities)
        if e["type"] == kind
    ]


def payloads(message: Message) -> list[str]:
    """What its deep links start the bot with."""
    marked: list[Json] = message.entities or message.caption_entities
    links = [str(e["url"]) for e in marked if e["type"] == "text_link"]
    return [link.partition("?start=")[2] for link in links]


def count(world: World, method: str) -> int:
    """How often the bot has called a method."""
    return sum(call.method == method for call in world.calls)
