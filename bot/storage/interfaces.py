"""What a store can keep, as the chat asks for it.

Every method may raise `bot.errors.StoreUnavailable`; a caller that serves a reader goes on without.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


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
