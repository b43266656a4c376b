"""👍 and 👎 under an answer, and what was wrong with it."""

from __future__ import annotations

from bot.chat.actions import action_of, fault_row, rows_of
from bot.chat.callback_data import Action
from bot.chat.presses import Outcome, Pressed
from bot.chat.replies import change_buttons
from bot.chat.votes import Fault, Vote


async def press_vote(pressed: Pressed) -> Outcome:
    """Keep the vote; after 👎, ask what was wrong."""
    good = pressed.press.page == 1
    if pressed.press.page > 1:
        return Outcome.refused("alert-stale")
    vote = Vote(pressed.press.key, pressed.query.from_user.id, good)
    return await _kept(pressed, vote, "vote-good" if good else "vote-bad", asking=not good)


async def press_fault(pressed: Pressed) -> Outcome:
    """Keep what was wrong."""
    faults = tuple(Fault)
    if pressed.press.page >= len(faults):
        return Outcome.refused("alert-stale")
    fault = faults[pressed.press.page]
    vote = Vote(pressed.press.key, pressed.query.from_user.id, good=False, fault=fault)
    return await _kept(pressed, vote, "vote-fault", asking=False)


async def _kept(pressed: Pressed, vote: Vote, notice: str, *, asking: bool) -> Outcome:
    services = pressed.context.services
    services.metrics.votes.labels(str(vote.fault or ("good" if vote.good else "bad"))).inc()
    await services.feedback.put(vote)

    async def ask() -> None:
        await _ask_for_fault(pressed, asking=asking)

    return Outcome(notice, act=ask)


async def _ask_for_fault(pressed: Pressed, *, asking: bool) -> None:
    """Put the row of faults below that of votes, or take it away."""
    rows = rows_of(pressed.message.reply_markup)
    changed = [row for row in rows if Action.FAULT not in map(action_of, row)]
    if asking:
        votes = [Action.VOTE in map(action_of, row) for row in changed]
        at = votes.index(True) + 1 if True in votes else len(changed)
        changed.insert(at, fault_row(pressed.press.key, pressed.catalog))
    if len(changed) != len(rows):
        await change_buttons(pressed.message, changed)
