# ruff: noqa: SIM905
"""What a table is mainly about: the measures to show when a question names none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aislides_analyst.planning.measures import Measure, told_measure
from aislides_analyst.planning.samples import Samples
from aislides_analyst.planning.space import Column, Space, Table
from aislides_analyst.planning.words import spoken, stem

# What owners of a table want to know first; and what only describes its rows.
_TELLING = re.compile(
    r"\b(?:revenue|sales|turnover|umsatz|erlös|profit|income|amount|price|fare|salary|wage|delay|"
    r"wait|waiting|resolution|response|satisfaction|csat|nps|score|rating|grade|mark|conversions|"
    r"spend|cost|temperature|margin|share|rate|stock|attendance|yield|consumption|emissions)\b"
)
_DESCRIBING = re.compile(
    r"\b(?:age|rooms?|bedrooms?|floors?|size|area|elevation|altitude|level|weight|height|length|"
    r"width|capacity|population|days|nights|index|rank|position|number|year|line|version)\b"
)
_RETURNS = re.compile(r"\b(?:revenue|sales|turnover|umsatz|conversions|orders|leads|profit)\b")
_SPENT = re.compile(r"\b(?:spend|spent|spending|cost|costs|expense|expenses|budget)\b")
_MADE = re.compile(
    r"\b(?:volume|quantity|output|production|produced|units|energy|sold|downloads|visits|tonnes)\b"
)
_PLANNED = re.compile(r"\b(?:budget|plan|planned|target|forecast|quota|goal)\b")
_WORTH = frozenset(
    stem(w) for w in "roi roas return efficient efficiency effective worth worthwhile stop".split()
)
_AGAINST_PLAN = re.compile(
    r"\b(?:over|under|above|below|within|exceed\w*|against|versus|vs|on|met|meet|hit|miss\w*) "
    r"(?:the |their |its |our )?(?:budget|plan|target|forecast|quota|goal)s?\b",
    re.I,
)


def default_measure(space: Space, table: Table) -> Measure:
    """What is measured when the question names nothing: money, else what tells most, else rows."""
    return next(iter(main_measures(space, table)))


def main_measures(space: Space, table: Table) -> list[Measure]:
    """The measures of the table, the most telling first; its rows where it has none."""
    found = [_measure(c, space, table) for c in _ranked(space, table)]
    return found or [Measure(table.rows, table, averaged=False, counts=True)]


def second_measure(space: Space, table: Table) -> Measure | None:
    """Another side of the same business for an overview; None when there is none."""
    columns = _ranked(space, table)
    if table.money and (cost := _cost(table)) and cost is not table.money:
        return Measure("margin", table, averaged=True)
    others = [c for c in columns[1:] if _weight(c) > 0]
    if others:
        return _measure(others[0], space, table)
    adds_up = bool(columns) and columns[0].measured.startswith("total")
    rows = Measure(table.rows, table, averaged=False, counts=True)
    return rows if table.is_countable and adds_up else None


def judged_by(question: str, table: Table) -> tuple[Measure, ...]:
    """A ratio and the sum it rests on, where the question judges by what two sums say together.

    Spend by what it brought, and what was planned by what was used; empty where neither is asked.
    """
    sums = [c for c in table.of_role("measure") if c.measured.startswith("total")]
    if _AGAINST_PLAN.search(question):
        planned = next((c for c in sums if _PLANNED.search(c.label)), None)
        actual = next((c for c in sums if c is not planned), None)
        return _ratio(actual, planned, actual, table) if planned and actual else ()
    if not judges_worth(question):
        return ()
    spent = next((c for c in sums if _SPENT.search(c.label)), None)
    gained = [c for c in sums if _RETURNS.search(c.label) and c is not spent]
    gained.sort(key=lambda c: c is not table.money)
    return _ratio(gained[0], spent, spent, table) if spent and gained else ()


def judges_worth(question: str) -> bool:
    """True when the question asks whether something is worth its cost."""
    return bool({stem(w) for w in re.findall(r"[a-z]+", question.lower())} & _WORTH)


def is_worth(word: str) -> bool:
    """True for a word such as "ROI", which `judged_by` reads."""
    return stem(word.lower()) in _WORTH


def _ratio(upper: Column, lower: Column, rests: Column, table: Table) -> tuple[Measure, ...]:
    return (
        Measure(f"{upper.label} per {lower.label}", table, averaged=True),
        Measure(rests.measured, table, averaged=False),
    )


def _cost(table: Table) -> Column | None:
    stated = any("profit" in c.label or "margin" in c.label for c in table.of_role("measure"))
    costs = [c for c in table.of_role("measure") if re.search(r"\b(?:cost|cogs)\b", c.label)]
    income = table.money and re.search(r"\b(?:revenue|sales|turnover)\b", table.money.label)
    return costs[0] if costs and income and not stated else None


def _ranked(space: Space, table: Table) -> list[Column]:
    """Measures of the table, those an owner names in the samples before their equals."""
    samples = " ".join(Samples(space).measures)
    columns = table.of_role("measure")
    lead = _lead(table)
    return sorted(
        columns,
        key=lambda c: (c is not lead, -_weight(c), c.label not in samples, columns.index(c)),
    )


def _lead(table: Table) -> Column | None:
    """The money of the table; where that is only spent, what the spending made."""
    made = (c for c in table.of_role("measure") if c.measured.startswith("total"))
    if table.money and _SPENT.search(table.money.label):
        return next((c for c in made if _MADE.search(c.label)), table.money)
    return table.money


def _weight(column: Column) -> int:
    words = f"{spoken(column.name)} {column.label}"
    if _TELLING.search(words):
        return 2
    return 0 if _DESCRIBING.search(words) else 1


def _measure(column: Column, space: Space, table: Table) -> Measure:
    """The column in the owner's words, unless these add up what does not add up."""
    for phrase in _owners(column, space):
        return told_measure(phrase, table)
    averaged = not column.measured.startswith("total")
    return Measure(column.measured, table, averaged=averaged, snapshot=column.is_snapshot)


def _owners(column: Column, space: Space) -> Iterator[str]:
    if column.is_snapshot:
        return
    averaged = column.measured.startswith("average ")
    for phrase in Samples(space).measures:
        summed = phrase == column.label or phrase.startswith("total ")
        if column.label in phrase and not (averaged and summed):
            yield phrase
