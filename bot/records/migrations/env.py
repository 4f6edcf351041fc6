"""Alembic's entry: runs the steps on the connection it is given, in its transaction."""

from alembic import context

from bot.records.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
