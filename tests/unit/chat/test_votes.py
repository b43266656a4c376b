from __future__ import annotations

from bot.chat.votes import Fault, FeedbackStore, RecentVotes, Vote


async def test_a_user_has_one_vote_on_an_answer_and_the_last_one_counts() -> None:
    """Changing it leaves no second one."""
    votes = RecentVotes(10)
    store: FeedbackStore = votes
    await store.put(Vote("a", 7, good=True))
    changed = Vote("a", 7, good=False, fault=Fault.INCOMPLETE)
    await store.put(changed)
    await store.put(Vote("a", 8, good=True))
    assert (changed, None, 2) == (await store.get("a", 7), await store.get("b", 7), len(votes))


async def test_the_oldest_votes_make_room() -> None:
    """The memory is bounded."""
    votes = RecentVotes(2)
    for user in range(5):
        await votes.put(Vote("a", user, good=True))
    assert (None, 2) == (await votes.get("a", 0), len(votes))
