"""Each SQL construct the rules can write, run in DuckDB and checked by hand."""

from datetime import date, datetime
from decimal import Decimal

import pytest

JAN, FEB, NOV = (datetime(2023, m, 1) for m in (1, 2, 11))
Y23, Y24 = datetime(2023, 1, 1), datetime(2024, 1, 1)

CASES = [
    ("total revenue", ["total_revenue_usd"], [(Decimal("1480.00"),)]),
    ("number of orders", ["orders"], [(6,)]),
    ("average unit price", ["avg_unit_price_usd"], [(pytest.approx(790 / 6),)]),
    ("median unit price", ["median_unit_price_usd"], [(Decimal("130.00"),)]),
    ("max discount", ["max_discount"], [(0.2,)]),
    ("minimum unit price", ["min_unit_price_usd"], [(Decimal("50.00"),)]),
    ("how many distinct products were sold in 2023", ["products"], [(3,)]),
    ("revenue by year", ["year", "total_revenue_usd"], [(Y23, Decimal(660)), (Y24, Decimal(820))]),
    (
        "orders by month in 2023",
        ["month", "orders"],
        [(JAN, 1), (FEB, 1), (NOV, 1)],
    ),
    (
        "units sold by channel",
        ["channel", "total_units_sold"],
        [("Online", 8), ("In-store", 5)],
    ),
    (
        "revenue by region",
        ["region", "total_revenue_usd"],
        [("East", Decimal(600)), ("Central", Decimal(360)), ("(not in stores)", Decimal(320)), ("West", Decimal(200))],
    ),
    (
        "margin by category",
        ["category", "margin", "orders"],
        [("Footwear", 0.4, 2), ("Camping", pytest.approx(1 / 3), 4)],
    ),
    ("average order value", ["average_order_value_usd"], [(pytest.approx(1480 / 6),)]),
    (
        "share of revenue by channel",
        ["channel", "total_revenue_share"],
        [("Online", pytest.approx(820 / 1480)), ("In-store", pytest.approx(660 / 1480))],
    ),
    ("percentage of orders with a discount", ["discounted_share"], [(pytest.approx(2 / 6),)]),
    ("share of online orders", ["online_share"], [(pytest.approx(4 / 6),)]),
    ("top 2 products by revenue", ["product", "total_revenue_usd"], [("Tent", 880), ("Boot", 400)]),
    ("product with the lowest revenue", ["product", "total_revenue_usd"], [("Stove", 200)]),
    ("categories with more than 2 orders", ["category", "orders"], [("Camping", 4)]),
    ("revenue for orders with revenue over 300", ["total_revenue_usd"], [(680,)]),
    ("revenue by channel excluding Online", ["channel", "total_revenue_usd"], [("In-store", 660)]),
    ("revenue in Boston", ["total_revenue_usd"], [(600,)]),
    ("number of orders on Mondays", ["orders"], [(4,)]),
    (
        "orders by weekday",
        ["weekday", "orders"],
        [("Monday", 4), ("Tuesday", 1), ("Saturday", 1)],
    ),
    ("revenue last 2 months", ["total_revenue_usd"], [(320,)]),
    ("revenue since December 2024", ["total_revenue_usd"], [(320,)]),
    ("revenue between 2023-01-01 and 2023-01-31", ["total_revenue_usd"], [(100,)]),
    ("revenue on 31 December 2024", ["total_revenue_usd"], [(320,)]),
    ("revenue in February", ["total_revenue_usd"], [(560,)]),
    ("when was the first order", ["min_order_date"], [(date(2023, 1, 2),)]),
    ("average revenue per customer", ["avg_revenue_per_customer_usd"], [(740,)]),
    ("number of customers who bought Footwear", ["customers"], [(2,)]),
    ("number of customers by segment", ["segment", "customers"], [("Business", 1), ("Consumer", 1)]),
    ("list the categories", ["category"], [("Camping",), ("Footwear",)]),
    ("products with a list price above 90", ["product"], [("Boot",), ("Tent",)]),
    ("revenue from customers who signed up in 2022", ["total_revenue_usd"], [(660,)]),
    (
        "compare revenue in 2023 and 2024",
        ["year", "total_revenue_usd"],
        [(Y23, 660), (Y24, 820)],
    ),
    (
        "revenue, cost and profit by channel",
        ["channel", "total_revenue_usd", "total_cost_usd", "profit_usd"],
        [("Online", 820, 540, 280), ("In-store", 660, 420, 240)],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("question", "columns", "rows"), CASES, ids=[c[0] for c in CASES])
def test_value_is_what_the_hand_computes(ask_shop, question, columns, rows):
    assert ask_shop(question) == (columns, rows)


def test_year_over_year_compares_each_year_with_the_one_before(ask_shop):
    columns, rows = ask_shop("What is the year over year revenue growth?")
    assert columns == [
        "year",
        "total_revenue_usd",
        "previous_total_revenue_usd",
        "total_revenue_usd_change_share",
    ]
    assert rows[0] == (Y23, 660, None, None)
    assert rows[1] == (Y24, 820, 660, pytest.approx(820 / 660 - 1))


def test_month_over_month_compares_with_the_month_before_even_across_the_filter(ask_shop):
    _, rows = ask_shop("month over month revenue growth in February 2023")
    assert rows == [(FEB, 360, 100, pytest.approx(2.6))]


def test_top_n_within_each_group_keeps_n_rows_of_every_group(ask_shop):
    columns, rows = ask_shop("top 1 product for each channel by revenue")
    assert columns == ["channel", "product", "total_revenue_usd"]
    assert sorted(rows) == [("In-store", "Tent", 360), ("Online", "Tent", 520)]


def test_rows_with_a_missing_dimension_row_are_kept_and_labelled(ask_shop):
    _, rows = ask_shop("revenue by store")
    assert ("(not in stores)", 320) in rows
    assert sum(row[1] for row in rows) == 1480
