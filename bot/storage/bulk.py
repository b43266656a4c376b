"""Many rows, or many keys, in one statement.

SQLite's driver lets go of the interpreter at every row of an `executemany`, and then has to get it
back from the thread that answers readers: that takes both of them longer than the rows do. So
SQLite gets all rows as one JSON text, which its own functions take apart.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import (
    ColumnElement,
    Connection,
    Executable,
    Table,
    bindparam,
    column,
    func,
    select,
    text,
)

Row = Mapping[str, object]
"""The values of columns by their names: text, numbers and None."""

_INTEGERS = 1 << 63


class Bulk:
    """Statements for many rows. SQLAlchemy compiles its own INSERT anew each time it has an ON
    CONFLICT; these are texts, made once of the tables.
    """

    def __init__(self, *, is_sqlite: bool) -> None:
        self._is_sqlite = is_sqlite
        self._made: dict[tuple[str, bool], Executable] = {}

    def insert(self, connection: Connection, table: Table, rows: Sequence[Row]) -> int:
        """Insert `rows`, which name all columns; one whose primary key is there already is left
        out. Gives how many were inserted.
        """
        return self._execute(connection, table, rows, replacing=False)

    def upsert(self, connection: Connection, table: Table, rows: Sequence[Row]) -> None:
        """Insert `rows`, which name all columns, in the place of those with the same keys."""
        self._execute(connection, table, rows, replacing=True)

    def among(self, key: ColumnElement[int], name: str) -> ColumnElement[bool]:
        """Whether `key` is one of those that `values` gives for the parameter `name`."""
        if not self._is_sqlite:
            return key.in_(bindparam(name, expanding=True))
        return key.in_(select(column("value")).select_from(func.json_each(bindparam(name))))

    def values(self, name: str, keys: Collection[int]) -> dict[str, object]:
        """The parameters of a statement made with `among`."""
        return {name: json.dumps(list(keys)) if self._is_sqlite else list(keys)}

    def _execute(
        self, connection: Connection, table: Table, rows: Sequence[Row], *, replacing: bool
    ) -> int:
        statement = self._made.get((table.name, replacing))
        if statement is None:
            statement = self._statement(table, replacing=replacing)
            self._made[table.name, replacing] = statement
        parameters: object = rows
        if self._is_sqlite:
            names = table.c.keys()
            cells = [[row[name] for name in names] for row in rows]
            integers = (cell for row in cells for cell in row if type(cell) is int)
            if any(not -_INTEGERS <= integer < _INTEGERS for integer in integers):
                # SQLite would make a fraction of it.
                raise OverflowError("an integer of more than 64 bits")
            # Not escaped, so that what is no text is refused here as it is everywhere else.
            parameters = {"rows": json.dumps(cells, ensure_ascii=False)}
        # Otherwise only that of an UPDATE is kept.
        kept = {"preserve_rowcount": True}
        return connection.execute(statement, parameters, execution_options=kept).rowcount  # type: ignore[call-overload, no-any-return]

    def _statement(self, table: Table, *, replacing: bool) -> Executable:
        names = table.c.keys()
        if self._is_sqlite:
            cells = ", ".join(f"json_extract(value, '$[{i}]')" for i in range(len(names)))
            # Without a WHERE, SQLite takes ON CONFLICT for that of a join.
            given = f"SELECT {cells} FROM json_each(:rows) WHERE true"  # noqa: S608 - numbers only
        else:
            given = "VALUES (" + ", ".join(f":{name}" for name in names) + ")"
        keys = [each.name for each in table.primary_key]
        others = (f'"{name}" = excluded."{name}"' for name in names if name not in keys)
        return text(
            f"INSERT INTO {_listed([table.name])} ({_listed(names)}) {given} "
            f"ON CONFLICT ({_listed(keys)}) DO "
            + (f"UPDATE SET {', '.join(others)}" if replacing else "NOTHING")
        )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
