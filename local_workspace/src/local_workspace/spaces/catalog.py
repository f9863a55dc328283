"""A space together with what its data holds: types, values, ranges and row counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from local_workspace.spaces.computed import computed, in_other_unit
from local_workspace.spaces.elapsed import Elapsed
from local_workspace.spaces.model import Aggregate, Join, Role, Space

Family = Literal["integer", "number", "text", "date", "timestamp", "bool", "other"]


@dataclass(frozen=True, slots=True)
class ColumnInfo:
    """One column. `values` holds every distinct text when there are few enough to index.

    template: SQL with `{t}` before each column, where the number is computed from others, and
    made_of their names. converted: how its unit was turned into the one it is told in.
    """

    table: str
    name: str
    label: str
    family: Family
    role: Role
    type_name: str = ""
    unit: str | None = None
    aggregate: Aggregate = "sum"
    synonyms: tuple[str, ...] = ()
    description: str = ""
    distinct: int = 0
    nulls: int = 0
    values: tuple[str, ...] = ()
    value_words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    first: date | None = None
    last: date | None = None
    low: float | None = None
    high: float | None = None
    template: str = ""
    made_of: tuple[str, ...] = ()
    converted: str = ""


@dataclass(frozen=True, slots=True)
class TableInfo:
    """One table. `row` is the singular noun of a row; `label` the column naming the entity.

    `names` gives the label of each text key, so that "JFK" and "Newark" can be compared.
    """

    name: str
    row: str
    rows: int
    columns: dict[str, ColumnInfo]
    synonyms: tuple[str, ...] = ()
    description: str = ""
    label: str | None = None
    time: str | None = None
    hour: str | None = None
    key: str | None = None
    names: dict[str, str] = field(default_factory=dict)
    elapsed: tuple[Elapsed, ...] = ()


@dataclass(frozen=True, slots=True)
class JoinInfo:
    """A many-to-one join; `values` lists labels that really occur, when roles share a table."""

    name: str
    many: str
    many_column: str
    one: str
    one_column: str
    synonyms: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    default: bool = False
    shared: bool = False
    values: dict[str, frozenset[str]] = field(default_factory=dict)
    matched: float = 1.0

    @classmethod
    def of(cls, join: Join, **more: object) -> JoinInfo:
        """The join of a space file, without anything the data says."""
        many, many_column = join.many.split(".")
        one, one_column = join.one.split(".")
        return cls(
            join.name,
            many,
            many_column,
            one,
            one_column,
            tuple(join.synonyms),
            tuple(join.words),
            join.default,
            **more,  # type: ignore[arg-type]
        )


@dataclass(frozen=True, slots=True)
class Expression:
    """SQL of one table with `{t}` before each column and `{f}` after each aggregate."""

    name: str
    table: str
    template: str
    synonyms: tuple[str, ...] = ()
    opposites: tuple[str, ...] = ()
    description: str = ""
    unit: str | None = None
    format: str = "number"
    additive: bool = True

    def sql(self, prefix: str = "", where: str = "") -> str:
        """The expression with columns prefixed and every aggregate filtered by `where`."""
        clause = f" FILTER (WHERE {where})" if where else ""
        return self.template.replace("{t}", prefix).replace("{f}", clause)


@dataclass(frozen=True, slots=True, eq=False)
class Catalog:
    """Everything `translate` needs; immutable, compared by identity."""

    space: Space
    tables: dict[str, TableInfo]
    joins: tuple[JoinInfo, ...] = ()
    measures: tuple[Expression, ...] = ()
    filters: tuple[Expression, ...] = ()
    dimensions: tuple[Expression, ...] = ()

    def column(self, table: str, name: str) -> ColumnInfo:
        """The column, or the one computed from others; KeyError when there is none so named."""
        info = self.tables[table].columns.get(name) or computed(self.tables[table], name)
        if info is None:
            raise KeyError(name)
        return info

    def measure(self, name: str) -> Expression:
        """The named measure, in another unit if its name says so; KeyError when there is none."""
        return in_other_unit(self.measures, name) or _named(self.measures, name)

    def named_filter(self, name: str) -> Expression:
        """The named filter; KeyError when there is none."""
        return _named(self.filters, name)

    def dimension(self, name: str) -> Expression:
        """The named dimension; KeyError when there is none."""
        return _named(self.dimensions, name)

    def join(self, name: str) -> JoinInfo:
        """The named join; KeyError when there is none."""
        for join in self.joins:
            if join.name == name:
                return join
        raise KeyError(name)


def _named(items: tuple[Expression, ...], name: str) -> Expression:
    for item in items:
        if item.name == name:
            return item
    raise KeyError(name)


__all__ = [
    "Catalog",
    "ColumnInfo",
    "Expression",
    "Family",
    "JoinInfo",
    "TableInfo",
]
