"""The steps from an empty database to today's tables, run by Alembic when records are opened.

To change a table: change ``bot/records/tables.py``, add the next file to ``versions/`` (number,
``revision``, ``down_revision``, ``upgrade``), and set ``bot.records.migrating.NEWEST``.
"""
