"""What the fourth author's businesses are made with: dates, groups in years, and their facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from itertools import product

from aislides.deck.v1.result_pb2 import Result
from fact_names import ALL, named
from orchestrator_svc.deck.values import PythonValue
from orchestrator_svc.facts import find_facts
from orchestrator_svc.verify import VerifyContext

Rows = list[list[PythonValue]]
Questions = Mapping[str, tuple[str, tuple[str, ...], Callable[[], list[Result]]]]
"""For each business its question, its names, and what builds its results."""
Names = Mapping[str, Mapping[str, tuple[str, ...]]]


def months(first: int, many: int) -> list[date]:
    """First days of months from January of a year."""
    return [date(first + at // 12, at % 12 + 1, 1) for at in range(many)]


def days(first: date, many: int) -> list[date]:
    """Days in a row."""
    return [first + timedelta(days=at) for at in range(many)]


def crossed(years: tuple[int, ...], values: dict[str, tuple[float, ...]]) -> Rows:
    """Rows of year, group and value from each group's values in those years."""
    return [
        [year, name, values[name][at]] for (at, year), name in product(enumerate(years), values)
    ]


def divided(whole: Rows, shares: dict[str, tuple[float, ...]], *, first: int) -> Rows:
    """Rows of year, group and value: each group's share of a year's sum over months."""
    rows: Rows = []
    for at in range(len(next(iter(shares.values())))):
        year = sum(value for month, value in whole if month.year == first + at)
        rows += [[first + at, name, round(year * own[at])] for name, own in shares.items()]
    return rows


def readers(
    questions: Questions, names: Names
) -> tuple[Callable[[str], VerifyContext], Callable[[str], dict[str, str]]]:
    """For a business: all that the verifier may rely on, and fact ids by their short names."""

    @cache
    def context(domain: str) -> VerifyContext:
        question, own, build = questions[domain]
        made = build()
        return VerifyContext(find_facts(made, most=ALL), made, question, own)

    @cache
    def fact_ids(domain: str) -> dict[str, str]:
        return named(context(domain).facts.values(), names[domain])

    return context, fact_ids
