"""What was asked and answered, in a database."""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Collection, Sequence
from functools import partial
from typing import Any

from sqlalchemy import Connection, Executable, Row, Table, delete, or_, select, update

from bot.storage.database import Database
from bot.storage.records import (
    AnswerSent,
    ChatForgotten,
    Entry,
    Exchange,
    ExchangeDropped,
    ExchangeMade,
    Fault,
    Forgotten,
    Horizon,
    KeptExchange,
    MessageKey,
    QuestionAsked,
    Statistics,
    Vote,
    VoteCast,
)
from bot.storage.sql_inbox import finishing
from bot.storage.sql_statistics import read_statistics
from bot.storage.tables import ANSWERS, EXCHANGES, FACTS, INBOX, QUESTIONS, USERS, VOTES

MOST_RECENT = 50
"""How many of a chat's exchanges are read at once."""

READ_SECONDS = 0.5
"""How long a reader waits for the store before the bot goes on without it."""

_PURGE_SECONDS = 30.0
_ReadRow = Row[Any]


class SqlRecords:
    """`Records` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._finishing = finishing(database.bulk)
        self._salt: bytes | None = None

    async def write(self, entries: Sequence[Entry], handled: Collection[int] = ()) -> None:
        """See `Records`."""
        salt, bulk = await self._known_salt(), self._database.bulk

        def write(connection: Connection) -> None:
            if handled:
                connection.execute(self._finishing, bulk.values("ids", handled))
            batch = _Batch(salt)
            for entry in entries:
                if isinstance(entry, ChatForgotten):
                    self._write(connection, batch)
                    batch.clear()
                    connection.execute(_forgetting(entry))
                else:
                    batch.add(entry)
            self._write(connection, batch)

        await self._database.write(write, background=True)

    async def recent(
        self, chat_id: int, since: float, also: Collection[int] = ()
    ) -> list[KeptExchange]:
        """See `Records`."""
        chats = select(EXCHANGES).where(EXCHANGES.c.chat_id == chat_id, EXCHANGES.c.at >= since)
        lately = chats.order_by(EXCHANGES.c.at.desc(), EXCHANGES.c.message_id.desc())

        def read(connection: Connection) -> list[_ReadRow]:
            rows = list(connection.execute(lately.limit(MOST_RECENT)).all())
            missing = set(also) - {row.message_id for row in rows}
            if missing:
                others = chats.where(EXCHANGES.c.message_id.in_(missing))
                rows += connection.execute(others).all()
            return rows

        return _in_order(await self._database.read(read, READ_SECONDS))

    async def lately(self, since: float, limit: int) -> list[KeptExchange]:
        """See `Records`."""
        found = select(EXCHANGES).where(EXCHANGES.c.at >= since)
        newest = found.order_by(EXCHANGES.c.at.desc(), EXCHANGES.c.message_id.desc()).limit(limit)

        def read(connection: Connection) -> list[_ReadRow]:
            return list(connection.execute(newest).all())

        return _in_order(await self._database.read(read))

    async def answered(self, answer_id: str, since: float) -> Exchange | None:
        """See `Records`."""
        found = (
            select(EXCHANGES)
            .where(EXCHANGES.c.answer_id == answer_id, EXCHANGES.c.at >= since)
            .order_by(EXCHANGES.c.at.desc())
            .limit(1)
        )

        def read(connection: Connection) -> Exchange | None:
            row = connection.execute(found).one_or_none()
            return None if row is None else _exchange(row)

        return await self._database.read(read, READ_SECONDS)

    async def answer_to(self, key: MessageKey) -> int | None:
        """See `Records`."""
        found = select(ANSWERS.c.answer_message_id).where(
            ANSWERS.c.chat_id == key[0], ANSWERS.c.message_id == key[1]
        )

        def read(connection: Connection) -> int | None:
            return connection.execute(found).scalar_one_or_none()

        return await self._database.read(read, READ_SECONDS)

    async def vote_of(self, answer_id: str, user_id: int) -> Vote | None:
        """See `Records`."""
        reader = pseudonym(await self._known_salt(), user_id)
        found = select(VOTES.c.good, VOTES.c.fault).where(
            VOTES.c.answer_id == answer_id, VOTES.c.reader == reader
        )

        def read(connection: Connection) -> Vote | None:
            row = connection.execute(found).one_or_none()
            if row is None:
                return None
            return Vote(answer_id, user_id, row.good, row.fault and Fault(row.fault))

        return await self._database.read(read, READ_SECONDS)

    async def forget(self, user_id: int) -> Forgotten:
        """See `Records`."""
        reader = pseudonym(await self._known_salt(), user_id)

        def erase(connection: Connection) -> Forgotten:
            counts = [
                connection.execute(delete(table).where(whose)).rowcount
                for table, whose in (
                    (QUESTIONS, QUESTIONS.c.reader == reader),
                    # A private chat has its user's id.
                    (EXCHANGES, or_(EXCHANGES.c.asker == user_id, EXCHANGES.c.chat_id == user_id)),
                    (VOTES, VOTES.c.reader == reader),
                    (USERS, USERS.c.user_id == user_id),
                )
            ]
            connection.execute(delete(ANSWERS).where(ANSWERS.c.chat_id == user_id))
            return Forgotten(*counts)

        return await self._database.write(erase)

    async def statistics(self, since: float) -> Statistics:
        """See `Records`."""
        return await self._database.read(
            lambda connection: read_statistics(connection, since), _PURGE_SECONDS
        )

    async def purge(self, horizon: Horizon) -> None:
        """See `Records`."""
        dropped = [
            delete(EXCHANGES).where(EXCHANGES.c.at < horizon.exchanges),
            delete(ANSWERS).where(ANSWERS.c.at < horizon.answers),
            delete(INBOX).where(INBOX.c.received_at < horizon.updates, INBOX.c.payload.is_(None)),
            update(QUESTIONS)
            .where(QUESTIONS.c.at < horizon.texts, QUESTIONS.c.text.is_not(None))
            .values(text=None),
            delete(QUESTIONS).where(QUESTIONS.c.at < horizon.questions),
            delete(VOTES).where(VOTES.c.at < horizon.questions),
        ]
        for statement in dropped:
            # One by one, so that others come to write between them.
            await self._database.write(
                partial(_execute, statement=statement), _PURGE_SECONDS, background=True
            )

    def _write(self, connection: Connection, batch: _Batch) -> None:
        for table, rows in batch.rows():
            self._database.bulk.upsert(connection, table, rows)
        for chat_id, message_id in sorted(batch.dropped):
            connection.execute(
                delete(EXCHANGES).where(
                    EXCHANGES.c.chat_id == chat_id, EXCHANGES.c.message_id == message_id
                )
            )

    async def _known_salt(self) -> bytes:
        """The salt of this store; made by whoever needs it first."""
        if self._salt is None:
            made = self._database.insert(FACTS).values(name="salt", value=secrets.token_hex(32))
            kept = select(FACTS.c.value).where(FACTS.c.name == "salt")

            def make(connection: Connection) -> str:
                connection.execute(made.on_conflict_do_nothing())
                return str(connection.execute(kept).scalar_one())

            self._salt = bytes.fromhex(await self._database.write(make, background=True))
        return self._salt


class _Batch:
    """Entries put together by their tables; of several for one key the last one counts."""

    def __init__(self, salt: bytes) -> None:
        self._salt = salt
        self.clear()

    def clear(self) -> None:
        """Begin anew."""
        self.dropped: set[MessageKey] = set()
        self._exchanges: dict[MessageKey, dict[str, object]] = {}
        self._answers: dict[MessageKey, dict[str, object]] = {}
        self._questions: dict[str, dict[str, object]] = {}
        self._votes: dict[tuple[str, str], dict[str, object]] = {}

    def add(self, entry: Entry) -> None:
        """Take an entry in."""
        match entry:
            case ExchangeMade(kept):
                self.dropped.discard(kept.key)
                self._exchanges[kept.key] = _exchange_row(kept)
            case ExchangeDropped(key):
                self._exchanges.pop(key, None)
                self.dropped.add(key)
            case AnswerSent(key, message_id, at):
                self._answers[key] = {
                    "chat_id": key[0],
                    "message_id": key[1],
                    "answer_message_id": message_id,
                    "at": at,
                }
            case QuestionAsked():
                self._questions[entry.id] = self._question_row(entry)
            case VoteCast(vote, at):
                reader = pseudonym(self._salt, vote.user_id)
                self._votes[vote.answer_id, reader] = {
                    "answer_id": vote.answer_id,
                    "reader": reader,
                    "good": vote.good,
                    "fault": vote.fault and vote.fault.value,
                    "at": at,
                }

    def rows(self) -> list[tuple[Table, list[dict[str, object]]]]:
        """The tables that there is something for, with rows in an order that is the same in all
        processes.
        """
        every: list[tuple[Table, dict[Any, dict[str, object]]]] = [
            (EXCHANGES, self._exchanges),
            (ANSWERS, self._answers),
            (QUESTIONS, self._questions),
            (VOTES, self._votes),
        ]
        return [(table, [rows[key] for key in sorted(rows)]) for table, rows in every if rows]

    def _question_row(self, asked: QuestionAsked) -> dict[str, object]:
        return {
            "id": asked.id,
            "at": asked.at,
            "reader": pseudonym(self._salt, asked.user_id),
            "outcome": asked.outcome.value,
            "topics": " ".join(asked.topics),
            "sections": " ".join(map(str, asked.sections)),
            "language": asked.language,
            "text": None if asked.text is None else _storable(asked.text),
        }


def pseudonym(salt: bytes, user_id: int) -> str:
    """A user id that cannot be told from its hash without the salt."""
    return hmac.digest(salt, str(user_id).encode(), "sha256").hex()[:32]


def _execute(connection: Connection, statement: Executable) -> None:
    connection.execute(statement)


def _storable(text: str) -> str:
    """`text` without what a database cannot hold: NUL, lone surrogates."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _exchange_row(kept: KeptExchange) -> dict[str, object]:
    exchange = kept.exchange
    content = [exchange.question, list(exchange.previous), exchange.literal, exchange.settled]
    return {
        "chat_id": kept.key[0],
        "message_id": kept.key[1],
        "at": kept.at,
        "asker": exchange.asker,
        "answer_id": exchange.answer_id,
        # Escaped, any text can be kept as it is.
        "content": json.dumps(content, separators=(",", ":")),
    }


def _in_order(rows: Sequence[_ReadRow]) -> list[KeptExchange]:
    kept = [KeptExchange((row.chat_id, row.message_id), row.at, _exchange(row)) for row in rows]
    return sorted(kept, key=lambda each: (each.at, each.key))


def _exchange(row: _ReadRow) -> Exchange:
    question, previous, literal, settled = json.loads(row.content)
    return Exchange(question, tuple(previous), row.answer_id, row.asker, literal, settled)


def _forgetting(entry: ChatForgotten) -> Any:  # noqa: ANN401 - a statement without rows
    dropped = delete(EXCHANGES).where(EXCHANGES.c.chat_id == entry.chat_id)
    return dropped if entry.asker is None else dropped.where(EXCHANGES.c.asker == entry.asker)
