"""What each column of a result is for: time, group, measure, weight, or nothing to compute with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from aislides.deck.v1.fact_pb2 import Format, FormatKind, TimeGrain
from aislides.deck.v1.table_pb2 import ColumnType

from orchestrator_svc.deck.formats import format_for_column
from orchestrator_svc.deck.labels import label_for_column
from orchestrator_svc.deck.periods import name_tokens
from orchestrator_svc.deck.table import Table
from orchestrator_svc.facts.chosen import named_periods
from orchestrator_svc.facts.selects import (
    Aggregate,
    aggregates,
    denominator,
    expressions,
    split_by,
    squeezed,
)

MAX_MEASURES = 8
MAX_GROUPS = 3

_ID_WORDS = frozenset({"id", "key", "code", "zip", "postcode", "uuid", "guid", "index", "rank"})
_NUMBERED = frozenset({"number", "no", "nr"})
"""Last words of what is numbered, such as `flight_number`; a `number_of_flights` is counted."""
_PLACE_WORDS = frozenset({"lat", "lon", "latitude", "longitude", "lng"})
_INTENSIVE_WORDS = frozenset(
    {"avg", "average", "mean", "median", "rate", "share", "ratio", "pct", "percent", "percentage"}
    | {"fraction", "proportion", "price", "per", "min", "max", "minimum", "maximum", "temperature"}
    | {"temp", "score", "rating", "age", "margin", "speed", "probability", "index", "percentile"}
    | {
        "reading",
        "measurement",
        "stddev",
        "variance",
        "growth",
        "distinct",
        "unique",
        "cumulative",
        "running",
    }
)
_ADDITIVE_WORDS = frozenset(
    {"total", "sum", "count", "revenue", "sales", "cost", "costs", "profit", "quantity", "qty"}
    | {"amount", "amt", "units", "volume", "turnover", "spend", "spending", "income", "orders"}
    | {"expenses", "bookings", "visits", "num"}
)
_HELD = re.compile(
    r"\b(?:stock|inventory|on hand|backlog|balances?|headcount|outstanding|subscribers|mrr|arr|"
    r"holdings?|bestand|lagerbestand)\b"
)
_PEOPLE = re.compile(
    r"\b(?:students|pupils|members|employees|staff|population|residents|inhabitants|households|"
    r"users|accounts)\b"
)
"""Who stays from one period to the next: added up, the same people count once for each."""
_MOVED = re.compile(
    r"\b(?:sold|sales|purchas\w+|moves?|movements?|received|issued|turnover|change|returned|added|"
    r"removed|orders?|new)\b"
)
"""What comes and goes in a period, and so adds up, though it is of a stock."""
_LIFE_DATE = re.compile(
    r"\b(hired?|join(?:ed|ing)?|birth|enrol\w*|regist\w+|found(?:ed|ing)|leav(?:e|ing)|exit|"
    r"terminat\w+|resign\w+)_(?:date|day|on|at|time|month)\b",
    re.IGNORECASE,
)
_HAPPENED = {
    "hire": "hired",
    "join": "joined",
    "birt": "born",
    "enro": "enrolled",
    "regi": "registered",
    "foun": "founded",
    "leav": "who left",
    "exit": "who left",
    "term": "who left",
    "resi": "who left",
}
_MEAN = re.compile(r"\s*(?:avg|mean)\s*\((.+)\)\s*", re.IGNORECASE)
_EXTREMES = re.compile(r"\s*(?:median|percentile\w*|min|max)\s*\(", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Measure:
    """A column that is measured.

    `additive` is True when sums over rows mean something; then totals and shares may be told.
    `weight` is the column that means over rows are weighted by, empty when there is none: a count,
    or for a ratio of sums what it divides by.
    """

    name: str
    label: str
    format: Format
    additive: bool
    weight: str
    counted: bool = True
    """Whether the weight counts observations."""
    held: bool = False
    """Whether it is what is held at a moment, such as stock: its periods do not add up."""

    @property
    def aggregates(self) -> bool:
        """Whether several rows can be made one value at all."""
        return self.additive or bool(self.weight)

    @property
    def fraction(self) -> bool:
        """Whether it is printed in percent: its change is one in points, not in percent again."""
        return self.format.kind == FormatKind.FORMAT_KIND_PERCENT or self.format.unit == "%"


@dataclass(frozen=True, slots=True)
class Roles:
    """The columns of one result by what they are for."""

    time: str | None
    groups: tuple[str, ...]
    measures: tuple[Measure, ...]
    weight: str


def roles_of(table: Table) -> Roles:
    """Decides each column's role from its type, name, cells, and the query's SQL."""
    made_by = aggregates(table.result.source.sql)
    time = _time_column(table)
    splits = split_by(table.result.source.sql) - set(made_by)
    numeric = [
        name for name in table.names if name not in splits and _measurable(table, name, time)
    ]
    weight = _weight_column(table, numeric, made_by)
    groups = _group_columns(table, time, set(numeric))
    measures = tuple(
        _measure(table, name, weight, made_by, time) for name in numeric[:MAX_MEASURES]
    )
    return Roles(time, groups, measures, weight)


def _time_column(table: Table) -> str | None:
    """The time column that orders rows: with most distinct periods, calendar before cyclic.

    Beside a column of several years a month or quarter number makes the finer calendar.
    """
    years = [name for name in table.names if _is_years(table, name)]
    parts = [name for name in table.names if _is_part_of_year(table, name)]
    if years and parts:
        return parts[0]
    best: tuple[bool, int] | None = None
    chosen = None
    for name in table.names:
        axis = table.axis(name)
        if axis is None:
            continue
        distinct = len({key for key in axis.keys if key is not None})
        rank = (distinct > 1 and not axis.cyclic, distinct)
        if best is None or rank > best:
            best, chosen = rank, name
    return chosen


def _is_years(table: Table, name: str) -> bool:
    axis = table.axis(name)
    several = axis is not None and len({key for key in axis.keys if key is not None}) > 1
    return several and table.grain(name) == TimeGrain.TIME_GRAIN_YEAR


def _is_part_of_year(table: Table, name: str) -> bool:
    axis = table.axis(name)
    parts = (TimeGrain.TIME_GRAIN_MONTH, TimeGrain.TIME_GRAIN_QUARTER)
    return axis is not None and axis.cyclic and axis.grain in parts


def _measurable(table: Table, name: str, time: str | None) -> bool:
    if name == time or not table.is_numeric(name) or table.is_time(name):
        return False
    tokens = name_tokens(name)
    words = set(tokens)
    if len(tokens) > 1 and tokens[-1] in _NUMBERED:
        return False
    if words & _ID_WORDS and not words & {"count", "num", "number", "avg", "sum"}:
        return False
    return not words & _PLACE_WORDS


def _weight_column(table: Table, numeric: Sequence[str], made_by: dict[str, Aggregate]) -> str:
    """The last column that counts things, if every count is 0 or more."""
    for name in reversed(numeric):
        fmt = format_for_column(table, name)
        counted = fmt.kind == FormatKind.FORMAT_KIND_COUNT
        counted = counted and table.spec(name).type == ColumnType.COLUMN_TYPE_INTEGER
        if made_by.get(name, Aggregate.COUNT) is not Aggregate.COUNT:
            continue
        numbers = [number for number in table.numbers(name) if number is not None]
        if counted and numbers and min(numbers) >= 0 and max(numbers) > 0:
            return name
    return ""


def _group_columns(table: Table, time: str | None, numeric: set[str]) -> tuple[str, ...]:
    """Columns that split the rows; of two that say the same (code and name) the longer words."""
    candidates = []
    for name in table.names:
        if name == time or name in numeric or table.spec(name).type == ColumnType.COLUMN_TYPE_JSON:
            continue
        if table.spec(name).type == ColumnType.COLUMN_TYPE_BINARY or _is_years(table, name):
            continue
        if len(set(table.column(name))) > 1 or len(table) == 1:
            candidates.append(name)
    kept: list[str] = []
    for name in candidates:
        twin = next((other for other in kept if _same_split(table, name, other)), None)
        if twin is None:
            kept.append(name)
        elif _wordiness(table, name) > _wordiness(table, twin):
            kept[kept.index(twin)] = name
    return tuple(kept[:MAX_GROUPS])


def _same_split(table: Table, one: str, other: str) -> bool:
    first, second = table.column(one), table.column(other)
    pairs = set(zip(first, second, strict=True))
    return len(pairs) == len(set(first)) == len(set(second))


def _wordiness(table: Table, name: str) -> int:
    texts = [value for value in table.column(name) if isinstance(value, str)]
    return sum(map(len, texts)) if texts else -1


def _measure(
    table: Table, name: str, weight: str, made_by: dict[str, Aggregate], time: str | None
) -> Measure:
    fmt = format_for_column(table, name)
    label = label_for_column(table, name) + _dated_by(table, time, made_by.get(name))
    additive = _is_additive(table, name, fmt, made_by.get(name, Aggregate.UNKNOWN))
    if additive and named_periods(table.result.source.sql):
        return Measure(name, label, fmt, additive=False, weight="")
    if additive and _is_held(table, name, time, made_by.get(name)):
        return Measure(name, label, fmt, additive=False, weight="", held=True)
    if additive or weight == name:
        return Measure(name, label, fmt, additive, "")
    own, counted = _weight_of(table, name, weight)
    return Measure(name, label, fmt, additive, own, counted)


def _dated_by(table: Table, time: str | None, made: Aggregate | None) -> str:
    """What the periods are of, where they are of a day in the life of each row.

    Employees by month of their hire date are no headcount: without these words a reader would take
    them for one.
    """
    expression = expressions(table.result.source.sql).get(time or "", "")
    found = _LIFE_DATE.search(expression)
    if not found or not table.is_time(time or ""):
        return ""
    if made is Aggregate.COUNT:
        return f" {_HAPPENED[found[1].lower()[:4]]}"
    return f" by {' '.join(name_tokens(found[0]))}"


def _is_held(table: Table, name: str, time: str | None, made: Aggregate | None) -> bool:
    """Whether several moments of what is held are in the rows; what was counted by rows is not."""
    axis = table.axis(time) if time else None
    words = " ".join(name_tokens(name))
    several = axis is not None and not axis.cyclic and len(set(axis.keys)) > 1
    held = _HELD.search(words) or (made is not Aggregate.COUNT and _PEOPLE.search(words))
    return several and bool(held) and not _MOVED.search(words)


def _weight_of(table: Table, name: str, weight: str) -> tuple[str, bool]:
    """What means of the column are weighted by, and whether that counts observations.

    A ratio of two sums is weighted by the sum it divides by, where the rows hold it: weighted by
    counts it would give a number that no division of the sums gives. Extremes have no weight.
    """
    made = expressions(table.result.source.sql)
    expression = made.get(name, "")
    if _EXTREMES.match(expression):
        return "", True
    if averaged := _MEAN.fullmatch(expression):
        # Of several counts a mean rests on that of the rows that have a value.
        own = squeezed(f"count({averaged[1]})")
        counts = (other for other in table.names if squeezed(made.get(other, "")) == own)
        return next(counts, weight), True
    divided_by = denominator(expression)
    if not divided_by or divided_by.startswith("count"):
        return weight, True
    for other in table.names:
        if other != name and squeezed(made.get(other, "")) == divided_by:
            numbers = [number for number in table.numbers(other) if number is not None]
            return (other, False) if numbers and min(numbers) >= 0 else ("", True)
    return "", True


def _is_additive(table: Table, name: str, fmt: Format, made: Aggregate) -> bool:
    if made in (Aggregate.SUM, Aggregate.COUNT):
        return True
    if made in (Aggregate.AVERAGE, Aggregate.OTHER):
        return False
    words = set(name_tokens(name))
    if fmt.kind in (FormatKind.FORMAT_KIND_PERCENT, FormatKind.FORMAT_KIND_MULTIPLE):
        return False
    if words & _INTENSIVE_WORDS or fmt.unit in {"%", "°C", "°F", "mph"}:
        return False
    if re.match(r"\s*(sum|count)\s*\(", name, re.IGNORECASE) or words & _ADDITIVE_WORDS:
        return True
    return fmt.kind == FormatKind.FORMAT_KIND_COUNT and table.is_numeric(name)


def adds_up(table: Table, name: str) -> bool:
    """Whether sums of the column over rows mean something."""
    if not table.is_numeric(name):
        return False
    made = aggregates(table.result.source.sql).get(name, Aggregate.UNKNOWN)
    return _is_additive(table, name, format_for_column(table, name), made)
