"""Brings a database to today's tables; two processes may try at once, one does it."""

import logging
from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, String, Table, inspect, text

from bot.records.faults import records_error
from bot.records.tables import METADATA

NEWEST = "0004"
"""The last step of ``migrations/versions``."""

_FOLDER = Path(__file__).parent / "migrations"
_VERSION = Table(
    "alembic_version",
    MetaData(naming_convention={"pk": "%(table_name)s_pkc"}),
    Column("version_num", String(32), primary_key=True),
)
"""As Alembic makes it."""

_ANY_NUMBER = 0x5061_7274_6E65_72
"""The name of our lock among PostgreSQL's advisory locks ("Partner")."""


def migrate(connection: Connection, where: str) -> None:
    """Run the missing steps inside the connection's transaction: all of them or none.

    Raises:
        RecordsError: the database was made by a newer version.
    """
    if connection.dialect.name == "postgresql":
        # SQLite's transaction (BEGIN IMMEDIATE) has locked others out already. Replicas that start
        # together wait for the one that makes the tables.
        connection.execute(text("SET LOCAL lock_timeout = '60s'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ANY_NUMBER})
    version = _version(connection)
    if version is None and not inspect(connection).get_table_names():
        _make(connection)
    elif version != NEWEST:
        run_steps(connection, where)


def run_steps(connection: Connection, where: str) -> None:
    """Run the missing steps, whatever the database has.

    Raises:
        RecordsError: the database was made by a newer version.
    """
    # Slow to import, and needed only when there is something to do.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util.exc import CommandError  # noqa: PLC0415

    logging.getLogger("alembic").setLevel(logging.WARNING)  # its own story is no news
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise records_error(where, error) from error


def _make(connection: Connection) -> None:
    """Today's tables at once, in an empty database; to load the steps takes half a second."""
    METADATA.create_all(connection)
    _VERSION.create(connection)
    connection.execute(_VERSION.insert().values(version_num=NEWEST))


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)
