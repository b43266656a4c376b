"""What chats and users chose, and messages to be deleted, in a database."""

from __future__ import annotations

from sqlalchemy import Executable, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import Database
from bot.storage.interfaces import ChatPreferences, Deletion
from bot.storage.tables import CHATS, DELETIONS, USERS


class SqlPreferences:
    """`Preferences` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_chat(self, chat_id: int) -> ChatPreferences:
        """See `Preferences`."""

        async def read(connection: AsyncConnection) -> ChatPreferences:
            return await _chosen(connection, chat_id) or ChatPreferences()

        return await self._database.read(read)

    async def set_chat(self, chat_id: int, preferences: ChatPreferences) -> None:
        """See `Preferences`."""
        await self._run(self._keeping(chat_id, preferences))

    async def move_chat(self, old: int, new: int) -> None:
        """See `Preferences`."""

        async def move(connection: AsyncConnection) -> None:
            preferences = await _chosen(connection, old)
            if preferences is not None and old != new:
                await connection.execute(self._keeping(new, preferences))
                await connection.execute(delete(CHATS).where(CHATS.c.chat_id == old))

        await self._database.write(move)

    async def forget_chat(self, chat_id: int) -> None:
        """See `Preferences`."""
        await self._run(delete(CHATS).where(CHATS.c.chat_id == chat_id))

    async def language_of(self, user_id: int) -> str | None:
        """See `Preferences`."""

        async def read(connection: AsyncConnection) -> str | None:
            chosen = select(USERS.c.language).where(USERS.c.user_id == user_id)
            return (await connection.execute(chosen)).scalar_one_or_none()

        return await self._database.read(read)

    async def set_language(self, user_id: int, language: str | None) -> None:
        """See `Preferences`."""
        if language is None:
            await self._run(delete(USERS).where(USERS.c.user_id == user_id))
        else:
            row = {"user_id": user_id, "language": language}
            await self._run(self._database.upsert(USERS).values(row))

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

        async def read(connection: AsyncConnection) -> list[Deletion]:
            return [Deletion(*row) for row in await connection.execute(due)]

        return await self._database.read(read)

    async def done(self, deletion: Deletion) -> None:
        """See `Deletions`."""
        done = delete(DELETIONS).where(
            DELETIONS.c.chat_id == deletion.chat_id,
            DELETIONS.c.message_id == deletion.message_id,
        )
        await self._database.write(lambda connection: connection.execute(done))


async def _chosen(connection: AsyncConnection, chat_id: int) -> ChatPreferences | None:
    chosen = select(CHATS.c.language, CHATS.c.on_reply, CHATS.c.delete_minutes)
    row = (await connection.execute(chosen.where(CHATS.c.chat_id == chat_id))).one_or_none()
    return None if row is None else ChatPreferences(*row)
