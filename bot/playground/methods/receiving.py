"""Receiving updates: long polling, webhook, and who the bot is."""

from __future__ import annotations

from bot.playground.errors import bad_request, conflict
from bot.playground.model import Json
from bot.playground.parameters import Parameters
from bot.playground.updates import WEBHOOK_ACTIVE
from bot.playground.world import World


async def get_me(world: World, parameters: Parameters) -> Json:
    """Return the bot, with what it is allowed to."""
    return {
        **world.bot.payload(),
        "can_join_groups": world.can_join_groups,
        "can_read_all_group_messages": world.read_all_group_messages,
        "supports_inline_queries": world.supports_inline_queries,
        "supports_guest_queries": world.supports_guest_queries,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


async def get_updates(world: World, parameters: Parameters) -> bytes:
    """Return pending updates, waiting for one up to `timeout` seconds."""
    if world.webhook.url:
        raise conflict(WEBHOOK_ACTIVE)
    offset = parameters.integer("offset")
    limit = parameters.integer("limit", 100)
    timeout = parameters.integer("timeout")
    world.updates.allow(_allowed(parameters))
    batch = await world.updates.poll(offset, limit, timeout)
    world.changes.notify()
    return batch


async def set_webhook(world: World, parameters: Parameters) -> bool:
    """Deliver updates to an address of this machine; an empty one goes back to polling."""
    url = parameters.text("url").strip()
    if not url:
        return await delete_webhook(world, parameters)
    allowed = _allowed(parameters)
    await world.webhook.start(
        url, parameters.text("secret_token"), parameters.integer("max_connections", 40)
    )
    world.webhook.has_certificate = "certificate" in parameters
    world.updates.allow(allowed)
    world.updates.terminate("terminated by setWebhook request")
    if parameters.boolean("drop_pending_updates"):
        world.updates.clear()
    return True


async def delete_webhook(world: World, parameters: Parameters) -> bool:
    """Go back to long polling."""
    await world.webhook.stop()
    if parameters.boolean("drop_pending_updates"):
        world.updates.clear()
    return True


async def get_webhook_info(world: World, parameters: Parameters) -> Json:
    """Return where updates are delivered to."""
    return world.webhook.info()


async def yes(world: World, parameters: Parameters) -> bool:
    """Agree: logging out and closing mean nothing to a server of one's own."""
    return True


def _allowed(parameters: Parameters) -> list[str] | None:
    value = parameters.nested("allowed_updates")
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(kind, str) for kind in value):
        raise bad_request("can't parse allowed_updates: expected an Array of String")
    return value


METHODS = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "logOut": yes,
    "close": yes,
}
