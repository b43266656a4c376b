"""What readers think of answers, and where that is kept."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Protocol

from bot.retrieval.remembered import Remembered


class Fault(enum.StrEnum):
    """What was wrong with an answer, in the order of the buttons."""

    OFF_POINT = "off-point"
    INCOMPLETE = "incomplete"
    IN_ARTICLE = "in-article"


@dataclass(frozen=True, slots=True)
class Vote:
    """One reader's judgement of one answer."""

    answer_id: str
    user_id: int
    good: bool
    fault: Fault | None = None


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
