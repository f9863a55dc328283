"""Questions a manager would ask of a space: one of each kind, each in a few wordings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import cycle

from local_workspace.own_data.shapes import CODES as MONEY
from local_workspace.spaces import Catalog, ColumnInfo, TableInfo
from local_workspace.spaces.money import money_column
from local_workspace.spaces.names import plural

FEW = range(2, 13)
"""How many groups a share or a comparison can show."""
MANY = range(6, 5_001)
LONGEST_GROUP = 24
"""Letters a value has on average at most; longer ones are remarks."""
WHOLE_YEAR_DAYS = 350
LASTING = re.compile(r"(seconds|minutes|hours|days) (to|of|late|until|since)\b")
"""How long something took: averages say more than sums."""
_COST = re.compile(r"\b(?:costs?|expenses?|tax|spend\w*)\b")
CODES = frozenset({"id", "code", "no", "nr", "number", "key", "sku"})


@dataclass(frozen=True, slots=True)
class Idea:
    """A question in several wordings, the best first, and the rows an answer has at least."""

    wordings: tuple[str, ...]
    least_rows: int = 1


@dataclass(frozen=True, slots=True)
class Words:
    """What questions about one table are made of."""

    rows: str
    measure: str
    total: str
    groups: tuple[ColumnInfo, ...]
    entity: str
    years: tuple[int, ...]
    ratios: tuple[str, ...]
    averages: tuple[str, ...]
    timed: bool


def ideas(catalog: Catalog) -> list[Idea]:
    """The most telling table first; then, in turn, what the others invite."""
    ones = {join.one for join in catalog.joins}
    tables = sorted(catalog.tables.values(), key=lambda t: (t.name in ones, -t.rows))
    batches = [
        list(_of_lookup(words) if table.name in ones else _of_table(words, leading=not place))
        for place, table in enumerate(tables)
        for words in [words_of(catalog, table)]
    ]
    first, rest = batches[:1], batches[1:]
    turns = [
        batch[place] for place in range(max(map(len, rest), default=0)) for batch in rest
        if place < len(batch)
    ]  # fmt: skip
    return [*first[0], *turns] if first else []


def words_of(catalog: Catalog, table: TableInfo) -> Words:
    """The nouns of a table: what is counted, what is added up, and by what."""
    columns = list(table.columns.values())
    sums = [c for c in columns if _adds_up(c)]
    money = money_column(table)
    paid = [c for c in sums if re.fullmatch(MONEY, c.unit or "") and not _COST.search(c.label)]
    measure = money if money in sums else next(iter([*paid, *sums]), None)
    rows = plural(table.row)
    label = measure.label if measure else f"number of {rows}"
    joins = [j for j in catalog.joins if j.many == table.name and not j.shared]
    keys = {j.many_column for j in catalog.joins if j.many == table.name}
    near = [c for c in columns if c.name not in keys]
    far = [
        c for j in joins for c in catalog.tables[j.one].columns.values() if c.name != j.one_column
    ]
    known = [c for c in [*near, *far] if _groups(c) and c.distinct < table.rows]
    return Words(
        rows=rows,
        measure=label,
        total=label if not measure or label.startswith("total ") else f"total {label}",
        groups=tuple(c for c in known if c.distinct in FEW),
        entity=_entity(catalog, table, known),
        years=_years(table),
        ratios=tuple(m.name for m in catalog.measures if m.table == table.name and not m.additive),
        averages=tuple(c.label for c in columns if c.role == "measure" and c not in sums),
        timed=table.time is not None,
    )


def _of_table(words: Words, *, leading: bool) -> Iterator[Idea]:
    """Total, trend, ranking, share, comparison, ratio; then more of what there is."""
    measure = words.measure
    counted = measure.startswith("number of ")
    groups = cycle([group.label for group in words.groups] or [""])
    when = f" in {words.years[-1]}" if words.years else ""
    if leading:
        yield Idea(_total(words, when))
    if words.timed:
        what = f"the {measure}" if counted else measure
        yield Idea((f"How did {what} develop by month{when}", f"{measure} by month{when}"), 2)
    if words.entity:
        yield Idea((f"Top 5 {words.entity} by {measure}",), 2)
    elif words.groups:
        yield Idea((f"Which {words.groups[-1].label} has the highest {measure}{when}",))
    if words.groups:
        share, group = words.rows if counted else measure, next(groups)
        yield Idea(
            (f"What share of {share} comes from each {group}", f"Share of {share} by {group}"), 2
        )
    if len(words.years) > 1:
        before, year = words.years[-2:]
        group = next(groups)
        versus = f"{measure} {before} vs {year}"
        yield Idea((f"{versus} by {group}", versus) if group else (versus,), 2)
    elif words.groups and len(words.groups[0].values) > 1:
        one, two = words.groups[0].values[:2]
        yield Idea((f"Compare {one} and {two} by {measure}",), 2)
    for ratio in words.ratios[:2]:
        group = next(groups)
        yield Idea((f"{ratio} by {group}", ratio) if group else (ratio,))
    for average in words.averages[:1]:
        group = next(groups)
        yield Idea((f"average {average} by {group}",) if group else (f"average {average}",))
    if words.groups and not counted:
        group = next(groups)
        yield Idea((f"How many {words.rows} per {group}", f"number of {words.rows} by {group}"), 2)
        if not measure.startswith("total "):
            yield Idea((f"average {measure} by {next(groups)}",), 2)
    if words.timed and words.groups:
        yield Idea((f"{measure} by quarter and {next(groups)}",), 3)


def _total(words: Words, when: str) -> tuple[str, str]:
    if words.measure.startswith("number of "):
        return f"How many {words.rows} were there{when}", f"How many {words.rows} are there"
    was = "were" if re.search(r"[^s]s$", words.measure) else "was"
    return f"What {was} our {words.total}{when}", f"{words.total}{when}"


def _of_lookup(words: Words) -> Iterator[Idea]:
    """What a list of customers or products invites by itself."""
    if words.groups:
        yield Idea((f"How many {words.rows} per {words.groups[0].label}",), 2)
    yield Idea((f"How many {words.rows} are there",))


def _adds_up(column: ColumnInfo) -> bool:
    summed = column.role == "measure" and column.aggregate == "sum" and column.distinct > 1
    return summed and not LASTING.match(column.label)


def _groups(column: ColumnInfo) -> bool:
    values = column.values
    named = column.label.split(" ")[-1] not in CODES
    short = bool(values) and sum(map(len, values)) <= LONGEST_GROUP * len(values)
    return column.role == "dimension" and column.family == "text" and named and short


def _entity(catalog: Catalog, table: TableInfo, known: list[ColumnInfo]) -> str:
    """Whom a ranking names: customers, products; else a column of many values, if any."""
    for join in catalog.joins:
        one = catalog.tables[join.one]
        if join.many == table.name and not join.shared and one.label and one.rows in MANY:
            return plural(one.row)
    return next((plural(column.label) for column in known if column.distinct in MANY), "")


def _years(table: TableInfo) -> tuple[int, ...]:
    """The calendar years that the data covers (nearly) whole."""
    column = table.columns[table.time] if table.time else None
    if column is None or column.first is None or column.last is None:
        return ()
    first, last = column.first, column.last
    return tuple(
        year
        for year in range(first.year, last.year + 1)
        if (min(last, date(year, 12, 31)) - max(first, date(year, 1, 1))).days >= WHOLE_YEAR_DAYS
    )
