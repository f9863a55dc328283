"""Running totals and moving averages: the numbers themselves stand beside them."""

import pytest


@pytest.mark.parametrize("space", ["shop", "shop inferred"])
@pytest.mark.parametrize(
    "question",
    [
        "cumulative revenue by month in 2024",
        "running total of revenue by month in 2024",
        "revenue year to date by month",
        "cumulative revenue in 2024 by month",
    ],
)
def test_running_totals_add_up_from_the_first_period(ask, space, question):
    rows = ask(space, question)
    assert rows == [("2024-01-01", 300.0, 300.0), ("2024-02-01", 200.0, 500.0),
                    ("2024-12-01", 320.0, 820.0)]  # fmt: skip


def test_running_totals_start_anew_for_each_group(ask):
    rows = ask("shop", "running total of revenue by year for each channel")
    assert ("2024-01-01", "Online", 520.0, 820.0) in rows
    assert ("2024-01-01", "In-store", 300.0, 660.0) in rows


@pytest.mark.parametrize("space", ["flights", "flights inferred"])
def test_a_running_count_ends_with_all_rows(ask, said, space):
    assert ask(space, "running total of flights by month")[-1][-1] == 336_776
    assert "from the first month shown" in said(space, "running total of flights by month")


@pytest.mark.parametrize(
    "question",
    [
        "2-month moving average of revenue",
        "moving average of revenue over 2 months",
        "rolling 2 month average of revenue",
        "two-month rolling average of revenue by month",
    ],
)
def test_moving_averages_need_all_their_periods(ask, question):
    means = {row[0]: row[-1] for row in ask("shop", question)}
    assert means["2023-02-01"] == 230.0  # 100 and 360
    assert means["2023-01-01"] is None  # nothing before it
    assert means["2023-11-01"] is None  # no October
    assert means["2024-02-01"] == 250.0


def test_the_first_average_of_a_period_looks_back(ask, said):
    means = ask("flights", "7-day moving average of flights in February 2013")
    assert len(means) == 28
    assert means[0][-1] is not None
    assert "plain mean" in said("flights", "7-day moving average of flights in February 2013")


def test_year_to_date_without_a_total_stays_plain(ask):
    assert len(ask("shop", "average order value year to date by month")[0]) < 5
    assert ask("desk inferred", "number of tickets ytd by priority") == [("high", 4), ("low", 4)]


def test_a_narrower_follow_up_adds_up_anew(ask, asked_back):
    rows = ask("shop", "cumulative revenue by month", "only Online")
    assert rows[-1][-1] == 820.0
    asked_back("shop", "cumulative revenue by month", "and by store?")


@pytest.mark.parametrize(
    "question",
    [
        "cumulative average order value by month",
        "cumulative revenue by store",
        "moving average of revenue",
        "1-month moving average of revenue",
        "3-month moving average of revenue by week",
        "running total of different products by month",
        "cumulative share of revenue by month",
    ],
)
def test_what_does_not_add_up_is_asked_back(asked_back, question):
    asked_back("shop", question)
