"""Periods side by side that no calendar unit holds together, and rows counted by any name."""

import pytest


@pytest.mark.parametrize("space", ["shop", "shop inferred"])
@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("compare H1 and H2 of 2024 revenue", [("H1 2024", 500.0), ("H2 of 2024", 320.0)]),
        ("revenue H1 2024 vs H1 2023", [("H1 2023", 460.0), ("H1 2024", 500.0)]),
        ("first half against second half of 2024: number of orders",
         [("first half 2024", 2), ("second half of 2024", 1)]),
        ("revenue, first half of 2024 against second half",
         [("first half of 2024", 500.0), ("second half 2024", 320.0)]),
        ("revenue in 2023 versus the first half of 2024",
         [("2023", 660.0), ("first half of 2024", 500.0)]),
        ("revenue before and after 2024-01-01",
         [("before 2024-01-01", 660.0), ("after 2024-01-01", 520.0)]),
        ("revenue on weekdays vs weekends", [("at weekends", 200.0), ("on weekdays", 1280.0)]),
    ],
)  # fmt: skip
def test_periods_side_by_side(ask, space, question, rows):
    assert ask(space, question) == rows


@pytest.mark.parametrize("space", ["shop", "shop inferred"])
@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("revenue this quarter vs the same quarter last year",
         [("2023-10-01", 200.0), ("2024-10-01", 320.0)]),
        ("revenue year to date compared with the same period last year",
         [("2023-01-01", 660.0), ("2024-01-01", 820.0)]),
        ("YTD revenue against last year to date", [("2023-01-01", 660.0), ("2024-01-01", 820.0)]),
        ("revenue in January 2024 vs the same month a year earlier",
         [("2023-01-01", 100.0), ("2024-01-01", 300.0)]),
        ("number of orders in the first half of 2024 versus the same period of 2023",
         [("the same period of 2023", 2), ("first half of 2024", 2)]),
    ],
)  # fmt: skip
def test_the_same_days_of_an_earlier_year(ask, space, question, rows):
    assert ask(space, question) == rows


def test_the_days_of_both_periods_are_said(said):
    told = said("shop", "revenue year to date compared with the same period last year")
    assert "2024-01-01 to 2024-12-31" in told
    assert "2023-01-01 to 2023-12-31" in told


@pytest.mark.parametrize("space", ["flights", "flights inferred"])
def test_halves_of_flights(ask, said, space):
    assert ask(space, "flights in H1 vs H2") == [("H1", 166158), ("H2", 170618)]
    assert "“H1” is 2013-01-01 to 2013-06-30 (181 days)" in said(space, "flights in H1 vs H2")


def test_a_period_that_the_data_hold_in_part_is_said_to_be_so(said):
    told = said("desk inferred", "tickets in January 2024 vs the second quarter of 2024")
    assert "of which the data end on 2024-04-20" in told


def test_seasons_are_told_once_a_year(said):
    assert "2023-06-01 to 2023-08-31 (92 days) and" in said("shop", "revenue in summer vs winter")


@pytest.mark.parametrize(
    ("space", "question", "first"),
    [
        ("shop", "How many rows per channel?", ("In-store", 2)),
        ("shop inferred", "number of records by channel", ("Online", 4)),
        ("desk inferred", "how many entries are there by priority", ("high", 4)),
    ],
)
def test_rows_are_counted_by_any_name(ask, space, question, first):
    assert first in ask(space, question)


@pytest.mark.parametrize(
    ("space", "question"),
    [
        ("shop", "revenue in 2024 vs the first half of 2024"),
        ("shop", "revenue before and after"),
        ("shop", "revenue vs the same period last year"),
        ("shop", "revenue in 2024 and in May 2023 vs the same period last year"),
        ("shop", "number of records by employee"),
        ("flights", "how many records per origin"),
    ],
)
def test_what_overlaps_or_is_not_clear_is_asked_back(asked_back, space, question):
    asked_back(space, question)
