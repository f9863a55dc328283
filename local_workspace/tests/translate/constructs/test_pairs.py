"""Routes and other pairs of columns as one thing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Told = Callable[[str, str], tuple[str, list[Any]]]


@pytest.mark.parametrize(
    ("space", "question", "rows"),
    [
        ("haulage", "busiest route", [("Kiel", "Brest", 2)]),
        ("haulage", "total fee by route", [("Kiel", "Brest", 1700), ("Brest", "Kiel", 700),
                                           ("Kiel", "Lille", 650), ("Lille", "Kiel", 300)]),
        ("haulage", "which hub pair has the most pallets loaded", [("Kiel", "Brest", 60)]),
        ("haulage", "top 1 lane by pallets damaged", [("Kiel", "Brest", 5)]),
        ("haulage", "routes with more than 1 haul", [("Kiel", "Brest", 2)]),
        ("canteen", "most common canteen and shift combination", [("Dock", "noon", 2)]),
        ("canteen", "which combination of dish and shift has the most portions wasted",
         [("Pie", "noon", 13)]),
        ("retail", "which combination of region and category has the highest revenue",
         [("East", "Footwear", 400)]),
    ],
)  # fmt: skip
def test_pairs_are_told_by_both(told: Told, space: str, question: str, rows: list[Any]) -> None:
    description, found = told(space, question)
    assert found == rows, description
    assert " and " in description


@pytest.mark.parametrize(
    ("space", "question"),
    [
        ("canteen", "busiest route"),
        ("haulage", "how many routes are there"),
        ("haulage", "top 2 routes by fee for each driver"),
        ("canteen", "portions by combination"),
    ],
)
def test_no_route_and_no_half_pair(told: Told, space: str, question: str) -> None:
    assert told(space, question)[1] == []
