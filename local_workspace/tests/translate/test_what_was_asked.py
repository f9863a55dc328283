"""Sentences whose first answer was a wrong one: what they ask for is answered, or asked back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import pytest
from local_workspace.spaces import Catalog, infer_space, profile_space
from local_workspace.translate import Answer, Clarification, translate


@pytest.fixture(scope="module")
def clinic() -> Callable[[str], Answer | Clarification]:
    """Visits of a clinic, with amounts that are empty, zero and told by several dates."""
    connection = duckdb.connect()
    connection.execute(
        """
        CREATE TABLE doctors(doctor_id INT, doctor_name VARCHAR, city VARCHAR);
        INSERT INTO doctors VALUES (1,'Ada','Leeds'),(2,'Ben','Leeds'),(3,'Cy','York');
        CREATE TABLE visits(visit_id INT, doctor_id INT, booked_on DATE, arrived_on DATE,
          reason VARCHAR, status VARCHAR, delay_minutes INT, machine_hours INT, nights INT,
          amount DECIMAL(9,2));
        INSERT INTO visits SELECT 100 + i, 1 + i % 3, DATE '2024-01-01' + i::INT,
          DATE '2024-01-01' + (i + 2)::INT,
          ['check-up','injury','vaccination'][1 + i % 3],
          ['open','done','lost'][1 + i % 2 + (i % 7 = 0)::INT],
          CASE WHEN i % 5 = 0 THEN NULL ELSE (i % 4) * 10 END, 1 + i % 6, 1 + i % 4,
          10 + i % 50
          FROM range(120) t(i);
        """
    )
    catalog = profile_space(infer_space("clinic", ["doctors", "visits"], connection), connection)

    def ask(question: str) -> Answer | Clarification:
        return translate(question, catalog)

    return ask


def sql(answer: Any) -> str:
    assert isinstance(answer, Answer), answer
    return " ".join(answer.sql.split())


@pytest.mark.parametrize(
    "question",
    [
        "what share of injury visits were lost",
        "share of injury visits that are lost",
        "what percentage of injury visits got lost?",
        "what part of injury visits was lost",
    ],
)
def test_what_is_said_of_the_rows_is_the_part_of_a_share(
    question: str, clinic: Callable[[str], Answer]
) -> None:
    told = sql(clinic(question))
    assert "FILTER (WHERE status = 'lost')" in told
    assert "WHERE reason = 'injury'" in told


def test_an_adjective_is_the_part_where_a_place_tells_the_whole(
    clinic: Callable[[str], Answer],
) -> None:
    told = sql(clinic("share of lost visits in Leeds"))
    assert "FILTER (WHERE visits.status = 'lost')" in told
    assert "WHERE doctors.city = 'Leeds'" in told


def test_things_and_their_numbers_are_listed_one_by_one(clinic: Callable[[str], Answer]) -> None:
    told = sql(clinic("doctors in Leeds and their number of visits"))
    assert "GROUP BY 1" in told
    assert "doctor_name" in told
    assert "city = 'Leeds'" in told


def test_no_amount_is_zero_where_the_column_holds_zeros(clinic: Callable[[str], Answer]) -> None:
    assert "delay_minutes = 0" in sql(clinic("visits without delay"))


def test_the_total_amount_of_rows_is_money(clinic: Callable[[str], Answer]) -> None:
    assert "sum(amount)" in sql(clinic("total amount of visits with status lost"))
    assert "count(*)" in sql(clinic("total number of visits with status lost"))


@pytest.mark.parametrize(
    "question",
    [
        "amount of visits by city",
        "visits booked within 2 days",
        "visits on a weekend that are on a weekday",
        "machines by city",
        "average amount on days with delay",
    ],
)
def test_what_could_be_meant_otherwise_is_asked_back(
    question: str, clinic: Callable[[str], Answer | Clarification]
) -> None:
    assert isinstance(clinic(question), Clarification)


def test_who_did_something_is_asked_for_and_not_what_was_done(
    shop: Catalog, shop_data: duckdb.DuckDBPyConnection
) -> None:
    told = sql(translate("customers from Canada or USA who bought footwear", shop))
    assert "DISTINCT customers.customer_name" in told
    assert "count(" not in told


def test_growth_in_percent_is_no_share(shop: Catalog) -> None:
    told = sql(translate("revenue growth in percent by year", shop))
    assert "OVER ()" not in told
    assert "before" in told


def test_a_limit_on_groups_is_not_dropped_from_a_change(shop: Catalog) -> None:
    asked = "revenue growth by region 2023 to 2024 at least 3 times"
    assert isinstance(translate(asked, shop), Clarification)
