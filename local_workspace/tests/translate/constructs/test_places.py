"""Which end of a row is meant, and whose country, where nobody has described the tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Told = Callable[[str, str], tuple[str, list[Any]]]
_LEFT = {("Kiel", 3), ("Brest", 1), ("Lille", 1)}
_CAME = {("Brest", 2), ("Kiel", 2), ("Lille", 1)}


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("hauls by hub out", _LEFT),
        ("hauls departing from each hub", _LEFT),
        ("hauls by origin hub", _LEFT),
        ("how many hauls started at each hub", _LEFT),
        ("hauls by hub in", _CAME),
        ("hauls ended at each hub", _CAME),
        ("hauls returned to each hub", _CAME),
        ("hauls to each hub", _CAME),
        ("hauls per destination hub", _CAME),
        ("hauls from Kiel", {(3,)}),
        ("hauls to Kiel", {(2,)}),
        ("hauls from Kiel to Brest", {(2,)}),
        ("hauls by country of the driver", {("Poland", 2), ("France", 3)}),
    ],
)
def test_an_end_is_told_by_its_words(told: Told, question: str, rows: set[Any]) -> None:
    description, found = told("haulage", question)
    assert set(found) == rows, description


def test_whose_country_is_said(told: Told) -> None:
    assert "driver country" in told("haulage", "fee by country of the driver")[0]


@pytest.mark.parametrize("question", ["hauls by hub", "hauls by country", "hauls at Kiel"])
def test_neither_end_is_guessed(told: Told, question: str) -> None:
    assert told("haulage", question)[1] == []


@pytest.mark.parametrize(
    ("question", "said"),
    [("flights to each airport", "by destination"), ("flights from each airport", "by origin")],
)
def test_ends_of_a_described_space(told: Told, question: str, said: str) -> None:
    description, rows = told("fly", question)
    assert rows
    assert said in description
