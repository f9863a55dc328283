"""Spaces that planning tests ask, as the orchestrator hands them over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from aislides_analyst import plan


def columns(*named: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"name": c[0], "type": c[1], "description": c[2] if len(c) > 2 else ""} for c in named]


RETAIL: dict[str, Any] = {
    "title": "Retail",
    "description": "Sales of outdoor goods",
    "tables": [
        {
            "name": "local.retail.sales",
            "description": "One row per sold item.",
            "columns": columns(
                ("order_id", "BIGINT"),
                ("order_date", "DATE"),
                ("customer_id", "BIGINT"),
                ("product_id", "BIGINT"),
                ("store_id", "BIGINT"),
                ("channel", "STRING", "Sales channel: Online or In-store"),
                ("quantity", "INT"),
                ("unit_price", "DECIMAL(10,2)"),
                ("revenue", "DECIMAL(10,2)", "Net revenue. Unit: USD."),
                ("cost", "DECIMAL(10,2)"),
            ),
        },
        {
            "name": "local.retail.customers",
            "columns": columns(
                ("customer_id", "BIGINT"),
                ("customer_name", "STRING"),
                ("segment", "STRING"),
                ("country", "STRING"),
                ("signup_date", "DATE"),
            ),
        },
        {
            "name": "local.retail.products",
            "columns": columns(
                ("product_id", "BIGINT"),
                ("product_name", "STRING"),
                ("category", "STRING"),
                ("list_price", "DOUBLE"),
            ),
        },
        {
            "name": "local.retail.stores",
            "columns": columns(
                ("store_id", "BIGINT"),
                ("store_name", "STRING"),
                ("city", "STRING"),
                ("region", "STRING"),
            ),
        },
    ],
    "sample_questions": [],
    "instructions": "",
}

# A person's own file: one table, nothing described.
TICKETS: dict[str, Any] = {
    "title": "tickets",
    "tables": [
        {
            "name": "tickets",
            "columns": columns(
                ("ticket_id", "BIGINT"),
                ("created_at", "TIMESTAMP"),
                ("team", "STRING"),
                ("priority", "STRING"),
                ("resolution_hours", "DOUBLE"),
                ("satisfaction_score", "DOUBLE"),
                ("is_escalated", "BOOLEAN"),
                ("customer_email", "STRING"),
            ),
        }
    ],
}

# Types unknown, words in the descriptions, two roles of one table, an owner's measures.
TRAINS: dict[str, Any] = {
    "title": "Trains",
    "description": "Departures of one railway",
    "tables": [
        {
            "name": "rail.ops.rides",
            "description": "One row per ride.",
            "columns": [
                {"name": "ride_date", "description": "Date of departure."},
                {"name": "dep_hour", "description": "Hour of departure."},
                {"name": "operator", "description": "Code of the operator."},
                {"name": "origin", "description": "Code of the departure station."},
                {"name": "dest", "description": "Code of the arrival station."},
                {
                    "name": "dep_delay",
                    "description": "Minutes late. Unit: minutes. "
                    "(also called: departure delay, delay, lateness)",
                },
                {"name": "cancelled", "description": "Whether the ride never started."},
            ],
        },
        {
            "name": "rail.ops.operators",
            "columns": [{"name": "operator"}, {"name": "name"}, {"name": "group_name"}],
        },
        {
            "name": "rail.ops.stations",
            "columns": [{"name": "code"}, {"name": "name"}, {"name": "elevation"}],
        },
    ],
    "sample_questions": [
        "Average departure delay by origin station",
        "On-time rate by operator",
        "Share of cancelled rides by month",
    ],
    "instructions": "Measures: on-time rate, delay minutes. Nothing can be forecast.",
}


_SPACES = {"retail": RETAIL, "tickets": TICKETS, "trains": TRAINS}

Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def ask() -> Ask:
    """Plans a question over a space, named or given."""

    def asked(space: str | dict[str, Any], question: str, most: int = 4) -> dict[str, Any]:
        chosen = _SPACES[space] if isinstance(space, str) else space
        return plan({"task": "plan", "question": question, "max_questions": most, "space": chosen})

    return asked


@pytest.fixture
def questions(ask: Ask) -> Callable[..., list[str]]:
    """The planned questions alone."""

    def planned(space: str | dict[str, Any], question: str, most: int = 4) -> list[str]:
        answer = ask(space, question, most)
        assert "clarification" not in answer, answer
        return [item["question"] for item in answer["questions"]]

    return planned
