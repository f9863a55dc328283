"""The typed plan between a question and its SQL; also cache key and footnote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Aggregation = Literal[
    "count", "distinct", "sum", "avg", "min", "max", "median", "percentile", "stddev", "measure"
]
Operator = Literal["=", "!=", ">", ">=", "<", "<=", "between"]
Grain = Literal["year", "quarter", "month", "week", "day"]
Ranges = tuple[tuple[date | None, date | None], ...]
Part = Literal["hour", "weekday", "month_of_year", "quarter_of_year"]


@dataclass(frozen=True, slots=True)
class Ref:
    """A column, reached from the plan's table over named many-to-one joins."""

    path: tuple[str, ...]
    table: str
    column: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """The column holds one of the values (or none of them)."""

    ref: Ref
    values: tuple[str | bool, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """The column compares to a number; `high` only for between."""

    ref: Ref
    operator: Operator
    low: float
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A named filter of the space, or its negation; `path` leads to its table."""

    name: str
    negated: bool = False
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """The column is filled (or empty when negated)."""

    ref: Ref
    negated: bool = False


@dataclass(frozen=True, slots=True)
class During:
    """The time column lies in one of the half-open date ranges."""

    ref: Ref
    ranges: tuple[tuple[date | None, date | None], ...]
    words: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class PartIs:
    """A part of the time column (weekday 1 = Monday, hour, month) has one of the values."""

    ref: Ref
    part: Part
    values: tuple[int, ...]
    words: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Linked:
    """Rows of `table`, which point to this row over `path`, exist (or none does when negated).

    `ref` is the key they point to; `where` is told from `table`.
    """

    ref: Ref
    table: str
    path: tuple[str, ...]
    where: tuple[Condition, ...] = ()
    negated: bool = False


Condition = OneOf | Compared | Named | Known | During | PartIs | Linked


@dataclass(frozen=True, slots=True)
class Metric:
    """One number per row. `where` narrows only this metric.

    share: "total" divides by the total over all groups, "where" by the rows without `where`.
    over: the metric is divided by the total of this column; of_whole: by that of all rows, also of
    those that lack the metric.
    per: the metric is divided by the distinct values of this column or by distinct time grains.
    per_row: the metric is divided by the number of rows.
    since: not `ref` itself but the days from this date to it, or to `until` where that is empty.
    in_years: the days as years.
    """

    aggregation: Aggregation
    ref: Ref | None = None
    measure: str | None = None
    where: tuple[Condition, ...] = ()
    share: Literal["total", "where"] | None = None
    per: Ref | None = None
    per_grain: Grain | None = None
    per_row: bool = False
    percentile: float | None = None
    over: Ref | None = None
    of_whole: bool = False
    since: Ref | None = None
    until: date | None = None
    in_years: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """What rows stand for: a column, a named dimension, a time grain or a part of time.

    buckets: named sets of the part's values that are compared, such as weekends and weekdays.
    spans: named periods that are compared, each with its half-open date ranges.
    band: numbers are put together in bands of this width, each called by where it begins.
    """

    ref: Ref | None = None
    dimension: str | None = None
    grain: Grain | None = None
    part: Part | None = None
    buckets: tuple[tuple[str, tuple[int, ...]], ...] = ()
    spans: tuple[tuple[str, Ranges], ...] = ()
    band: float | None = None


@dataclass(frozen=True, slots=True)
class Having:
    """Groups are kept when their metric compares so; `mean`: to its average over all groups."""

    metric: Metric
    operator: Operator
    low: float
    high: float | None = None
    mean: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """Sort by a metric, by a group or by a column of single rows, counted from 0."""

    by: Literal["metric", "group", "row"]
    index: int
    descending: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """Not the groups are shown but how many there are: of the group counted from 0.

    `key` tells two groups of one name apart. share: as a part of all groups, which are the rows of
    the table `among` or, without one, the groups that have any row at all.
    """

    group: int
    key: Ref | None = None
    share: bool = False
    among: str | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """Beside each number, its sum over the periods so far."""


@dataclass(frozen=True, slots=True)
class Moving:
    """Beside each number, the mean of the last `count` periods where the data hold all of them."""

    count: int


@dataclass(frozen=True, slots=True)
class TopShare:
    """Not the first groups are shown but what they make together, and of which whole: `whole`."""

    whole: Plan


@dataclass(frozen=True, slots=True)
class Beside:
    """Beside the plan's number stands that of `other`, whose rows are others, group by group.

    ratio: the first divided by the second is shown too.
    """

    other: Plan
    ratio: bool = False


Shape = Tally | Running | Moving | TopShare | Beside


@dataclass(frozen=True, slots=True)
class Plan:
    """One query over one fact table. `change` compares each period to an earlier one.

    difference: the first metric less the second is shown too. nth: only that place of the order is
    kept. shape: what is made of the rows in the end. rows: the columns single rows are shown by.
    """

    table: str
    metrics: tuple[Metric, ...] = ()
    groups: tuple[Group, ...] = ()
    where: tuple[Condition, ...] = ()
    having: tuple[Having, ...] = ()
    order: Order | None = None
    limit: int | None = None
    limit_per: int | None = None
    change: Literal["previous", "year"] | None = None
    difference: bool = False
    rows: tuple[Ref, ...] = ()
    nth: int | None = None
    shape: Shape | None = None


def whole_periods(plan: Plan) -> tuple[Group, ...]:
    """The periods that shares of a total are told within: those beside another breakdown."""
    periods = tuple(group for group in plan.groups if group.grain or group.spans)
    shares = any(metric.share == "total" for metric in plan.metrics)
    return periods if shares and len(periods) < len(plan.groups) else ()


@dataclass(frozen=True, slots=True)
class Answer:
    """SQL in Databricks dialect, with a restatement that names every choice made."""

    sql: str
    title: str
    description: str
    plan: Plan | None
    source: Literal["rules", "verified example"] = "rules"


@dataclass(frozen=True, slots=True)
class Clarification:
    """A question back; `suggestions` are questions that would be answered."""

    text: str
    suggestions: tuple[str, ...] = ()
