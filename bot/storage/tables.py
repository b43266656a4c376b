"""The tables, one schema on SQLite and PostgreSQL; `migrations` makes them.

Times are Unix seconds. `reader` is the salted hash of a user id.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

METADATA = MetaData()

FACTS = Table(
    "facts",
    METADATA,
    Column("name", String(32), primary_key=True),
    Column("value", Text, nullable=False),
)
"""The salt."""

OWNERS = Table(
    "owners",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("beat", BigInteger, nullable=False),
)
"""The processes that handle updates."""

INBOX = Table(
    "inbox",
    METADATA,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("payload", Text),
    Column("owner", String(32)),
    Column("received_at", Double, nullable=False),
)
"""Updates. One that was handled has no payload any more."""

Index(
    "ix_inbox_unfinished",
    INBOX.c.owner,
    sqlite_where=INBOX.c.payload.is_not(None),
    postgresql_where=INBOX.c.payload.is_not(None),
)
Index("ix_inbox_received_at", INBOX.c.received_at)

CHATS = Table(
    "chats",
    METADATA,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("language", String(35)),
    Column("on_reply", Boolean, nullable=False),
    Column("delete_minutes", Integer, nullable=False),
)

USERS = Table(
    "users",
    METADATA,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("language", String(35), nullable=False),
)

DELETIONS = Table(
    "deletions",
    METADATA,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("due", Double, nullable=False),
    Index("ix_deletions_due", "due"),
)

EXCHANGES = Table(
    "exchanges",
    METADATA,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Double, nullable=False),
    Column("asker", BigInteger, nullable=False),
    Column("answer_id", String(32), nullable=False),
    Column("content", Text, nullable=False),
    Index("ix_exchanges_chat_id_at", "chat_id", "at"),
    Index("ix_exchanges_answer_id", "answer_id"),
    Index("ix_exchanges_asker", "asker"),
    Index("ix_exchanges_at", "at"),
)
"""`content` is JSON: what was asked, and how it was read."""

ANSWERS = Table(
    "answers",
    METADATA,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("answer_message_id", BigInteger, nullable=False),
    Column("at", Double, nullable=False),
    Index("ix_answers_at", "at"),
)

QUESTIONS = Table(
    "questions",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("at", Double, nullable=False),
    Column("reader", String(32), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("topics", Text, nullable=False),
    Column("sections", Text, nullable=False),
    Column("language", String(35), nullable=False),
    Column("text", Text),
    Index("ix_questions_at", "at"),
    Index("ix_questions_reader", "reader"),
)
"""The question log; `topics` and `sections` are ids and numbers between spaces."""

VOTES = Table(
    "votes",
    METADATA,
    Column("answer_id", String(32), primary_key=True),
    Column("reader", String(32), primary_key=True),
    Column("good", Boolean, nullable=False),
    Column("fault", String(16)),
    Column("at", Double, nullable=False),
    Index("ix_votes_reader", "reader"),
    Index("ix_votes_at", "at"),
)
