"""Catalogs to ask: the shipped flights, and a shop small enough to check by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
import sqlglot
from local_workspace.spaces import Catalog, demo_space_files, load_space, profile_space
from local_workspace.translate import Answer, Clarification, translate

import local_workspace

Rows = list[tuple[Any, ...]]


@pytest.fixture(scope="session")
def flights_data() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    folder = Path(local_workspace.__file__).parent / "data" / "flights"
    for path in folder.glob("*.parquet"):
        connection.execute(f"CREATE TABLE {path.stem} AS SELECT * FROM '{path}'")
    return connection


@pytest.fixture(scope="session")
def flights(flights_data: duckdb.DuckDBPyConnection) -> Catalog:
    return profile_space(load_space(demo_space_files()["flights"]), flights_data)


@pytest.fixture(scope="session")
def shop_data() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(
        """
        CREATE TABLE stores(store_id INT, store_name VARCHAR, city VARCHAR, region VARCHAR);
        INSERT INTO stores VALUES (1,'Harbour','Boston','East'),(2,'Lakeside','Chicago','Central'),
          (3,'Bay','Seattle','West');
        CREATE TABLE products(product_id INT, product_name VARCHAR, category VARCHAR,
          list_price DECIMAL(10,2));
        INSERT INTO products VALUES (1,'Boot','Footwear',100),(2,'Tent','Camping',200),
          (3,'Stove','Camping',50);
        CREATE TABLE customers(customer_id INT, customer_name VARCHAR, segment VARCHAR,
          country VARCHAR, signup_date DATE);
        INSERT INTO customers VALUES (1,'Ann','Consumer','USA','2022-05-01'),
          (2,'Bob','Business','Canada','2023-02-01');
        CREATE TABLE sales(order_id INT, order_date DATE, customer_id INT, product_id INT,
          store_id INT, channel VARCHAR, quantity INT, unit_price DECIMAL(10,2), discount DOUBLE,
          revenue DECIMAL(12,2), cost DECIMAL(12,2));
        INSERT INTO sales VALUES
          (1,'2023-01-02',1,1,1,'Online',1,100,0,100,60),
          (2,'2023-02-06',1,2,2,'In-store',2,180,0.1,360,240),
          (3,'2023-11-11',2,3,3,'Online',4,50,0,200,120),
          (4,'2024-01-01',2,1,1,'In-store',3,100,0,300,180),
          (5,'2024-02-05',1,2,1,'Online',1,200,0,200,120),
          (6,'2024-12-31',2,2,9,'Online',2,160,0.2,320,240);
        """
    )
    return connection


@pytest.fixture(scope="session")
def shop(shop_data: duckdb.DuckDBPyConnection) -> Catalog:
    return profile_space(load_space(demo_space_files()["retail"]), shop_data)


def run(connection: duckdb.DuckDBPyConnection, sql: str) -> tuple[list[str], Rows]:
    """Column names and rows of Databricks SQL run in DuckDB."""
    cursor = connection.cursor()
    cursor.execute(sqlglot.transpile(sql, read="databricks", write="duckdb")[0])
    return [column[0] for column in cursor.description or ()], cursor.fetchall()


def plain(value: Any) -> Any:
    """A cell to compare: days as text, numbers to three places."""
    if value is None or isinstance(value, bool | str):
        return value
    return value.isoformat()[:10] if hasattr(value, "isoformat") else round(float(value), 3)


def plain_by_month(value: Any) -> Any:
    """A cell to compare: months as text, numbers to four places."""
    if hasattr(value, "day"):
        return f"{value:%Y-%m}"
    return value if value is None or isinstance(value, str) else round(float(value), 4)


def answered(place: tuple[duckdb.DuckDBPyConnection, Catalog], question: str, width: int) -> Rows:
    """The first `width` columns of the rows that answer the question, made plain and sorted."""
    connection, catalog = place
    answer = translate(question, catalog)
    assert isinstance(answer, Answer), answer
    _, found = run(connection, answer.sql)
    return sorted((tuple(map(plain_by_month, row[:width])) for row in found), key=str)


@pytest.fixture
def ask_shop(
    shop: Catalog, shop_data: duckdb.DuckDBPyConnection
) -> Callable[[str], tuple[list[str], Rows]]:
    def ask(question: str) -> tuple[list[str], Rows]:
        answer = translate(question, shop)
        assert isinstance(answer, Answer), answer
        return run(shop_data, answer.sql)

    return ask


@pytest.fixture
def ask_flights(
    flights: Catalog, flights_data: duckdb.DuckDBPyConnection
) -> Callable[[str], tuple[list[str], Rows]]:
    def ask(question: str) -> tuple[list[str], Rows]:
        answer = translate(question, flights)
        assert isinstance(answer, Answer), answer
        return run(flights_data, answer.sql)

    return ask


@pytest.fixture
def declined_by_shop(shop: Catalog) -> Callable[[str], str]:
    def ask(question: str) -> str:
        answer = translate(question, shop)
        assert isinstance(answer, Clarification), answer
        return answer.text

    return ask
