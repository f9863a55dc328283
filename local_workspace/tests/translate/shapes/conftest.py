"""Spaces for shapes: each demo space with its file and as if nobody had described it, and a desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import pytest
from local_workspace.sandbox.binding import executable
from local_workspace.sandbox.guard import Schema, checked
from local_workspace.spaces import Catalog, infer_space, profile_space
from local_workspace.translate import Answer, Clarification, translate

Asked = Callable[..., list[tuple[Any, ...]]]

DESK = """
CREATE TABLE agents(agent_id INT, agent_name VARCHAR, team VARCHAR, hired_on DATE);
INSERT INTO agents VALUES (1,'Ada','Web','2020-01-01'),(2,'Ben','Web','2021-06-01'),
  (3,'Cy','Phone','2022-03-01'),(4,'Di','Phone','2023-09-01');
CREATE TABLE tickets(ticket_id INT, agent_id INT, opened_on DATE, closed_on DATE, priority VARCHAR,
  status VARCHAR, minutes_spent INT);
INSERT INTO tickets VALUES
  (1,1,'2024-01-10','2024-01-12','high','closed',30),(2,1,'2024-01-20',NULL,'low','open',45),
  (3,2,'2024-02-03','2024-02-13','low','closed',10),(4,1,'2024-02-14','2024-02-15','high','closed',80),
  (5,3,'2024-03-01',NULL,'high','open',25),(6,3,'2024-03-09','2024-03-30','low','closed',60),
  (7,2,'2024-04-02','2024-04-05','high','closed',15),(8,1,'2024-04-20',NULL,'low','open',5);
"""


@pytest.fixture(scope="session")
def desk_data() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(DESK)
    return connection


def _inferred(name: str, connection: duckdb.DuckDBPyConnection, *tables: str) -> Catalog:
    return profile_space(infer_space(name, list(tables), connection), connection)


@pytest.fixture(scope="session")
def spaces(
    shop: Catalog,
    shop_data: duckdb.DuckDBPyConnection,
    flights: Catalog,
    flights_data: duckdb.DuckDBPyConnection,
    desk_data: duckdb.DuckDBPyConnection,
) -> dict[str, tuple[Catalog, duckdb.DuckDBPyConnection]]:
    air = ("flights", "airlines", "airports", "planes", "weather")
    return {
        "shop": (shop, shop_data),
        "shop inferred": (
            _inferred("shop", shop_data, "sales", "customers", "products", "stores"),
            shop_data,
        ),
        "flights": (flights, flights_data),
        "flights inferred": (_inferred("flights", flights_data, *air), flights_data),
        "desk inferred": (_inferred("desk", desk_data, "tickets", "agents"), desk_data),
    }


@pytest.fixture(scope="session")
def ask(spaces: dict[str, tuple[Catalog, duckdb.DuckDBPyConnection]]) -> Asked:
    """Rows of the answer to the last question of a conversation, run as the workspace runs it."""

    def asked(space: str, *questions: str) -> list[tuple[Any, ...]]:
        catalog, connection = spaces[space]
        plan = answer = None
        for question in questions:
            answer = translate(question, catalog, plan)
            assert isinstance(answer, Answer), (question, answer)
            plan = answer.plan
        assert answer is not None
        schema = Schema("memory", "main", frozenset(catalog.tables))
        cursor = connection.cursor()
        cursor.execute(executable(checked(answer.sql, [schema]), {}, 10_000))
        return [tuple(_plain(v) for v in row) for row in cursor.fetchall()]

    return asked


@pytest.fixture(scope="session")
def said(spaces: dict[str, tuple[Catalog, duckdb.DuckDBPyConnection]]) -> Callable[..., str]:
    """What the answer says of itself."""

    def told(space: str, question: str) -> str:
        answer = translate(question, spaces[space][0])
        assert isinstance(answer, Answer), answer
        return answer.description

    return told


@pytest.fixture(scope="session")
def asked_back(spaces: dict[str, tuple[Catalog, duckdb.DuckDBPyConnection]]) -> Callable[..., str]:
    """The question back that ends a conversation."""

    def back(space: str, *questions: str) -> str:
        plan = None
        for question in questions[:-1]:
            answer = translate(question, spaces[space][0], plan)
            assert isinstance(answer, Answer), (question, answer)
            plan = answer.plan
        answer = translate(questions[-1], spaces[space][0], plan)
        assert isinstance(answer, Clarification), answer
        return answer.text

    return back


def _plain(value: Any) -> Any:
    if hasattr(value, "hour"):
        return value.date().isoformat()
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, (int, str, bool)) or value is None:
        return value
    return round(float(value), 4)
