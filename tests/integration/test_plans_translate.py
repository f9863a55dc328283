"""Plans of the analyst, asked of the rules translator: what is planned can be answered."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest
from aislides_analyst import plan
from local_workspace.data import FLIGHTS
from local_workspace.spaces import (
    Catalog,
    Space,
    demo_space_files,
    infer_space,
    load_space,
    profile_space,
)
from local_workspace.translate import Answer, translate

DEMO = "How did departure delays develop in 2013, and which airports and airlines drive them?"

SHOP = """
CREATE TABLE buyers AS SELECT i AS buyer_id, 'Buyer ' || i AS buyer_name,
  ['Consumer', 'Business'][1 + i % 2] AS segment, ['Norway', 'Spain', 'Peru'][1 + i % 3] AS country
  FROM range(1, 90) t(i);
CREATE TABLE articles AS SELECT i AS article_id, 'Article ' || i AS article_name,
  ['Tents', 'Boots', 'Maps'][1 + i % 3] AS category FROM range(1, 30) t(i);
CREATE TABLE sales AS SELECT i AS sale_id, DATE '2023-01-01' + CAST(i % 730 AS INT) AS sale_date,
  1 + i % 89 AS buyer_id, 1 + i % 29 AS article_id, ['Online', 'In-store'][1 + i % 2] AS channel,
  1 + i % 4 AS quantity, CAST(20 + i % 50 AS DECIMAL(10, 2)) AS revenue,
  CAST(10 + i % 20 AS DECIMAL(10, 2)) AS cost, i % 5 = 0 AS is_returned FROM range(1, 3000) t(i);
"""


def described(space: Space) -> dict[str, Any]:
    """The space as the orchestrator hands it to a planner: no types, synonyms in descriptions."""
    tables = []
    for table in space.tables:
        columns = []
        for column in table.columns:
            if column.role == "hidden":
                continue
            unit = f"Unit: {column.unit}." if column.unit else ""
            called = [*([column.label] if column.label else []), *column.synonyms]
            also = f"(also called: {', '.join(called)})" if called else ""
            words = " ".join(part for part in (column.description, unit, also) if part)
            columns.append({"name": column.name, "type": "", "description": words})
        columns.sort(key=lambda c: str(c["name"]))
        tables.append(
            {
                "name": space.identifier(table.name),
                "description": table.description,
                "columns": columns,
            }
        )
    return {
        "title": space.title,
        "description": space.description,
        "tables": tables,
        "sample_questions": list(space.sample_questions),
        "instructions": space.instructions,
    }


@pytest.fixture(scope="module")
def flights() -> tuple[Space, Catalog]:
    with duckdb.connect() as connection:
        for path in FLIGHTS.glob("*.parquet"):
            connection.execute(f"CREATE TABLE {path.stem} AS SELECT * FROM read_parquet('{path}')")
        space = load_space(demo_space_files()["flights"])
        return space, profile_space(space, connection)


@pytest.fixture(scope="module")
def shop() -> tuple[Space, Catalog]:
    """Tables that nobody has described."""
    with duckdb.connect() as connection:
        connection.execute(SHOP)
        space = infer_space("shop", ["sales", "buyers", "articles"], connection)
        return space, profile_space(space, connection)


def planned(space: Space, question: str, most: int = 4) -> list[str]:
    answer = plan(
        {"task": "plan", "question": question, "max_questions": most, "space": described(space)}
    )
    assert "questions" in answer, answer
    return [item["question"] for item in answer["questions"]]


def refused(questions: list[str], catalog: Catalog) -> list[str]:
    return [q for q in questions if not isinstance(translate(q, catalog), Answer)]


@pytest.mark.parametrize(
    "question",
    [
        DEMO,
        "How many flights were there in 2013?",
        "What share of flights departs from each origin airport?",
        "Which routes are most delayed?",
        "When do cancellations happen and which airlines cancel most?",
        "How punctual were JFK flights in July 2013?",
        "How did Delta's delays compare with United in June 2013?",
        "How did arrival delays from Newark develop between March and June 2013?",
        "average departure delay for flights with distance over 2000 miles",
        "Why were there so many cancellations in February 2013?",
        "What is the weather like?",
        "Give me an overview of the data",
    ],
)
def test_plans_over_the_flights_translate(flights, question):
    space, catalog = flights
    assert refused(planned(space, question), catalog) == []


@pytest.mark.parametrize(
    "question",
    [
        "How did revenue develop, and which categories and countries drive it?",
        "What is our total revenue?",
        "How did revenue develop in Norway compared to Spain?",
        "Compare online and in-store sales in 2024",
        "Who are our best customers?",
        "Top 5 articles by revenue",
        "Why did revenue drop in August 2024?",
        "profit by category",
        "How many sales were there per weekday in 2024?",
        "What is the year over year revenue growth?",
        "Give me a board-level overview of the business",
    ],
)
def test_plans_over_undescribed_tables_translate(shop, question):
    space, catalog = shop
    assert refused(planned(space, question), catalog) == []


def test_the_demo_plan_is_the_course_and_three_breakdowns(flights):
    space, catalog = flights
    breakdowns = []
    for question in planned(space, DEMO):
        answer = translate(question, catalog)
        assert isinstance(answer, Answer)
        assert "2013" in answer.sql
        breakdowns.append(question.split(" by ")[1].split(" in ")[0])
    assert breakdowns == ["month", "origin airport", "airline", "hour of day"]


@pytest.mark.parametrize(
    "question",
    [
        "Who is the CEO of Delta?",
        "Show profit by planet",
        "predict next year's delays",
        "delete all flights",
        "What is the meaning of life?",
    ],
)
def test_questions_outside_the_flights_are_asked_back_with_answerable_suggestions(
    flights, question
):
    space, catalog = flights
    answer = plan({"question": question, "max_questions": 4, "space": described(space)})
    assert answer["clarification"]
    assert answer["suggestions"]
    assert refused(answer["suggestions"], catalog) == []
