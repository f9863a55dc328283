"""The biggest single row, and its like for each group."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Told = Callable[[str, str], tuple[str, list[Any]]]


@pytest.mark.parametrize(
    ("space", "question", "said", "rows"),
    [
        ("retail", "biggest single order", "Maximum revenue", [(360,)]),
        ("retail", "biggest single order per customer", "Maximum revenue by", [("Ann", 360), ("Bob", 320)]),
        ("retail", "highest order", "Maximum revenue", [(360,)]),
        ("retail", "smallest individual order in 2024", "Minimum revenue", [(200,)]),
        ("haulage", "the single longest haul", "Maximum hours", [(12.0,)]),
        ("haulage", "largest single fee by driver", "Maximum fee", [("Ann", 900), ("Bob", 800)]),
        ("haulage", "most expensive haul", "Maximum fee", [(900,)]),
        ("haulage", "highest haul fee", "Maximum fee", [(900,)]),
        ("haulage", "biggest haul", "Maximum fee", [(900,)]),
    ],
)  # fmt: skip
def test_the_extreme_of_single_rows(
    told: Told, space: str, question: str, said: str, rows: list[Any]
) -> None:
    description, found = told(space, question)
    assert found == rows, description
    assert description.startswith(said)


@pytest.mark.parametrize(
    ("space", "question", "reason"),
    [
        ("canteen", "biggest single serving", "portions made or portions wasted"),
        ("canteen", "longest serving", "longest"),
        ("retail", "highest revenue", "needs groups"),
    ],
)
def test_an_extreme_told_by_two_numbers_is_asked_back(
    told: Told, space: str, question: str, reason: str
) -> None:
    description, rows = told(space, question)
    assert not rows
    assert reason in description
