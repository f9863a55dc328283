"""What one row is: by the name of its table, or by its key where the table is called otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.spaces.foreign_headers import in_english
from local_workspace.spaces.names import bare_words, singular, singular_phrase, spoken
from local_workspace.spaces.parts_of import orders_of
from local_workspace.spaces.shortening import shortens

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import ColumnInfo, TableInfo

_KEYS = frozenset({"id", "key", "no", "number", "nr", "code", "uuid"})
_LINES = frozenset(
    {"row", "record", "line", "index", "serial", "entry", "s", "sr", "unique", "obs"}
)
"""Keys of these only number the lines of the file."""
_UNIQUE = 0.97
_FEW = 3


def row_of(table: TableInfo, label: str | None) -> str:
    """The noun of a row: "sales" has sales, `titanic` of passenger ids has passengers."""
    if is_of_one(table):
        return f"{table.row} {'entry' if is_log(table) else 'row'}"
    if not _is_plural(table.name):
        noun = _noun_of_key(table)
        if noun in _LINES:
            return f"{table.row} row"
        if noun and noun not in table.row.split(" ") and not _in_short(noun, table.name):
            return noun
    orders = orders_of(table)
    if orders and orders[0] == table.row:
        return f"{table.row} line"
    for column in table.columns.values():
        if column.role == "time" or column.name == label:
            continue
        if singular_phrase(column.label.lower()) == table.row:
            return f"{table.row} row"
    return table.row


def is_log(table: TableInfo) -> bool:
    """Whether the table is called a log or the like."""
    return _noun(table).endswith(("log", "register", "ledger", "journal", "history", "diary"))


def is_of_one(table: TableInfo) -> bool:
    """Whether the rows are figures over time of one thing, as in a file called `shop`."""
    other = not is_log(table) and any(c.role == "id" for c in table.columns.values())
    keyed = other or table.key is not None
    return spoken(table.name) == _noun(table) and not keyed and table.time is not None


def _noun(table: TableInfo) -> str:
    return singular_phrase(in_english(spoken(table.name)))


def _is_plural(name: str) -> bool:
    last = in_english(spoken(name)).split(" ")[-1]
    return singular(last) != last or last in ("people", "staff", "data")


def _in_short(noun: str, name: str) -> bool:
    """Whether the key only writes the table's name in short: `cl_id` of clients."""
    return any(shortens(noun, word) for word in bare_words(name))


def _noun_of_key(table: TableInfo) -> str:
    """The noun of the unique number that opens the rows, or of their unique name."""
    for column in list(table.columns.values())[:_FEW]:
        words = in_english(column.label.lower()).split()
        if not _tells_apart(column, table):
            continue
        if len(words) > 1 and words[-1] in _KEYS and column.role in ("id", "dimension"):
            return singular(" ".join(words[:-1]))
        if column.family == "text" and len(words) == 1 and words[0] not in (*_KEYS, "name"):
            return singular(words[0])
    return ""


def _tells_apart(column: ColumnInfo, table: TableInfo) -> bool:
    return bool(table.rows) and not column.nulls and column.distinct >= table.rows * _UNIQUE
