"""What chats and users chose, and messages to be deleted, in a database."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, Executable, delete, select

from bot.storage.database import Database
from bot.storage.gathering import Gathered
from bot.storage.interfaces import ChatPreferences, Deletion
from bot.storage.tables import CHATS, DELETIONS, USERS

MOST_AT_ONCE = 500
"""How many chats, or users, are read with one statement."""


class SqlPreferences:
    """`Preferences` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._chats = Gathered(self._of_chats, ChatPreferences(), MOST_AT_ONCE)
        self._languages: Gathered[int, str | None]
        self._languages = Gathered(self._languages_of, None, MOST_AT_ONCE)

    async def of_chat(self, chat_id: int) -> ChatPreferences:
        """See `Preferences`."""
        return await self._chats.get(chat_id)

    async def set_chat(self, chat_id: int, preferences: ChatPreferences) -> None:
        """See `Preferences`."""
        await self._run(self._keeping(chat_id, preferences))

    async def move_chat(self, old: int, new: int) -> None:
        """See `Preferences`."""

        def move(connection: Connection) -> None:
            preferences = _of_chats(connection, [old]).get(old)
            if preferences is not None and old != new:
                connection.execute(self._keeping(new, preferences))
                connection.execute(delete(CHATS).where(CHATS.c.chat_id == old))

        await self._database.write(move)

    async def forget_chat(self, chat_id: int) -> None:
        """See `Preferences`."""
        await self._run(delete(CHATS).where(CHATS.c.chat_id == chat_id))

    async def language_of(self, user_id: int) -> str | None:
        """See `Preferences`."""
        return await self._languages.get(user_id)

    async def set_language(self, user_id: int, language: str | None) -> None:
        """See `Preferences`."""
        if language is None:
            await self._run(delete(USERS).where(USERS.c.user_id == user_id))
        else:
            row = {"user_id": user_id, "language": language}
            await self._run(self._database.upsert(USERS).values(row))

    async def _of_chats(self, chat_ids: Collection[int]) -> dict[int, ChatPreferences]:
        return await self._database.read(lambda connection: _of_chats(connection, chat_ids))

    async def _languages_of(self, user_ids: Collection[int]) -> dict[int, str | None]:
        chosen = select(USERS.c.user_id, USERS.c.language).where(USERS.c.user_id.in_(user_ids))
        return await self._database.read(
            lambda connection: {row[0]: row[1] for row in connection.execute(chosen)}
        )

    def _keeping(self, chat_id: int, preferences: ChatPreferences) -> Executable:
        return self._database.upsert(CHATS).values(
            chat_id=chat_id,
            language=preferences.language,
            on_reply=preferences.on_reply,
            delete_minutes=preferences.delete_minutes,
        )

    async def _run(self, statement: Executable) -> None:
        await self._database.write(lambda connection: connection.execute(statement))


class SqlDeletions:
    """`Deletions` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def plan(self, deletion: Deletion) -> None:
        """See `Deletions`."""
        planned = self._database.upsert(DELETIONS).values(
            chat_id=deletion.chat_id, message_id=deletion.message_id, due=deletion.due
        )
        await self._database.write(lambda connection: connection.execute(planned))

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


def _of_chats(connection: Connection, chat_ids: Collection[int]) -> dict[int, ChatPreferences]:
    chosen = select(CHATS.c.chat_id, CHATS.c.language, CHATS.c.on_reply, CHATS.c.delete_minutes)
    rows = connection.execute(chosen.where(CHATS.c.chat_id.in_(chat_ids)))
    return {row[0]: ChatPreferences(*row[1:]) for row in rows}
