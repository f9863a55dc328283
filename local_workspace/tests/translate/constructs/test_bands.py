"""Numbers as a breakdown: by value where there are few, in bands where there are many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Told = Callable[[str, str], tuple[str, list[Any]]]


@pytest.mark.parametrize(
    ("space", "question", "said", "rows"),
    [
        ("retail", "orders by quantity", "orders by units sold", [(1, 2), (2, 2), (3, 1), (4, 1)]),
        ("haulage", "hauls by number of axles", "hauls by axles", [(3, 2), (4, 3)]),
        ("haulage", "hauls by driver age in 10-year bands", "in bands of 10", [(30, 2), (40, 3)]),
        ("haulage", "hauls in bands of 20", "", []),
        ("haulage", "average fee in 10-year age bands", "in bands of 10",
         [(30, 800, 2), (40, pytest.approx(583.333), 3)]),
        ("haulage", "hauls by hours in bands of 5 hours", "in bands of 5", [(5, 2), (10, 3)]),
        ("canteen", "servings by guest rating", "servings by guest rating", [(3, 2), (4, 3), (5, 2)]),
    ],
)  # fmt: skip
def test_a_number_makes_groups(
    told: Told, space: str, question: str, said: str, rows: list[Any]
) -> None:
    description, found = told(space, question)
    assert found == rows, description
    assert said in description


@pytest.mark.parametrize("question", ["flights by number of seats", "planes by number of seats"])
def test_a_number_of_many_values_is_put_in_round_bands(told: Told, question: str) -> None:
    description, rows = told("fly", question)
    assert "seats in bands of 50. Each band is shown by where it begins" in description
    assert len(rows) < 13


@pytest.mark.parametrize(
    ("space", "question"),
    [
        ("retail", "products by revenue"),
        ("retail", "top 2 products by quantity"),
        ("haulage", "drivers by pallets loaded"),
    ],
)
def test_a_measure_of_named_things_still_ranks_them(told: Told, space: str, question: str) -> None:
    description, rows = told(space, question)
    assert rows
    assert "band" not in description
    assert description.startswith("Total")


def test_nobody_groups_by_money(told: Told) -> None:
    assert told("haulage", "hauls by fee")[1] == []
