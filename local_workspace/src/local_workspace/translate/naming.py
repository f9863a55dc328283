# ruff: noqa: PLR0911 - a rule returns as soon as it knows
"""Column aliases and words for people: they become the deck's labels and units."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.spaces.names import plural, snake
from local_workspace.translate.plan import (
    Compared,
    During,
    Group,
    Known,
    Linked,
    Metric,
    Named,
    OneOf,
    Plan,
    Ref,
    Tally,
)

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog, ColumnInfo

_WORDS = {"sum": "total", "avg": "average", "min": "minimum", "max": "maximum",
          "median": "median", "stddev": "standard deviation of"}  # fmt: skip
_SHORT = {"sum": "total", "avg": "avg", "min": "min", "max": "max", "median": "median",
          "stddev": "stddev"}  # fmt: skip
_PARTS = {"hour": "hour", "weekday": "weekday", "month_of_year": "month_of_year",
          "quarter_of_year": "quarter_of_year"}  # fmt: skip


def group_words(group: Group, catalog: Catalog) -> str:
    """What a group is called: "month", "airline", "origin"."""
    if group.dimension:
        return group.dimension
    if group.spans:
        return "period"
    if group.buckets:
        return "time of day" if group.part == "hour" else "part of the week"
    if group.part:
        return {"hour": "hour of day", "weekday": "weekday"}.get(
            group.part, group.part.replace("_", " ")
        )
    assert group.ref is not None
    column = catalog.column(group.ref.table, group.ref.column)
    if group.band:
        return f"{column.label} in bands of {group.band:g}"
    if group.grain:
        main = catalog.tables[group.ref.table].time == group.ref.column and not group.ref.path
        if group.grain == "day":
            return column.label
        return group.grain if main else f"{group.grain} of {column.label}"
    if group.ref.path:
        join = catalog.join(group.ref.path[-1])
        key = catalog.column(join.many, join.many_column)
        table = catalog.tables[group.ref.table]
        if group.ref.column in (table.label, table.key):
            if _named(column, catalog) and not _named(key, catalog):
                return join.name.replace("_", " ") if join.shared else column.label
            words = key.label
            for tail in (" id", " key", " code"):
                words = words.removesuffix(tail)
            return words
        if (join.shared and _roles(group, catalog) > 1) or _shares_its_name(group.ref, catalog):
            return f"{join.name.replace('_', ' ')} {column.label}"
    return column.label


def _named(column: ColumnInfo, catalog: Catalog) -> bool:
    """Whether the space file says what the column is called."""
    return any(
        written.name == column.name and bool(written.label)
        for table in catalog.space.tables
        if table.name == column.table
        for written in table.columns
    )


def _shares_its_name(ref: Ref, catalog: Catalog) -> bool:
    """Whether rows know another such thing: the country of the customer, that of the shop."""
    join, label = catalog.join(ref.path[-1]), catalog.column(ref.table, ref.column).label
    others = (catalog.tables[j.one] for j in catalog.joins if j.many == join.many)
    return any(
        column.label == label and table.name != ref.table
        for table in others
        for column in table.columns.values()
    )


def _roles(group: Group, catalog: Catalog) -> int:
    assert group.ref is not None
    join = catalog.join(group.ref.path[-1])
    return sum(j.many == join.many and j.one == join.one for j in catalog.joins)


def group_alias(group: Group, catalog: Catalog) -> str:
    """The SQL alias of a group."""
    if group.part and not group.buckets:
        return _PARTS[group.part]
    if group.band and group.ref:
        return snake(f"{catalog.column(group.ref.table, group.ref.column).label} from")
    return snake(group_words(group, catalog))


def tally_noun(plan: Plan, shape: Tally, catalog: Catalog) -> str:
    """What counted groups are called in the plural: "stores", "days"."""
    group = plan.groups[shape.group]
    return plural(group.grain or group_words(group, catalog))


def top_words(plan: Plan, catalog: Catalog) -> str:
    """ "top 3 products", "lowest 5 stores"."""
    word = "top" if plan.order is None or plan.order.descending else "lowest"
    noun = group_words(plan.groups[0], catalog)
    return f"{word} {plan.limit} {plural(noun) if plan.limit != 1 else noun}"


def rows_words(plan: Plan, catalog: Catalog) -> str:
    """What rows are called in the plural: "flights"."""
    return plural(catalog.tables[plan.table].row)


def rows_alias(plan: Plan, catalog: Catalog) -> str:
    """The SQL alias of a count of rows."""
    return snake(rows_words(plan, catalog))


def metric_words(metric: Metric, plan: Plan, catalog: Catalog) -> str:
    """What a metric is called: "average departure delay", "number of flights"."""
    if metric.since:
        words = f"{_word(metric)} {_days(metric, catalog)}"
    elif metric.measure:
        words = catalog.measure(metric.measure).name
    elif metric.aggregation == "count":
        words = f"number of {rows_words(plan, catalog)}"
    else:
        assert metric.ref is not None
        label = catalog.column(metric.ref.table, metric.ref.column).label
        if metric.aggregation == "distinct":
            words = f"number of different {plural(bare(label))}"
        else:
            words = f"{_word(metric)} {label.removeprefix(f'{_word(metric)} ')}"
    if metric.share:
        words = f"share of {words.removeprefix('number of ').removeprefix('total ')}"
    if metric.over:
        over = catalog.column(metric.over.table, metric.over.column)
        words = f"{words.removeprefix('total ')} per {over.label}"
    if metric.per:
        per = metric.per_grain or bare(catalog.column(metric.per.table, metric.per.column).label)
        words = f"average {words.removeprefix('total ')} per {per}"
    if metric.per_row:
        words = f"average {words.removeprefix('total ')} per {catalog.tables[plan.table].row}"
    plain = replace(metric, where=())
    if any(m != metric and replace(m, where=()) == plain for m in plan.metrics):
        words += f" ({_condition_tail(metric, catalog) or 'all'})"
    return words


def _days(metric: Metric, catalog: Catalog) -> str:
    """ "days from order date to delivery date", "days from opened on to 2024-12-31"."""
    assert metric.since is not None
    start = catalog.column(metric.since.table, metric.since.column).label
    ends = [catalog.column(metric.ref.table, metric.ref.column).label] if metric.ref else []
    ends += [str(metric.until)] if metric.until else []
    unit = "years" if metric.in_years else "days"
    return f"{unit} from {start} to {' or '.join(ends)}"


def _rank(metric: Metric) -> int:
    return round(100 * (metric.percentile or 0))


def _word(metric: Metric) -> str:
    return _WORDS.get(metric.aggregation) or f"{_rank(metric)}th percentile of"


def bare(label: str) -> str:
    """ "customer" of "customer id"."""
    for tail in (" id", " key", " code"):
        label = label.removesuffix(tail)
    return label


def metric_alias(metric: Metric, plan: Plan, catalog: Catalog) -> str:
    """The SQL alias of a metric: name, then unit where it has one."""
    unit = ""
    if metric.since:
        words = f"{_SHORT[metric.aggregation]} {_days(metric, catalog)}"
        words = words.removesuffix(f" to {metric.until}").removesuffix(f" or {metric.until}")
        unit = "years" if metric.in_years else "days"
    elif metric.measure:
        measure = catalog.measure(metric.measure)
        words, unit = measure.name, measure.unit or ""
    elif metric.aggregation == "count":
        words = rows_words(plan, catalog) + _without(plan, catalog)
    else:
        assert metric.ref is not None
        column = catalog.column(metric.ref.table, metric.ref.column)
        if metric.aggregation == "distinct":
            words = plural(bare(column.label))
        else:
            short = _SHORT.get(metric.aggregation) or f"p{_rank(metric)}"
            words, unit = f"{short} {column.label}", column.unit or ""
    tail = _condition_tail(metric, catalog)
    if metric.share == "where":
        return snake(f"{tail or words} share")
    if metric.share == "total":
        return snake(f"{tail} {words} share".strip())
    if tail:
        words = f"{tail} {words}"
    if metric.over:
        over = catalog.column(metric.over.table, metric.over.column)
        words = f"{words.removeprefix('total ')} per {over.label}"
        # EUR by EUR is a plain number, and kWh by kWp no kWh; EUR by unit is a price in EUR.
        unit = "" if over.unit and (over.unit == unit or not unit.isupper()) else unit
    if metric.per:
        per = metric.per_grain or bare(catalog.column(metric.per.table, metric.per.column).label)
        words = f"avg {words.removeprefix('total ')} per {per}"
    if metric.per_row:
        words = f"avg {words.removeprefix('total ')} per {catalog.tables[plan.table].row}"
    name = snake(words)
    suffix = snake(unit) if unit else ""
    told = not suffix or suffix in name.split("_") or name.endswith(suffix)
    return name if told else f"{name}_{suffix}"


def _without(plan: Plan, catalog: Catalog) -> str:
    """ " without orders": whoever reads the number alone should know whose it is."""
    missing = [c for c in plan.where if isinstance(c, Linked) and c.negated][:1]
    such = "such " if any(c.where for c in missing) else ""
    return "".join(f" without {such}{rows_words(Plan(c.table), catalog)}" for c in missing)


def difference_alias(plan: Plan, catalog: Catalog) -> str:
    """The SQL alias of the first metric less the second, with their unit."""
    first, second = (metric_alias(metric, plan, catalog) for metric in plan.metrics)
    for metric in plan.metrics:
        unit = ""
        if metric.measure:
            unit = catalog.measure(metric.measure).unit or ""
        elif metric.ref:
            unit = catalog.column(metric.ref.table, metric.ref.column).unit or ""
        tail = f"_{snake(unit)}" if unit else ""
        if tail and first.endswith(tail):
            return f"{first.removesuffix(tail)}_minus_{second.removesuffix(tail)}{tail}"
    return f"{first}_minus_{second}"


def _condition_tail(metric: Metric, catalog: Catalog) -> str:
    """A short word for the conditions of one metric: "cancelled", "delta"."""
    words: list[str] = []
    for condition in metric.where:
        if isinstance(condition, Named):
            words.append(f"not {condition.name}" if condition.negated else condition.name)
        elif isinstance(condition, OneOf):
            listed = [
                catalog.column(condition.ref.table, condition.ref.column).label
                if isinstance(v, bool)
                else v
                for v in condition.values[:2]
            ]
            words += [f"not {v}" if condition.negated else v for v in listed]
        elif isinstance(condition, Compared):
            label = catalog.column(condition.ref.table, condition.ref.column).label
            word = {">": "over", ">=": "from", "<": "under", "<=": "up to"}.get(
                condition.operator, ""
            )
            low = condition.low
            words.append(f"{label} {word} {int(low) if low == int(low) else low}")
    return words[0] if words else ""


def told_by_date(plan: Plan, catalog: Catalog) -> str:
    """What the date is called by which the rows are told, or that they must have; "" for none."""
    dated = [group.ref for group in plan.groups if group.ref and group.grain]
    dated += [c.ref for c in plan.where if isinstance(c, During | Known)]
    columns = [catalog.column(ref.table, ref.column) for ref in dated if not ref.path]
    main = catalog.tables[plan.table].time
    times = [c.label for c in columns if c.role == "time"]
    return times[0] if times else (catalog.column(plan.table, main).label if main else "")
