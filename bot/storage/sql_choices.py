"""What chats and users chose, and messages to be deleted, in a database."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, Executable, delete, select

from bot.storage.bulk import Row
from bot.storage.database import Database
from bot.storage.gathering import Gathered
from bot.storage.interfaces import ChatPreferences, Deletion
from bot.storage.tables import CHATS, DELETIONS, USERS

MOST_AT_ONCE = 500
"""How many chats, or users, are read with one statement."""

_IDS = "ids"


class SqlPreferences:
    """`Preferences` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._chats = Gathered(self._of_chats, ChatPreferences(), MOST_AT_ONCE)
        self._languages: Gathered[int, str | None]
        self._languages = Gathered(self._languages_of, None, MOST_AT_ONCE)
        self._bulk = database.bulk
        self._languages_chosen = select(USERS.c.user_id, USERS.c.language).where(
            self._bulk.among(USERS.c.user_id, _IDS)
        )
        self._chosen_in_chats = select(
            CHATS.c.chat_id, CHATS.c.language, CHATS.c.on_reply, CHATS.c.delete_minutes
        ).where(self._bulk.among(CHATS.c.chat_id, _IDS))

    async def of_chat(self, chat_id: int) -> ChatPreferences:
        """See `Preferences`."""
        return await self._chats.get(chat_id)

    async def set_chat(self, chat_id: int, preferences: ChatPreferences) -> None:
        """See `Preferences`."""
        row = _chat_row(chat_id, preferences)
        await self._database.write(lambda connection: self._bulk.upsert(connection, CHATS, [row]))

    async def move_chat(self, old: int, new: int) -> None:
        """See `Preferences`."""

        def move(connection: Connection) -> None:
            preferences = self._chats_in(connection, [old]).get(old)
            if preferences is not None and old != new:
                self._bulk.upsert(connection, CHATS, [_chat_row(new, preferences)])
                connection.execute(delete(CHATS).where(CHATS.c.chat_id == old))

        await self._database.write(move)

    async def forget_chat(self, chat_id: int) -> None:
        """See `Preferences`."""
        await self._run(delete(CHATS).where(CHATS.c.chat_id == chat_id))

    async def language_of(self, user_id: int) -> str | None:
        """See `Preferences`."""
        return await self._languages.get(user_id)

    async def languages(self, limit: int) -> Mapping[int, str] | None:
        """See `Preferences`."""
        chosen = select(USERS.c.user_id, USERS.c.language).limit(limit + 1)

        def read(connection: Connection) -> dict[int, str]:
            return {row[0]: row[1] for row in connection.execute(chosen)}

        languages = await self._database.read(read)
        return languages if len(languages) <= limit else None

    async def set_language(self, user_id: int, language: str | None) -> None:
        """See `Preferences`."""
        if language is None:
            await self._run(delete(USERS).where(USERS.c.user_id == user_id))
        else:
            row = {"user_id": user_id, "language": language}
            await self._database.write(
                lambda connection: self._bulk.upsert(connection, USERS, [row])
            )

    async def _of_chats(self, chat_ids: Collection[int]) -> dict[int, ChatPreferences]:
        return await self._database.read(lambda connection: self._chats_in(connection, chat_ids))

    async def _languages_of(self, user_ids: Collection[int]) -> dict[int, str | None]:
        ids = self._bulk.values(_IDS, user_ids)
        return await self._database.read(
            lambda connection: {
                row[0]: row[1] for row in connection.execute(self._languages_chosen, ids)
            }
        )

    def _chats_in(
        self, connection: Connection, chat_ids: Collection[int]
    ) -> dict[int, ChatPreferences]:
        rows = connection.execute(self._chosen_in_chats, self._bulk.values(_IDS, chat_ids))
        return {row[0]: ChatPreferences(*row[1:]) for row in rows}

    async def _run(self, statement: Executable) -> None:
        await self._database.write(lambda connection: connection.execute(statement))


class SqlDeletions:
    """`Deletions` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def plan(self, deletion: Deletion) -> None:
        """See `Deletions`."""
        row = {
            "chat_id": deletion.chat_id,
            "message_id": deletion.message_id,
            "due": deletion.due,
        }
        bulk = self._database.bulk
        await self._database.write(lambda connection: bulk.upsert(connection, DELETIONS, [row]))

    async def due(self, now: float, limit: int) -> list[Deletion]:
        """See `Deletions`."""
        columns = DELETIONS.c.due, DELETIONS.c.chat_id, DELETIONS.c.message_id
        due = select(*columns).where(DELETIONS.c.due <= now).order_by(*columns).limit(limit)

        def read(connection: Connection) -> list[Deletion]:
            return [Deletion(*row) for row in connection.execute(due)]

        return await self._database.read(read)

    async def done(self, deletion: Deletion) -> None:
        """See `Deletions`."""
        done = delete(DELETIONS).where(
            DELETIONS.c.chat_id == deletion.chat_id,
            DELETIONS.c.message_id == deletion.message_id,
        )
        await self._database.write(lambda connection: connection.execute(done))


def _chat_row(chat_id: int, preferences: ChatPreferences) -> Row:
    return {
        "chat_id": chat_id,
        "language": preferences.language,
        "on_reply": preferences.on_reply,
        "delete_minutes": preferences.delete_minutes,
    }
