"""Which chart or table shows a result, and the caption that defines it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from aislides_analyst.planning.words import spoken
from aislides_analyst.writing.columns import (
    group_columns,
    is_ordered,
    is_time,
    long_unit,
    measure_column,
    named,
    role,
    split_column,
)
from aislides_analyst.writing.material import Column, Fact, Result

_FEWEST_FOR_LINE = 5
_MOST_BARS = 24
_FEW_PERIODS = 8
_MANY_PERIODS = 60
_MOST_PANELS = 9
_MOST_SLOPES = 12
_TWO = 2
_GRAINS = ("hour", "day", "week", "month", "quarter", "year")


def can_be_drawn(result: Result) -> bool:
    """True when there is something to compare: at least two rows of a measure by something."""
    return (
        len(result.rows) > 1
        and split_column(result) is not None
        and measure_column(result, None) is not None
    )


def exhibit(result: Result, facts: Sequence[Fact], headline: str = "") -> dict[str, Any]:
    """Return the exhibit of a result, highlighting what the headline names of the first fact."""
    main = facts[0] if facts else None
    split = split_column(result, main.by if main else "")
    measure = measure_column(result, main)
    assert split is not None and measure is not None  # callers ask can_be_drawn first
    kind = _kind(result, split.name)
    drawn: dict[str, Any] = {
        "kind": kind,
        "result": result.id,
        "x": split.name,
        "y": [measure.name],
        "sort": "none" if is_ordered(role(result, split)) else "desc",
    }
    pairs = _paired_by(result) if kind == "table" else ""
    if pairs:
        moved = [main.ref(n) for n in ("faller", "riser") if n in main.values] if main else []
        told = {"highlight": moved} if moved else {}
        lines = next(c.name for c in group_columns(result) if c.name != pairs)
        return drawn | {"kind": "slope", "x": pairs, "facet": lines, "sort": "none"} | told
    # Where the message is how many groups moved, nine of their courses say more than rows do.
    widest = _MOST_BARS if main and "rose" in main.values else _MOST_PANELS
    panels = _panels(result, widest) if kind == "table" else None
    if panels:
        drawn |= {"kind": "line", "x": panels[0], "facet": panels[1], "sort": "none"}
        return drawn
    if kind == "table":
        others = [c.name for c in result.columns if c.name not in (split.name, measure.name)]
        drawn["y"] = [measure.name, *others][:4]
        drawn["sort"] = "desc"
    # Where all are alike, none stands out.
    alike = main is not None and main.is_even
    marks = [] if alike else highlights(result, split.name, facts, headline)
    if marks:
        drawn["highlight"] = marks
    return drawn


def has_steps(fact: Fact) -> bool:
    """True for a fact whose groups' changes add up to one that it holds."""
    return "change" in fact.values and bool({"first_change", "rose"} & set(fact.values))


def bridge(result: Result, fact: Fact) -> dict[str, Any]:
    """Return the steps from the earlier total to the later one, group by group."""
    marks = [name for name in ("first", "faller", "riser") if name in fact.values]
    return {
        "kind": "waterfall",
        "result": result.id,
        "x": fact.by,
        "y": [fact.measure],
        "highlight": [fact.ref(name) for name in marks[:1]],
    }


def is_wide(drawn: Mapping[str, Any], result: Result) -> bool:
    """True for exhibits with more marks than fit beside readings."""
    return drawn["kind"] == "line" and result.row_count >= _MANY_PERIODS


def _panels(result: Result, most: int) -> tuple[str, str] | None:
    """The time and the group of a measure told by both, when the groups are few."""
    columns = group_columns(result)
    times = [c for c in columns if is_time(role(result, c))]
    groups = [c for c in columns if role(result, c) == "group"]
    if len(columns) != _TWO or len(times) != 1 or len(groups) != 1:
        return None
    count = len({_key(c) for c in result.cells(groups[0].name) if c is not None})
    periods = len({_key(c) for c in result.cells(times[0].name) if c is not None})
    if len(result.rows) < result.row_count:
        # The payload shows the first rows only, which hold each group.
        periods = result.row_count // max(count, 1)
    few = _TWO <= count <= most and not result.truncated
    return (times[0].name, groups[0].name) if few and periods >= _FEWEST_FOR_LINE else None


def _paired_by(result: Result) -> str:
    """The time of a measure by few groups in exactly two periods; empty for others."""
    columns = group_columns(result)
    times = [c for c in columns if is_time(role(result, c))]
    if len(columns) != _TWO or len(times) != 1 or len(result.rows) != result.row_count:
        return ""
    periods = {_key(c) for c in result.cells(times[0].name) if c is not None}
    few = len(result.rows) <= _TWO * _MOST_SLOPES
    return times[0].name if len(periods) == _TWO and few else ""


def _kind(result: Result, split: str) -> str:
    column = result.column(split)
    assert column is not None
    found = role(result, column)
    if len(group_columns(result)) > 1:
        return "table"
    if is_time(found) or found == "hour":
        return (
            "line"
            if len(result.rows) >= _FEWEST_FOR_LINE and _in_order(result, split)
            else "column"
        )
    if found in ("weekday", "step"):
        return "column"
    return "bar" if len(result.rows) <= _MOST_BARS else "table"


def _in_order(result: Result, split: str) -> bool:
    """False for a ranking of days: a line through it would tell a course that is not there."""
    texts = [c for c in result.cells(split) if c is not None]
    if any(isinstance(c, str) for c in texts) and role_is_date(texts):
        return [str(c) for c in texts] == sorted(str(c) for c in texts)
    return True


def role_is_date(cells: Sequence[object]) -> bool:
    """True when all cells are written as dates."""
    return all(len(str(c)) >= 7 and str(c)[:4].isdigit() for c in cells)


_REFERENCE = re.compile(r"\{[^{}]+\}")
_PLACES = re.compile(r"(?:first|second|last|name|\w*period)$")


def highlights(result: Result, split: str, facts: Sequence[Fact], headline: str = "") -> list[str]:
    """References to at most two values of the first fact that name a row of the exhibit."""
    cells = {_key(c) for c in result.cells(split) if c is not None}
    for fact in facts[:1]:
        if fact.kind == "level" and "change_share" in fact.values and len(cells) > _FEW_PERIODS:
            return []
        places = {
            fact.ref(name): name
            for name, value in fact.values.items()
            if (not value.is_number or _PLACES.match(name) or value.unit == "hour")
            and (_key(value.exact) in cells or value.unit == "month")
        }
        said = [ref for ref in _REFERENCE.findall(headline or fact.headline) if ref in places]
        return (list(dict.fromkeys(said)) or list(places))[:2]
    return []


def _key(value: object) -> str:
    text = str(value)
    return text[:10] if role_is_date([text]) else text.lower()


def caption(result: Result, fact: Fact | None, shown: str = "") -> str:
    """Return what the exhibit shows: measure, unit, breakdown, part of the data and period."""
    split = split_column(result, fact.by if fact else "")
    measure = measure_column(result, fact)
    assert split is not None and measure is not None
    text = _with_unit(measure)
    text += f" by {breakdown(result, split.name)}"
    return _capital(text + (f", {shown}" if shown else ""))


def _with_unit(measure: Column) -> str:
    """The measure and its unit, unless its name says it: absences are counted in themselves."""
    text, unit = named(measure), long_unit(measure)
    return text if not unit or unit.lower() in text.lower() else f"{text} in {unit}"


def bridge_caption(result: Result, fact: Fact) -> str:
    """Return what a bridge shows: the measure, the groups and the two spans."""
    measure = result.column(fact.measure)
    text = _with_unit(measure) if measure else fact.measured
    spans = f"{fact.ref('previous_period')} to {fact.ref('last_period')}"
    return f"Change of {text} by {breakdown(result, fact.by)}, {spans}"


def breakdown(result: Result, split: str) -> str:
    """What the split column is called in a caption: "month", "hour of day"."""
    column = result.column(split)
    assert column is not None
    found = role(result, column)
    called = spoken(split)
    if found == "hour":
        return "hour of day"
    if found == "weekday":
        return "day of week"
    if found == "time" and not set(called.split()) & set(_GRAINS):
        return _grain(result.cells(split)) or called
    return called


def _grain(cells: Sequence[object]) -> str:
    """The step between dates, from how they are written; empty when unclear."""
    days = [str(c)[:10] for c in cells if c is not None]
    if days and all(d.endswith("-01-01") for d in days):
        return "year"
    if days and all(d.endswith("-01") or len(d) == len("2000-01") for d in days):
        return "month"
    return "day" if days and all(len(d) == len("2000-01-01") for d in days) else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
