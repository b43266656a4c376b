"""What a store can keep, as the chat asks for it.

Every method may raise `bot.errors.StoreUnavailable`; a caller that serves a reader goes on without.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.storage.health import StoreHealth
from bot.storage.records import (
    Entry,
    Exchange,
    Forgotten,
    Horizon,
    KeptExchange,
    MessageKey,
    RawUpdate,
    Statistics,
    Vote,
)


@dataclass(frozen=True, slots=True)
class ChatPreferences:
    """What a group's admins chose.

    `language` is a language tag, or None for that of whoever asks. `on_reply` says that a reply to
    one of the bot's messages is a question, as a mention is. The bot's answers are deleted after
    `delete_minutes`; 0 keeps them.
    """

    language: str | None = None
    on_reply: bool = True
    delete_minutes: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Deletion:
    """A message to be deleted at `due`, in Unix seconds."""

    due: float
    chat_id: int
    message_id: int


class Preferences(Protocol):
    """What chats and users chose; what none chose is the default."""

    async def of_chat(self, chat_id: int) -> ChatPreferences:
        """What the chat's admins chose."""

    async def set_chat(self, chat_id: int, preferences: ChatPreferences) -> None:
        """Keep `preferences` in the place of the chat's."""

    async def move_chat(self, old: int, new: int) -> None:
        """A group became a supergroup with another id: its preferences move along."""

    async def forget_chat(self, chat_id: int) -> None:
        """Drop what the chat chose."""

    async def language_of(self, user_id: int) -> str | None:
        """The language tag the user chose, if any."""

    async def languages(self, limit: int) -> Mapping[int, str] | None:
        """The language tags of all users who chose one; None where they are more than `limit`."""

    async def set_language(self, user_id: int, language: str | None) -> None:
        """Keep the user's choice; None takes it back."""


class Deletions(Protocol):
    """Messages to be deleted later; kept, for a restart must not leave them standing."""

    async def plan(self, deletion: Deletion) -> None:
        """Keep `deletion`; the same message's earlier one is replaced."""

    async def due(self, now: float, limit: int) -> list[Deletion]:
        """At most `limit` deletions due at `now`, the oldest first; they stay until `done`."""

    async def done(self, deletion: Deletion) -> None:
        """Drop `deletion`: it was carried out, or cannot be."""


class Inbox(Protocol):
    """Updates that have arrived, until they are handled. An update that was handled is known by
    its id for a while, so that it is not handled again when it is delivered again.

    An update belongs to the process that keeps it, its *owner*, which counts its `beat` up while
    it lives. What belongs to an owner that does not count any more may be taken over.
    """

    async def put(self, updates: Mapping[int, RawUpdate]) -> Collection[int]:
        """Keep all of `updates`, by their ids, in one transaction; gives the ids that are to be
        handled by this process: those not known before, and its own that are unfinished.
        """

    async def beat(self) -> Mapping[str, int]:
        """Count this process's beat up; gives the beats of the other owners."""

    async def take_over(self, owners: Collection[str], limit: int) -> list[RawUpdate]:
        """Make at most `limit` unfinished updates of `owners`, and of none, this process's own;
        the oldest first.
        """

    async def abandoned(self) -> Collection[str]:
        """The owners that are known to be gone, without waiting for their beats."""

    async def own(self) -> list[RawUpdate]:
        """All that is unfinished and this process's own, the oldest first: what it took without
        learning so is among it.
        """

    async def release(self) -> None:
        """Leave what is unfinished to whoever takes it over: this process ends."""

    async def unfinished(self) -> int:
        """How many updates are not handled yet, whosever they are."""


class Records(Protocol):
    """What was asked and answered. Times are Unix seconds."""

    async def write(self, entries: Sequence[Entry], handled: Collection[int] = ()) -> None:
        """Write `entries`, in their order, and mark the updates `handled` as done, dropping what
        was in them: all in one transaction.
        """

    async def recent(
        self, chat_id: int, since: float, also: Collection[int] = ()
    ) -> list[KeptExchange]:
        """A chat's exchanges since then, the oldest first: the last few dozen, and those of the
        messages `also`.
        """

    async def lately(self, since: float, limit: int) -> list[KeptExchange]:
        """The last `limit` exchanges of all chats since then, the oldest first."""

    async def answered(self, answer_id: str, since: float) -> Exchange | None:
        """The last exchange whose answer has this id."""

    async def answer_to(self, key: MessageKey) -> int | None:
        """The message id of the answer to the question `key`."""

    async def vote_of(self, answer_id: str, user_id: int) -> Vote | None:
        """The user's vote on the answer."""

    async def forget(self, user_id: int) -> Forgotten:
        """Erase what is kept of a user."""

    async def statistics(self, since: float) -> Statistics:
        """What was asked since then."""

    async def purge(self, horizon: Horizon) -> None:
        """Drop what is older than it may be."""


class Store(Protocol):
    """All that is kept. `lasting` says that it outlives this process, `shared` that other processes
    may write to it at any time.
    """

    lasting: bool
    shared: bool
    health: StoreHealth

    @property
    def preferences(self) -> Preferences:
        """What chats and users chose."""

    @property
    def deletions(self) -> Deletions:
        """Messages to be deleted later."""

    @property
    def inbox(self) -> Inbox:
        """Updates not yet handled."""

    @property
    def records(self) -> Records:
        """What was asked and answered."""

    async def opened(self) -> Store:
        """The store, once it is open; a call to any of its parts waits for that.

        Raises:
            StoreUnavailable: it cannot be used at all; one line for the operator.
        """

    async def close(self) -> None:
        """Let go of connections; it may take a moment."""
