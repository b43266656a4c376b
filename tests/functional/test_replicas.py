"""Two replicas on one webhook and one PostgreSQL."""

from __future__ import annotations

import asyncio
import logging

from bot.playground import PlaygroundServer
from tests.functional.balancer import balanced
from tests.functional.crowds import CrowdedWorld
from tests.functional.processes import READY, bot
from tests.functional.test_store_faults import UPDATES, unfinished
from tests.integration.hooks import free_port
from tests.postgres import Cluster, postgres

__all__ = ["postgres"]

log = logging.getLogger(__name__)

TAKEN_OVER_WITHIN = 60.0


async def test_a_killed_replica_loses_no_question(postgres: Cluster) -> None:
    """Killed under load, it leaves what it had in hand to the other one: every question is
    answered, and twice only where it died between an answer and knowing so.
    """
    world, store = CrowdedWorld(), postgres.new_database()
    ports, front = (free_port(), free_port()), free_port()
    async with PlaygroundServer(world, port=0) as server, balanced(front, ports):
        settings = {
            "BOT_TOKEN": world.token,
            "BOT_API_URL": server.url,
            "BOT_DATABASE_URL": store,
            "BOT_MODE": "webhook",
            "BOT_WEBHOOK_URL": f"http://127.0.0.1:{front}/telegram",
            "BOT_WEBHOOK_SECRET": "a-secret",
            "BOT_RATE_OVERALL": "0",
            "BOT_RATE_CHAT": "0",
            "BOT_RATE_GROUP": "0",
        }
        async with (
            bot("run", **settings, BOT_HTTP_PORT=str(ports[0])) as killed,
            bot("run", **settings, BOT_HTTP_PORT=str(ports[1])) as survivor,
        ):
            await killed.wait_for(READY)
            await survivor.wait_for(READY)
            world.latency = 0.02
            world.ask(UPDATES)
            await world.wait_for_answers(UPDATES // 3)
            killed.process.kill()
            await killed.process.wait()
            await asyncio.sleep(0.2)
            answered, left = set(world.answers), unfinished(store)
            async with asyncio.timeout(TAKEN_OVER_WITHIN):
                await world.wait_for_answers(UPDATES, TAKEN_OVER_WITHIN)
                # What the dead one had answered, and not said so, is taken over too.
                while unfinished(store):  # noqa: ASYNC110 - a database sets no event
                    await asyncio.sleep(0.2)
            assert 0 == await survivor.stop()

    assert UPDATES == len(world.answers)
    assert world.twice() <= answered & left
    log.info("%d questions, %d answered twice", UPDATES, len(world.twice()))
    assert "Traceback" not in survivor.text
