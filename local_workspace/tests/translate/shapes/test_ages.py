"""Days between two dates of a row, and from a row's date to the last one in the data."""

import pytest


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("average days between opened and closed", [(7.4,)]),
        ("average number of days from opened on to closed on", [(7.4,)]),
        ("how long between opening and closing on average", [(7.4,)]),
        ("median days between opened and closed", [(3.0,)]),
        ("maximum days between opened and closed", [(21,)]),
        ("average days between opened and closed for high priority tickets", [(2.0,)]),
        ("average days between opened and closed by priority",
         [("low", 15.5, 2), ("high", 2.0, 3)]),
    ],
)  # fmt: skip
def test_days_between_two_dates_of_a_row(ask, question, rows):
    found = ask("desk inferred", question)
    assert [row[: len(rows[0])] for row in found] == rows


def test_rows_without_both_dates_are_left_out_and_said_to_be(said):
    words = said("desk inferred", "average days between opened and closed")
    assert "Average days from opened on to closed on" in words
    assert "closed on known" in words


def test_age_is_counted_to_the_last_date_in_the_data(ask, said):
    question = "how old are our open tickets"
    assert ask("desk inferred", question) == [(47.0,)]
    assert "2024-04-20 is the last date in the data" in said("desk inferred", question)
    assert ask("shop inferred", "how old are our orders in 2024") == [(231.6667,)]


@pytest.mark.parametrize(
    ("space", "question"),
    [
        ("desk inferred", "how old are our agents"),
        ("shop", "how old are our customers"),
        ("shop", "average days between signup and order"),
        ("desk inferred", "average days between opened and shipped"),
        ("flights", "average days between departure and arrival"),
    ],
)
def test_other_ages_are_asked_back(asked_back, space, question):
    asked_back(space, question)
