"""Rates of two sums that columns name, where exactly one pair fits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Told = Callable[[str, str], tuple[str, list[Any]]]


@pytest.mark.parametrize(
    ("space", "question", "said", "rates"),
    [
        ("haulage", "damage rate by driver", "“damage rate” was read as “pallets damaged per "
         "pallets loaded”", {"Ann": 4 / 70, "Bob": 6 / 80}),
        ("canteen", "waste rate by shift", "portions wasted per portions made",
         {"noon": 23 / 230, "evening": 10 / 65}),
        ("canteen", "which dish has the highest wastage rate", "the 1 highest",
         {"Stew": 15 / 120}),
    ],
)  # fmt: skip
def test_the_ratio_of_sums_is_said(
    told: Told, space: str, question: str, said: str, rates: dict[str, float]
) -> None:
    description, rows = told(space, question)
    assert said in description
    assert {row[0]: pytest.approx(row[1]) for row in rows} == rates


@pytest.mark.parametrize(
    ("space", "question"),
    [
        ("retail", "return rate by product"),
        ("canteen", "fill rate by canteen"),
        ("haulage", "overtime rate by driver"),
        ("haulage", "occupancy by driver"),
    ],
)
def test_a_rate_without_its_pair_is_asked_back(told: Told, space: str, question: str) -> None:
    assert told(space, question)[1] == []
