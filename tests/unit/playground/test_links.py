"""Deep links, and the buttons that lead elsewhere."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.playground import World
from bot.playground.errors import ApiError
from bot.playground.model import Json

Ask = Callable[..., Awaitable[Any]]


async def test_a_deep_link_starts_the_chat(world: World, ask: Ask) -> None:
    """The payload comes as the word after /start; a bot that was blocked is unblocked."""
    world.membership.block(1003)
    world.start("t_a-Z9", user_id=1003)
    world.start()
    texts = [u["message"]["text"] for u in await ask("getUpdates") if "message" in u]
    assert ["/start t_a-Z9", "/start"] == texts


@pytest.mark.parametrize("payload", ["a b", "字", "a" * 65, "a\n"])
def test_payloads_telegram_does_not_take(world: World, payload: str) -> None:
    """A payload is up to 64 letters, digits, underscores and hyphens."""
    with pytest.raises(ApiError, match="start_parameter"):
        world.start(payload)


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        ({"copy_text": {"text": "字" * 256}}, None),
        ({"copy_text": {"text": "字" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"copy_text": {"text": ""}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"copy_text": "a"}, "BUTTON_COPY_TEXT_INVALID"),
        ({"switch_inline_query": ""}, None),
        ({"switch_inline_query": "渐冻症"}, None),
        ({"switch_inline_query_current_chat": "渐冻症"}, None),
        ({"switch_inline_query": 5}, 'field "switch_inline_query" must be of type String'),
        ({"switch_inline_query": "字" * 257}, "BUTTON_DATA_INVALID"),
        ({"switch_inline_query_chosen_chat": {"query": "a", "allow_user_chats": True}}, None),
        (
            {"switch_inline_query_chosen_chat": {"query": "a"}},
            "at least one chat type must be allowed",
        ),
        (
            {"switch_inline_query_chosen_chat": "a"},
            'field "switch_inline_query_chosen_chat" must be of type Object',
        ),
        ({"url": "https://t.me/quoting_bot?start=a"}, None),
    ],
)
async def test_buttons(ask: Ask, button: Json, reason: str | None) -> None:
    """Copy, switch and link buttons are kept as they came, or refused."""
    markup = {"inline_keyboard": [[{"text": "x", **button}]]}
    sent = await ask("sendMessage", chat_id=1001, text="a", reply_markup=markup)
    if reason is None:
        assert markup == sent["reply_markup"]
    else:
        assert (400, f"Bad Request: {reason}") == sent


async def test_links_in_text_are_kept(ask: Ask) -> None:
    """A text link keeps its address; a bare deep link is found by itself."""
    linked = {"type": "text_link", "offset": 0, "length": 4}
    linked["url"] = "https://t.me/quoting_bot?start=p_3"
    sent = await ask(
        "sendMessage", chat_id=1001, text="查看原文 t.me/quoting_bot?start=a", entities=[linked]
    )
    assert [linked, {"type": "url", "offset": 5, "length": 24}] == sent["entities"]


async def test_reactions(world: World, ask: Ask) -> None:
    """The bot puts one emoji on a message, or takes it back."""
    said = world.send_text("谢谢")
    there = {"chat_id": 1001, "message_id": said.message_id}
    heart = [{"type": "emoji", "emoji": "❤"}]
    assert await ask("setMessageReaction", **there, reaction=heart) is True
    assert heart == said.reactions
    assert (400, "Bad Request: REACTION_INVALID") == await ask(
        "setMessageReaction", **there, reaction=[{"type": "emoji", "emoji": "x"}]
    )
    assert (400, "Bad Request: REACTIONS_TOO_MANY") == await ask(
        "setMessageReaction", **there, reaction=heart * 2
    )
    assert await ask("setMessageReaction", **there) is True
    assert [] == said.reactions
