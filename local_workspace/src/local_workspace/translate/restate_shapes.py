"""The words of shapes: which place of a ranking, what is counted and of what it is a part."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from local_workspace.translate.naming import (
    group_words,
    metric_words,
    rows_words,
    tally_noun,
    told_by_date,
    top_words,
)
from local_workspace.translate.plan import Group, Running, whole_periods

if TYPE_CHECKING:
    from datetime import date

    from local_workspace.spaces.catalog import Catalog
    from local_workspace.translate.plan import Beside, Compared, Having, Moving, Plan, Tally

OPERATORS = {">": "over", ">=": "at least", "<": "under", "<=": "at most", "=": "equal to",
             "!=": "not equal to"}  # fmt: skip
_DATES = frozenset({"date", "time", "day", "month", "year"})
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def ordinal(number: int) -> str:
    """ "2nd", "11th"."""
    ending = "th" if 10 <= number % 100 <= 20 else _ENDINGS.get(number % 10, "th")
    return f"{number}{ending}"


def periods_words(plan: Plan, catalog: Catalog) -> list[str]:
    """From when to when each of the compared periods runs, and what the data lack of it."""
    told = []
    for group in (g for g in plan.groups if g.spans and g.ref):
        column = catalog.column(group.ref.table, group.ref.column)  # type: ignore[union-attr]
        for words, ranges in group.spans:
            dates = [_dates(start, end) for start, end in ranges]
            told.append(f"“{words}” is {' and '.join(dates)}")
            ends = [end for _, end in ranges if end]
            if column.last and ends and max(ends) > column.last + timedelta(1):
                told[-1] += f", of which the data end on {column.last}"
    within = [group.grain for group in whole_periods(plan) if group.grain]
    if within:
        told.append(f"Each share is one of its {' and '.join(within)}")
    if any(group.band for group in plan.groups):
        told.append("Each band is shown by where it begins")
    return [f"{'; '.join(told)}."] if told else []


def _dates(start: date | None, end: date | None) -> str:
    last = end - timedelta(1) if end else None
    if start is None or end is None:
        return f"from {start} on" if start else f"until {last}"
    return f"{start} to {last} ({(end - start).days} days)"


def rows_title(plan: Plan, catalog: Catalog) -> str:
    """ "The 10 orders with the highest revenue", "Orders, up to 50, latest order date first"."""
    rows = rows_words(plan, catalog)
    if plan.order is None:
        return f"{rows}, up to {plan.limit}"
    ref = plan.rows[plan.order.index]
    column = catalog.column(ref.table, ref.column)
    if column.role == "time":
        edge = "latest" if plan.order.descending else "earliest"
        return f"{rows}, up to {plan.limit}, {edge} {column.label} first"
    word = "highest" if plan.order.descending else "lowest"
    if plan.nth:
        return (
            f"{catalog.tables[plan.table].row} with the {ordinal(plan.nth)} {word} {column.label}"
        )
    return f"{rows}, up to {plan.limit}, {word} {column.label} first"


def rows_words_of(plan: Plan, catalog: Catalog) -> str:
    """The list and the columns its rows are shown by."""
    shown = [group_words(Group(ref=ref), catalog) for ref in plan.rows]
    text = f"List of single {rows_title(plan, catalog)}"
    return f"{text}, each with its {', '.join(shown[:-1])} and {shown[-1]}"


def tally_title(plan: Plan, shape: Tally, catalog: Catalog) -> str:
    """ "number of stores with total revenue over 170000"."""
    noun = tally_noun(plan, shape, catalog)
    limits = [having_words(having, plan, catalog) for having in plan.having]
    text = f"{'share' if shape.share else 'number'} of {noun} with {' and '.join(limits)}"
    others = [group_words(g, catalog) for n, g in enumerate(plan.groups) if n != shape.group]
    return f"{text} by {' and '.join(others)}" if others else text


def having_words(having: Having, plan: Plan, catalog: Catalog) -> str:
    """ "total revenue over 170000"."""
    name = metric_words(having.metric, plan, catalog)
    limit = f"{OPERATORS[having.operator]} the average of all groups" if having.mean else ""
    if having.metric.share and having.high is None:
        limit = f"{OPERATORS[having.operator]} {having.low * 100:.3g} %"
    return f"{name} {limit or amount(having)}"


def amount(compared: Having | Compared) -> str:
    """ "over 30", "from 10 to 20"."""
    if compared.operator == "between":
        return f"from {compared.low:.10g} to {compared.high:.10g}"
    return f"{OPERATORS[compared.operator]} {compared.low:.10g}"


def tally_words(plan: Plan, shape: Tally, catalog: Catalog) -> str:
    """What a share is a part of, and which groups can be counted at all."""
    counted = tally_noun(plan, shape, catalog)
    rows = rows_words(plan, catalog)
    if shape.share and shape.among:
        return f", as a share of all {counted} of the table {shape.among}"
    if shape.share:
        return f", as a share of the {counted} that have any such {rows}"
    low = any(h.operator in ("<", "<=", "!=") or not h.low for h in plan.having)
    return f"; {counted} without any such {rows} are not counted" if low else ""


def window_title(plan: Plan, shape: Running | Moving) -> str:
    """What stands beside each number of a period."""
    if isinstance(shape, Running):
        return ", and running total"
    grain = next(group.grain for group in plan.groups if group.grain)
    return f", and {shape.count}-{grain} moving average"


def window_words(plan: Plan, shape: Running | Moving, catalog: Catalog) -> str:
    """From where a running total counts, and which periods a moving average is the mean of."""
    grain = next(group.grain for group in plan.groups if group.grain)
    others = [group_words(group, catalog) for group in plan.groups if not group.grain]
    apart = f", separately for each {' and '.join(others)}" if others else ""
    if isinstance(shape, Running):
        return f"; the running total adds up from the first {grain} shown{apart}"
    return (
        f"; each moving average is the plain mean of the {grain}'s figure and the "
        f"{shape.count - 1} before it, and empty where the data lack one of them{apart}"
    )


def top_share_title(plan: Plan, catalog: Catalog) -> str:
    """ "share of revenue of the top 3 products together"."""
    name = metric_words(plan.metrics[0], plan, catalog)
    name = name.removeprefix("total ").removeprefix("number of ")
    return f"share of {name} of the {top_words(plan, catalog)} together"


def top_share_words(plan: Plan, catalog: Catalog) -> str:
    """By what the first groups are chosen, and of which whole they are a part."""
    name = metric_words(plan.metrics[0], plan, catalog)
    return f", chosen by {name} and divided by the {name} of all {rows_words(plan, catalog)}"


def beside_title(plan: Plan, shape: Beside, catalog: Catalog) -> str:
    """ "total fees per total fte by team"."""
    one = metric_words(plan.metrics[0], plan, catalog)
    other = metric_words(shape.other.metrics[0], shape.other, catalog)
    by = " and ".join(group_words(group, catalog) for group in plan.groups)
    told = f"{one} and {other}"
    if shape.ratio:
        told = f"{one} per {other.removeprefix('total ').removeprefix('number of ')}"
    return f"{told}{f' by {by}' if by else ''}"


def beside_words(plan: Plan, shape: Beside, catalog: Catalog) -> str:
    """From which rows each of the two numbers is told."""
    one, other = rows_words(plan, catalog), rows_words(shape.other, catalog)
    dates = [told_by_date(p, catalog) for p in (plan, shape.other)]
    if one == other and dates[0] == dates[1]:
        return ""
    if one == other:
        said = [d if set(d.split()) & _DATES else f"date {d}" for d in dates]
        return f"; the first are told by their {said[0]}, the second by their {said[1]}"
    by = " and ".join(group_words(group, catalog) for group in plan.groups)
    each = f" for each {by}" if by else ""
    return f"; the first is told by {one}, the second by {other}, each on its own{each}"
