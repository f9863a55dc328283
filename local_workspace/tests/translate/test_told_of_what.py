"""Words are told of the thing they stand by: states, dates, parts of a share, pieces sold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import pytest
from local_workspace.spaces import infer_space, profile_space
from local_workspace.translate import Answer, Clarification, translate
from local_workspace.translate.typos import near_words

Ask = Callable[[str], Answer | Clarification]


@pytest.fixture(scope="module")
def shop() -> Ask:
    """Orders with lines, products that were launched once, and bills with a state of their own."""
    connection = duckdb.connect()
    connection.execute(
        """
        CREATE TABLE products(sku VARCHAR, product_name VARCHAR, pack VARCHAR, launched DATE);
        INSERT INTO products SELECT 'P' || i, 'Thing ' || i, ['Keg','Case'][1 + i % 2],
          DATE '2015-01-01' + (i * 90)::INT FROM range(12) t(i);
        CREATE TABLE clients(client_id INT, client_name VARCHAR, sort VARCHAR);
        INSERT INTO clients SELECT i, 'Client ' || i, ['Pub','Shop'][1 + i % 2] FROM range(30) t(i);
        CREATE TABLE orders(order_no INT, client_id INT, order_date DATE, closed_on DATE,
          channel VARCHAR);
        INSERT INTO orders SELECT i, i % 30, DATE '2023-01-01' + (i * 2)::INT,
          CASE WHEN i % 3 > 0 THEN DATE '2023-01-09' + (i * 2)::INT END,
          ['Phone','Web'][1 + i % 2] FROM range(300) t(i);
        CREATE TABLE order_lines(order_no INT, line_no INT, sku VARCHAR, qty INT,
          net_amount DECIMAL(9,2), extras INT);
        INSERT INTO order_lines SELECT i % 300, i // 300, 'P' || (i % 12), 1 + i % 9,
          10 + (i * 7) % 90, CASE WHEN i % 4 > 0 THEN i % 3 END FROM range(900) t(i);
        CREATE TABLE bills(bill_no INT, order_no INT, billed_on DATE, state VARCHAR);
        INSERT INTO bills SELECT i, i, DATE '2023-01-20' + (i * 2)::INT,
          ['Open','Paid'][1 + i % 2] FROM range(300) t(i);
        """
    )
    tables = ["products", "clients", "orders", "order_lines", "bills"]
    catalog = profile_space(infer_space("shop", tables, connection), connection)
    return lambda question: translate(question, catalog)


def sql(answer: Any) -> str:
    assert isinstance(answer, Answer), answer
    return " ".join(answer.sql.split())


@pytest.mark.parametrize("question", ["net amount by year", "net amount last month"])
def test_lines_are_dated_by_their_order(question: str, shop: Ask) -> None:
    told = sql(shop(question))
    assert "order_date" in told
    assert "launched" not in told


def test_a_state_is_one_of_the_rows_it_is_said_of(shop: Ask) -> None:
    assert "closed_on IS NULL" in sql(shop("how many orders are still open"))
    assert "state = 'Open'" in sql(shop("how many bills are open"))


def test_what_share_after_the_whole(shop: Ask) -> None:
    told = sql(shop("of the closed orders, what share were web"))
    assert "FILTER (WHERE channel = 'Web')" in told
    assert told.endswith("WHERE closed_on IS NOT NULL")


def test_how_rows_come_is_the_part_of_a_share(shop: Ask) -> None:
    told = sql(shop("what share of pub orders come by phone"))
    assert "FILTER (WHERE orders.channel = 'Phone')" in told
    assert isinstance(shop("share of pub orders made by phone"), Clarification)


def test_the_verb_says_which_last_date(shop: Ask) -> None:
    assert sql(shop("when was the last order closed")).startswith("SELECT max(closed_on)")


def test_kegs_sold_are_pieces(shop: Ask) -> None:
    assert "sum(order_lines.qty)" in sql(shop("kegs sold by product"))


def test_lines_with_extras_are_those_that_have_some(shop: Ask) -> None:
    assert sql(shop("order lines with extras")).endswith("WHERE extras > 0")
    assert "extras > 0" not in sql(shop("extras by product"))


def test_shares_of_a_total_are_told_within_their_year(shop: Ask) -> None:
    answer = shop("share of net amount by product and year")
    assert "PARTITION BY date_trunc('YEAR'" in sql(answer)
    assert isinstance(answer, Answer)
    assert "one of its year" in answer.description


def test_fewer_sales_are_no_money(shop: Ask) -> None:
    assert isinstance(shop("products with fewer than 40 sales"), Clarification)
    assert isinstance(shop("highest order by channel"), Clarification)


def test_another_form_is_no_typo() -> None:
    assert near_words("employed", ["employee"]) == []
    assert [word for _, word in near_words("employes", ["employee"])] == ["employee"]


@pytest.fixture(scope="module")
def cinema() -> Ask:
    """Two tables that bring in money, jobs with a state and an amount so called, rated rows."""
    connection = duckdb.connect()
    connection.execute(
        """
        CREATE TABLE snack_sales(week_end DATE, site VARCHAR, sales_gbp DECIMAL(9,2));
        INSERT INTO snack_sales SELECT DATE '2024-01-07' + (i * 7)::INT, ['A','B'][1 + i % 2],
          10 + i FROM range(60) t(i);
        CREATE TABLE screenings(screening_id INT, starts_at TIMESTAMP, site VARCHAR,
          box_gbp DECIMAL(9,2), job_state VARCHAR, invoice_amount INT, rating INT,
          ordered_on DATE, settled_on DATE, plan_hrs INT);
        INSERT INTO screenings SELECT i, TIMESTAMP '2024-01-01 20:00:00' + to_days(i::INT),
          ['A','B'][1 + i % 2], 100 + i, ['INVOICED','OPEN'][1 + i % 2], 50 + i,
          CASE WHEN i % 3 > 0 THEN 1 + i % 5 END, DATE '2024-01-01' + i::INT,
          CASE WHEN i % 4 > 0 THEN DATE '2024-01-20' + i::INT END, 40 FROM range(200) t(i);
        """
    )
    catalog = profile_space(
        infer_space("cinema", ["snack_sales", "screenings"], connection), connection
    )
    return lambda question: translate(question, catalog)


def test_takings_of_two_tables_are_asked_back(cinema: Ask) -> None:
    answer = cinema("takings by month")
    assert isinstance(answer, Clarification)
    assert "screenings" in answer.text
    assert "sum(sales_gbp)" in sql(cinema("total sales by month"))


def test_a_state_and_an_amount_of_one_name(cinema: Ask) -> None:
    answer = cinema("invoiced by site")
    assert isinstance(answer, Clarification)
    assert "invoice amount" in answer.text


def test_rows_that_got_a_rating(cinema: Ask) -> None:
    told = sql(cinema("what percentage of invoiced screenings got a rating?"))
    assert "FILTER (WHERE rating IS NOT NULL)" in told
    assert told.endswith("WHERE job_state = 'INVOICED'")


def test_an_age_is_no_length(cinema: Ask) -> None:
    assert isinstance(cinema("screenings older than 30 days"), Clarification)
