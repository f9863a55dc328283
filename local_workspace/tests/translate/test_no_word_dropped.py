"""Words that carry meaning are read right or asked back; none is dropped."""

import pytest
from local_workspace.translate import Answer, Clarification, translate

DECLINED = [
    "top 10% of routes by delay",
    "total hours flown by Delta",
    "most common delay",
    "flights within 3 hours of departure",
    "flights that were cancelled or delayed",
    "the share of United among delayed flights by month",
    "how many flights to Washington",
    "how many airports does Delta serve",
    "destinations never served in February",
    "flights in the last week of each month",
    "flights sorted by delay",
    "cancelled to total flights by airline",
]
SHOP_DECLINED = [
    "order value in units",
    "most expensive product sold",
    "revenue vs same month last year",
    "2024 minus 2023 revenue",
    "revenue by region and in total",
    "orders by revenue",
    "distribution of quantity",
    "biweekly revenue",
    "total unit price",
    "online share of orders",
    "share of the top product",
    "difference between orders and revenue",
    "by region in 2024",
]


@pytest.mark.parametrize("question", DECLINED)
def test_flights_ask_back(flights, question):
    assert isinstance(translate(question, flights), Clarification)


@pytest.mark.parametrize("question", SHOP_DECLINED)
def test_the_shop_asks_back(shop, question):
    assert isinstance(translate(question, shop), Clarification)


@pytest.mark.parametrize(
    ("question", "pieces"),
    [
        ("flights after 8 pm", ["dep_hour IN (20, 21, 22, 23)"]),
        ("flights before 6am", ["dep_hour IN (0, 1, 2, 3, 4, 5)"]),
        (
            "average delay before noon vs after noon",
            ["CASE WHEN dep_hour IN (0,", "AS time_of_day"],
        ),
        ("avg dep delay n flights by airline", ["count(*) AS flights", "count(flights.dep_delay)"]),
        ("average distance of cancelled flights", ["avg(distance)", "WHERE cancelled"]),
        ("most frequent destination by airline", ["PARTITION BY airlines.name", "<= 1"]),
        ("p95 arrival delay by month", ["percentile_cont(0.95) WITHIN GROUP (ORDER BY arr_delay)"]),
        ("on average how many flights depart each day", ["count(DISTINCT flight_date)"]),
        (
            "share of cancelled flights operated by United",
            ["FILTER(WHERE airlines.name = 'United", "/ nullif(COUNT_IF(flights.cancelled)"],
        ),
    ],
)
def test_flights_are_read_right(flights, question, pieces):
    answer = translate(question, flights)
    assert isinstance(answer, Answer), answer
    for piece in pieces:
        assert piece.replace("FILTER (", "FILTER(") in answer.sql.replace("FILTER (", "FILTER(")


def test_averages_rest_on_the_rows_that_have_a_value(ask_flights):
    columns, rows = ask_flights("average departure delay and arrival delay by origin")
    assert columns[-2:] == ["flights_with_departure_delay", "flights_with_arrival_delay"]
    assert sum(row[-2] for row in rows) == 336_776 - 8_255


def test_where_every_value_is_known_all_rows_count(ask_flights):
    columns, _ = ask_flights("average departure delay by month where departure delay is known")
    assert columns == ["month", "avg_departure_delay_minutes", "flights"]


def test_ratios_rest_on_their_denominator(ask_flights):
    columns, rows = ask_flights("on-time rate by origin")
    assert columns[-1] == "flights_with_arrival_delay"
    assert sum(row[-1] for row in rows) < 336_776 - 8_255


def test_weekends_and_weekdays_are_two_rows(ask_shop):
    columns, rows = ask_shop("weekend vs weekday orders")
    assert columns == ["part_of_the_week", "orders"]
    assert rows == [("at weekends", 1), ("on weekdays", 5)]


def test_one_winner_within_each_group(ask_shop):
    _, rows = ask_shop("which month had the highest revenue in each year")
    assert sorted((row[0].year, row[1].month) for row in rows) == [(2023, 2), (2024, 12)]


def test_a_difference_of_two_measures_is_a_column(ask_shop):
    columns, rows = ask_shop("difference between revenue and cost by channel")
    assert columns[-1] == "total_revenue_minus_total_cost_usd"
    assert {row[0]: float(row[-1]) for row in rows} == {"Online": 280.0, "In-store": 240.0}


def test_one_total_over_another(ask_shop):
    columns, rows = ask_shop("revenue per unit by channel")
    assert columns == ["channel", "revenue_per_units_sold_usd", "orders"]
    assert {row[0]: round(float(row[1]), 2) for row in rows} == {"Online": 102.5, "In-store": 132.0}


def test_ten_percent_is_a_tenth(ask_shop):
    _, rows = ask_shop("number of orders with discount over 15 percent")
    assert rows == [(1,)]
