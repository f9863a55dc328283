"""Times between two dates of a row, and numbers told in another unit than the data's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Told = Callable[[str, str], tuple[str, list[Any]]]

ANSWERED: list[tuple[str, str, list[tuple[Any, ...]]]] = [
    ("average repair time by bench", "Average hours from received at to repaired at by bench",
     [("A", 26), ("B", 5)]),
    ("median time to repair in days", "Median days from received at to repaired at", [(0.208333,)]),
    ("jobs repaired within a day", "1 day = 24 hours", [(2,)]),
    ("jobs repaired within 6 hours of receiving", "received at to repaired at at most 6", [(2,)]),
    ("how many jobs took longer than 2 days to repair", "2 days = 48 hours", [(1,)]),
    ("share of jobs repaired within 12 hours by bench", "of those where hours", [("A", 0.5), ("B", 1)]),
    ("jobs quoted more than 30 minutes ahead", "", []),
    ("jobs not repaired within 6 hours", "I could not place", []),
    ("total talk time in hours", "3,600 seconds being 1 hour", [(1.5,)]),
    ("average talk time in minutes by bench", "60 seconds being 1 minute", [("A", 35), ("B", 10)]),
    ("benches with an average talk time over half an hour", "30 minutes = 1,800 seconds", [("A",)]),
    ("jobs with a deposit over £20", "20 gbp = 2,000 pence", [(1,)]),
    ("jobs with a deposit over 20", "20 pounds = 2,000 pence", [(1,)]),
    ("jobs with a deposit over 1400 pence", "deposit over 1400.", [(2,)]),
    ("total deposit in pounds by bench", "100 pence being 1 GBP", [("A", 45), ("B", 5)]),
    ("benches with a total deposit above £10", "10 gbp = 1,000 pence", [("A",)]),
    ("jobs weighing more than 2 kg", "2 kg = 2,000 g", [(1,)]),
    ("total weight in kg", "1,000 g being 1 kg", [(5.5,)]),
    ("jobs received between 8 and 9 in the morning", "from 8:00 to 8:59", [(2,)]),
    ("jobs between 8:00 and 10:00", "from 8:00 to 9:59", [(4,)]),
    ("average talk time at night (9pm to 9am) vs daytime by bench", "(21:00 to 8:59)",
     [("at night (21:00 to 8:59)", "B"), ("in the daytime (9:00 to 20:59)", "A")]),
    ("weight plus deposit by bench in kg", "", []),
    ("deposit less refund by bench in pounds", "100 pence being 1 GBP", [("A", 44), ("B", 5)]),
    ("average weight in litres", "I could not place", []),
]  # fmt: skip


@pytest.mark.parametrize(("question", "said", "rows"), ANSWERED, ids=[q for q, _, _ in ANSWERED])
def test_times_and_units(told: Told, question: str, said: str, rows: list[tuple[Any, ...]]) -> None:
    description, found = told("workshop", question)
    assert said in description
    width = len(rows[0]) if rows else 1
    cut = [tuple(round(v, 6) if isinstance(v, float) else v for v in row[:width]) for row in found]
    assert sorted(cut, key=str) == sorted(rows, key=str)
