"""Numbers that two columns of a row make, parts of the day, and rows that have any of something."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Told = Callable[[str, str], tuple[str, list[Any]]]

ANSWERED: list[tuple[str, str, list[tuple[Any, ...]]]] = [
    ("average days between sale and sailing by deck", "sold on to sails on", [("lower", 10), ("upper", 7)]),
    ("median days in advance", "Median days from sold on to sails on", [(7,)]),
    ("which deck has the longest average days to sail", "the 1 highest", [("lower",)]),
    ("berths sold more than a week ahead", "over 7", [(1,)]),
    ("berths sold on the day of sailing", "Number of berths", []),
    ("list price less price paid by deck", "list price less price paid", [("lower", 20), ("upper", 50)]),
    ("discount given, i.e. list price less price paid, by deck", "", [("lower", 20), ("upper", 50)]),
    ("total discount (list price minus price paid)", "", [(70,)]),
    ("price paid times meals by deck", "Total price paid times meals", [("lower", 200), ("upper", 550)]),
    ("berths where the price paid was below the list price", "less list price under 0", [(3,)]),
    ("berths with a bar bill", "bar bill over 0", [(2,)]),
    ("share of berths with a bar bill by deck", "", [("lower", 0), ("upper", 2 / 3)]),
    ("berths that boarded late", "scheduled boarding to actual boarding over 0", [(2,)]),
    ("berths that boarded more than 10 minutes late", "over 10", [(1,)]),
    ("average boarding delay by deck", "Average minutes from scheduled", [("lower", -5), ("upper", 12)]),
    ("berths per day on average", "over each day that has any such berths", [(4 / 3,)]),
]  # fmt: skip


@pytest.mark.parametrize(("question", "said", "rows"), ANSWERED, ids=[q for q, _, _ in ANSWERED])
def test_made_numbers(told: Told, question: str, said: str, rows: list[tuple[Any, ...]]) -> None:
    description, found = told("ferry", question)
    if rows:
        assert said in description
    width = len(rows[0]) if rows else 1
    cut = [tuple(v if isinstance(v, str) else float(v) for v in row[:width]) for row in found]
    assert sorted(cut) == [pytest.approx(row) for row in sorted(rows)]


LENT: list[tuple[str, str, list[tuple[Any, ...]]]] = [
    ("loans longer than two weeks", "borrowed on to returned on over 14", [(2,)]),
    ("sittings longer than an hour", "start time to end time over 60", [(2,)]),
    ("average loan period by shop", "for loans with returned on known", [("Hill", 15), ("Quay", 17)]),
    ("total sitting hours by shop", "Total hours from start time to end time", [("Hill", 2), ("Quay", 2)]),
    ("loans overdue by more than a week", "due on to returned on over 7", [(1,)]),
    ("visits per square metre by shop", "per floor", [("Hill", 5), ("Quay", 12)]),
    ("games heavier than half a kilo", "0.5 kilo = 500 g", [("Ravine",), ("Tally",)]),
    ("puzzles with more than 50 cards", "kind = puzzle and cards over 50", [("Knot",)]),
    ("loans using more than 0.03 kg of glue", "0.03 kg = 30 g", [(1,)]),
    ("loans not returned within two weeks", "", []),
    ("loans returned more than 2 days after the due date", "due on to returned on over 2", [(1,)]),
    ("loans returned within 5 days of the due date", "", []),
    ("loans delayed by more than a week", "due on to returned on over 7", [(1,)]),
    ("shops with at least 2 different games", "number of different games at least 2",
     [("Hill", 2), ("Quay", 2)]),
    ("average days late by shop", "", []),
]  # fmt: skip


@pytest.mark.parametrize(("question", "said", "rows"), LENT, ids=[q for q, _, _ in LENT])
def test_lengths_of_rows(told: Told, question: str, said: str, rows: list[tuple[Any, ...]]) -> None:
    description, found = told("lending", question)
    assert said in description
    width = len(rows[0]) if rows else 1
    cut = [tuple(v if isinstance(v, str) else float(v) for v in row[:width]) for row in found]
    assert sorted(cut) == [pytest.approx(row) for row in sorted(rows)]
