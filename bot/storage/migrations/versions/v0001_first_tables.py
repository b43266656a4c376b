"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_UNFINISHED = sa.text("payload IS NOT NULL")


def upgrade() -> None:
    """Take the step."""
    _updates()
    _choices()
    _questions()


def _updates() -> None:
    op.create_table(
        "facts",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "owners",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("beat", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "inbox",
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("payload", sa.Text),
        sa.Column("owner", sa.String(32)),
        sa.Column("received_at", sa.Double, nullable=False),
    )
    op.create_index(
        "ix_inbox_unfinished",
        "inbox",
        ["owner"],
        sqlite_where=_UNFINISHED,
        postgresql_where=_UNFINISHED,
    )
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"])


def _choices() -> None:
    op.create_table(
        "chats",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("language", sa.String(35)),
        sa.Column("on_reply", sa.Boolean, nullable=False),
        sa.Column("delete_minutes", sa.Integer, nullable=False),
    )
    op.create_table(
        "users",
        sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("language", sa.String(35), nullable=False),
    )
    op.create_table(
        "deletions",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("due", sa.Double, nullable=False),
    )
    op.create_index("ix_deletions_due", "deletions", ["due"])


def _questions() -> None:
    op.create_table(
        "exchanges",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", sa.Double, nullable=False),
        sa.Column("asker", sa.BigInteger, nullable=False),
        sa.Column("answer_id", sa.String(32), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
    )
    op.create_index("ix_exchanges_chat_id_at", "exchanges", ["chat_id", "at"])
    op.create_index("ix_exchanges_answer_id", "exchanges", ["answer_id"])
    op.create_index("ix_exchanges_asker", "exchanges", ["asker"])
    op.create_index("ix_exchanges_at", "exchanges", ["at"])
    op.create_table(
        "answers",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("answer_message_id", sa.BigInteger, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
    )
    op.create_index("ix_answers_at", "answers", ["at"])
    op.create_table(
        "questions",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("at", sa.Double, nullable=False),
        sa.Column("reader", sa.String(32), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("topics", sa.Text, nullable=False),
        sa.Column("sections", sa.Text, nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("text", sa.Text),
    )
    op.create_index("ix_questions_at", "questions", ["at"])
    op.create_index("ix_questions_reader", "questions", ["reader"])
    op.create_table(
        "votes",
        sa.Column("answer_id", sa.String(32), primary_key=True),
        sa.Column("reader", sa.String(32), primary_key=True),
        sa.Column("good", sa.Boolean, nullable=False),
        sa.Column("fault", sa.String(16)),
        sa.Column("at", sa.Double, nullable=False),
    )
    op.create_index("ix_votes_reader", "votes", ["reader"])
    op.create_index("ix_votes_at", "votes", ["at"])
