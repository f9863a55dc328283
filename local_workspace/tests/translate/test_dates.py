"""Periods are read from words and counted from the last date in the data."""

from datetime import date

import pytest
from local_workspace.translate import dates, periods, spans
from local_workspace.translate.words import tokens

FIRST, LAST = date(2023, 1, 1), date(2024, 11, 20)


def period(text):
    found = tokens(text)
    words = [token.lower for token in found]
    capital = [token.capital for token in found]
    for at in range(len(words)):
        read = dates.read(words, at, capital)
        if read:
            return periods.resolve(read[0], FIRST, LAST)
    return None


def day(text):
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("in 2023", [("2023-01-01", "2024-01-01")]),
        ("in March 2023", [("2023-03-01", "2023-04-01")]),
        ("in March", [("2023-03-01", "2023-04-01"), ("2024-03-01", "2024-04-01")]),
        ("in December", [("2023-12-01", "2024-01-01")]),
        ("on 8 February 2023", [("2023-02-08", "2023-02-09")]),
        ("on February 8th, 2023", [("2023-02-08", "2023-02-09")]),
        ("on 2023-02-08", [("2023-02-08", "2023-02-09")]),
        ("on 13/02/2023", [("2023-02-13", "2023-02-14")]),
        ("in Q3 2023", [("2023-07-01", "2023-10-01")]),
        ("2023 Q3", [("2023-07-01", "2023-10-01")]),
        ("in the first quarter of 2024", [("2024-01-01", "2024-04-01")]),
        ("second half of 2023", [("2023-07-01", "2024-01-01")]),
        ("h1 2024", [("2024-01-01", "2024-07-01")]),
        ("in the second week of May 2023", [("2023-05-08", "2023-05-15")]),
        ("the last week of February", [("2023-02-22", "2023-03-01"), ("2024-02-23", "2024-03-01")]),
        ("in the first two weeks of March 2023", [("2023-03-01", "2023-03-15")]),
        ("last 3 months of 2023", [("2023-10-01", "2024-01-01")]),
        ("in the last quarter of 2023", [("2023-10-01", "2024-01-01")]),
        ("until the end of June 2024", [(None, "2024-07-01")]),
        ("after the end of June 2024", [("2024-07-01", None)]),
        ("from March 2023 to the end of June 2023", [("2023-03-01", "2023-07-01")]),
        ("in the 2020s", [("2020-01-01", "2030-01-01")]),
        ("in Dec 23", [("2023-12-01", "2024-01-01")]),
        ("on Dec 23, 2023", [("2023-12-23", "2023-12-24")]),
        ("on the last day of June 2024", [("2024-06-30", "2024-07-01")]),
        ("in summer 2023", [("2023-06-01", "2023-09-01")]),
        ("last month", [("2024-10-01", "2024-11-01")]),
        ("last 3 months", [("2024-08-01", "2024-11-01")]),
        ("past two weeks", [("2024-11-04", "2024-11-18")]),
        ("last 10 days", [("2024-11-11", "2024-11-21")]),
        ("last year", [("2023-01-01", "2024-01-01")]),
        ("last quarter", [("2024-07-01", "2024-10-01")]),
        ("this month", [("2024-11-01", "2024-11-21")]),
        ("year to date", [("2024-01-01", "2024-11-21")]),
        ("since June 2024", [("2024-06-01", None)]),
        ("after June 2024", [("2024-07-01", None)]),
        ("before June 2024", [(None, "2024-06-01")]),
        ("until June 2024", [(None, "2024-07-01")]),
        ("between March and May 2023", [("2023-03-01", "2023-06-01")]),
        ("from Feb 5 to Feb 10 2023", [("2023-02-05", "2023-02-11")]),
        ("March to May 2023", [("2023-03-01", "2023-06-01")]),
        ("between 2023-01-05 and 2023-01-07", [("2023-01-05", "2023-01-08")]),
        ("in the week of 8 February 2023", [("2023-02-06", "2023-02-13")]),
        ("on Christmas Day 2023", [("2023-12-25", "2023-12-26")]),
    ],
)
def test_range(text, ranges):
    found = period(text)
    assert found is not None
    assert list(found.ranges) == [(day(start), day(end)) for start, end in ranges]


@pytest.mark.parametrize(
    ("text", "part", "values"),
    [
        ("on Mondays", "weekday", (1,)),
        ("at weekends", "weekday", (6, 7)),
        ("on weekdays", "weekday", (1, 2, 3, 4, 5)),
        ("from Monday to Wednesday", "weekday", (1, 2, 3)),
        ("at 8 pm", "hour", (20,)),
        ("between 6am and 9am", "hour", (6, 7, 8)),
        ("in the afternoon", "hour", (12, 13, 14, 15, 16, 17)),
    ],
)
def test_part_of_time(text, part, values):
    found = period(text)
    assert found is not None
    assert (found.part, found.values) == (part, values)


@pytest.mark.parametrize("text", ["may I see", "march on", "2,013 flights", "on 3/4/2023"])
def test_what_is_no_clear_period_is_left_alone(text):
    assert period(text) is None


def test_relative_periods_say_the_dates_they_stand_for():
    found = period("last 3 months")
    assert found is not None
    assert "2024-08-01 to 2024-10-31, counted from the last date in the data" in found.words


def test_beside_this_month_last_month_is_the_one_before_it():
    whole = date(2024, 12, 31)
    this, last = spans.before_this(
        [
            spans.Span("this", "this month", unit="month"),
            spans.Span("relative", "last month", numbers=(1,), unit="month"),
        ]
    )
    assert periods.resolve(this, FIRST, whole).ranges == ((date(2024, 12, 1), date(2025, 1, 1)),)
    assert periods.resolve(last, FIRST, whole).ranges == ((date(2024, 11, 1), date(2024, 12, 1)),)
    alone = spans.before_this([spans.Span("relative", "last month", numbers=(1,), unit="month")])
    assert periods.resolve(alone[0], FIRST, whole).ranges == (
        (date(2024, 12, 1), date(2025, 1, 1)),
    )
