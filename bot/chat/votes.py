"""What readers think of answers, and where that is kept."""

from __future__ import annotations

import time
from typing import Protocol

from bot.errors import StoreUnavailable
from bot.retrieval.remembered import Remembered
from bot.storage.interfaces import Records
from bot.storage.journal import Journal
from bot.storage.records import Fault, Vote, VoteCast

__all__ = ["Fault", "FeedbackStore", "KeptVotes", "RecentVotes", "Vote"]


class FeedbackStore(Protocol):
    """Keeps one vote for each answer and user; the last one counts."""

    async def put(self, vote: Vote) -> None:
        """Keep `vote` in the place of the same user's earlier one on the same answer."""

    async def get(self, answer_id: str, user_id: int) -> Vote | None:
        """The user's vote on the answer, if it is kept."""


class RecentVotes:
    """A `FeedbackStore` in memory: the last `limit` votes, gone with the process."""

    def __init__(self, limit: int) -> None:
        self._votes: Remembered[tuple[str, int], Vote] = Remembered(limit)

    def __len__(self) -> int:
        return len(self._votes)

    async def put(self, vote: Vote) -> None:
        """See `FeedbackStore`."""
        self._votes.put((vote.answer_id, vote.user_id), vote)

    async def get(self, answer_id: str, user_id: int) -> Vote | None:
        """See `FeedbackStore`."""
        return self._votes.get((answer_id, user_id))


class KeptVotes:
    """A `FeedbackStore` in the bot's store; nobody waits for a vote to be written."""

    def __init__(self, journal: Journal, records: Records) -> None:
        self._journal = journal
        self._records = records

    async def put(self, vote: Vote) -> None:
        """See `FeedbackStore`."""
        self._journal.put(VoteCast(vote, time.time()))

    async def get(self, answer_id: str, user_id: int) -> Vote | None:
        """See `FeedbackStore`; what was just put may still be on its way."""
        try:
            return await self._records.vote_of(answer_id, user_id)
        except StoreUnavailable:
            return None
