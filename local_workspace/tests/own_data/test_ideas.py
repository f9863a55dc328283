"""Suggested questions: of many kinds, as managers ask them, and every one is answered."""

import random
from datetime import date, timedelta

import duckdb
import pytest
from local_workspace.own_data.ideas import ideas
from local_workspace.own_data.questions import invited
from local_workspace.spaces import Catalog, infer_space, profile_space


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """Two years of orders with customers, as `data add` would infer them."""
    chance = random.Random(5)
    database = tmp_path_factory.mktemp("shop") / "shop.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "CREATE TABLE orders(order_id INT, order_date DATE, customer_id INT, channel VARCHAR, "
            "revenue DECIMAL(10,2), discount DOUBLE, cancelled BOOLEAN, remark VARCHAR)"
        )
        connection.execute(
            "CREATE TABLE customers(customer_id INT, customer_name VARCHAR, city VARCHAR)"
        )
        connection.executemany(
            "INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (n, date(2023, 1, 1) + timedelta(n % 731), 1 + n % 40, "web shop phone".split()[n % 3],
                 chance.randrange(1000) / 10, chance.random(), n % 7 == 0,
                 "please leave it with the neighbours " + "abcdef"[n % 6])
                for n in range(2_000)
            ],
        )  # fmt: skip
        connection.executemany(
            "INSERT INTO customers VALUES (?, ?, ?)",
            [(n, f"Customer {n}", "Rome Oslo Bonn Lyon".split()[n % 4]) for n in range(1, 41)],
        )
        space = infer_space("shop", ["orders", "customers"], connection)
        return profile_space(space, connection), database


async def test_every_kind_is_suggested_and_every_suggestion_is_answered(
    shop: tuple[Catalog, object],
) -> None:
    catalog, database = shop
    found = await invited(catalog, database)
    asked = [one.question for one in found]
    for kind in (
        "What was our total revenue in 2024?",
        "How did revenue develop by month in 2024?",
        "Top 5 customers by revenue",
        "What share of revenue comes from each channel?",
        "Revenue 2023 vs 2024 by city",
        "Cancelled share of orders by ",
        "Average discount by ",
    ):
        assert any(question.startswith(kind) for question in asked), (kind, asked)
    assert all(one.rows and not one.why_not for one in found)
    assert len(set(asked)) == len(asked) >= 10


def test_remarks_codes_and_keys_are_no_groups(shop: tuple[Catalog, object]) -> None:
    text = " ".join(wording for idea in ideas(shop[0]) for wording in idea.wordings)
    assert "remark" not in text
    assert "customer id" not in text


async def test_questions_of_the_file_are_not_repeated(shop: tuple[Catalog, object]) -> None:
    catalog, database = shop
    told = "Top 5 customers by revenue"
    found = await invited(catalog, database, without=[told])
    assert told not in [one.question for one in found]
