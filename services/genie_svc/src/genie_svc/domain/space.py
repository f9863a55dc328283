"""A Genie space: what can be asked about."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from genie_svc.domain.reading import Json, group, groups, text, texts


@dataclass(frozen=True, slots=True)
class SpaceColumn:
    """One column of a table, as the space describes it."""

    name: str
    type_text: str = ""
    description: str = ""
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpaceTable:
    """One table of a space; `name` is `catalog.schema.table`.

    `hidden` are the columns that the space's owner keeps from Genie.
    """

    name: str
    description: str = ""
    columns: tuple[SpaceColumn, ...] = ()
    hidden: frozenset[str] = frozenset()

    def completed(self, known: Sequence[SpaceColumn]) -> SpaceTable:
        """The table with all columns that its catalog knows, in their order, with their types.

        What the space says of a column comes before the catalog's comment.
        """
        said = {column.name.casefold(): column for column in self.columns}
        columns = [
            replace(
                column,
                description=said[key].description or column.description,
                synonyms=said[key].synonyms,
            )
            if (key := column.name.casefold()) in said
            else column
            for column in known
            if column.name.casefold() not in self.hidden
        ]
        return replace(self, columns=tuple(columns)) if columns else self


@dataclass(frozen=True, slots=True)
class Space:
    """A space; tables are empty where the identity may not see them."""

    space_id: str
    title: str = ""
    description: str = ""
    warehouse_id: str = ""
    tables: tuple[SpaceTable, ...] = ()
    sample_questions: tuple[str, ...] = ()
    instructions: str = ""
    _described: Mapping[str, SpaceColumn] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_described", _described(self.tables))

    def column(self, name: str) -> SpaceColumn | None:
        """The column of that name, where only one meaning of it is known in the space."""
        return self._described.get(name.casefold())


def read_space(raw: Json, *, space_id: str) -> Space:
    """The space that the raw JSON describes; never raises.

    `serialized_space` is JSON in a string that only editors of a space receive; without it, or
    when it cannot be read, the space comes without tables.
    """
    inner = _serialized(raw)
    tables = tuple(_table(item) for item in groups(group(inner, "data_sources"), "tables"))
    samples = (
        text(item, "question") for item in groups(group(inner, "config"), "sample_questions")
    )
    instructions = (
        text(item, "content").strip()
        for item in groups(group(inner, "instructions"), "text_instructions")
    )
    return Space(
        space_id=text(raw, "space_id") or space_id,
        title=text(raw, "title"),
        description=text(raw, "description"),
        warehouse_id=text(raw, "warehouse_id"),
        tables=tables,
        sample_questions=tuple(question for question in samples if question),
        instructions="\n\n".join(part for part in instructions if part),
    )


def _serialized(raw: Json) -> Json:
    try:
        inner = json.loads(text(raw, "serialized_space") or "{}")
    except (ValueError, RecursionError):
        return {}
    return inner if isinstance(inner, Mapping) else {}


def _table(raw: Json) -> SpaceTable:
    columns = groups(raw, "column_configs") or groups(raw, "columns")
    return SpaceTable(
        name=text(raw, "identifier"),
        description=text(raw, "description"),
        columns=tuple(_column(column) for column in columns if column.get("exclude") is not True),
        hidden=frozenset(
            _column(column).name.casefold() for column in columns if column.get("exclude") is True
        ),
    )


def read_table_columns(raw: Json) -> tuple[SpaceColumn, ...]:
    """The columns of a table as Unity Catalog describes it; never raises."""
    return tuple(
        SpaceColumn(
            name=text(column, "name"),
            type_text=text(column, "type_text").upper(),
            description=text(column, "comment"),
        )
        for column in groups(raw, "columns")
        if text(column, "name")
    )


def _column(raw: Json) -> SpaceColumn:
    return SpaceColumn(
        name=text(raw, "column_name") or text(raw, "name"),
        type_text=text(raw, "type_text") or text(raw, "data_type"),
        description=text(raw, "description"),
        synonyms=texts(raw, "synonyms"),
    )


def _described(tables: tuple[SpaceTable, ...]) -> dict[str, SpaceColumn]:
    found: dict[str, SpaceColumn | None] = {}
    for table in tables:
        for column in table.columns:
            key = column.name.casefold()
            other = found.setdefault(key, column)
            if other is not None and other.description != column.description:
                found[key] = None
    return {key: column for key, column in found.items() if column and column.description}


_UNIT: Final = re.compile(r"\bunit:\s*([^.;,\n]{1,40})", re.IGNORECASE)


def unit_in(description: str) -> str:
    """The unit that a description states as `Unit: minutes.`; empty when it states none."""
    found = _UNIT.search(description)
    return found.group(1).strip() if found else ""
