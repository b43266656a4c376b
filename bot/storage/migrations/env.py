"""Alembic's entrance: runs the steps on the connection that it was given."""

from __future__ import annotations

from alembic import context

from bot.storage.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    # The transaction is the caller's, and so is its end.
    transactional_ddl=True,
)
context.run_migrations()
