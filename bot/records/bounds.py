"""Keeps tables from growing without end."""

from sqlalchemy import ColumnElement, Table, select


def beyond(table: Table, most: int) -> ColumnElement[bool]:
    """Which rows are too many, the oldest first: at most ``most`` stay."""
    newest_too_many = select(table.c.id).order_by(table.c.id.desc()).offset(most).limit(1)
    return table.c.id <= newest_too_many.scalar_subquery()
