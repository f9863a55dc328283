"""The names that columns hold, told to planners with the space."""

from __future__ import annotations

import pytest
from local_workspace.genie.known_values import with_values
from local_workspace.spaces.catalog import Catalog, ColumnInfo, TableInfo
from local_workspace.spaces.model import Space


def column(name, values, role="dimension"):
    return ColumnInfo(
        table="sales", name=name, label=name, family="text", role=role, values=tuple(values)
    )


@pytest.fixture
def catalog():
    columns = (
        column("region", ["East", "West"]),
        column("note", ["Late, and wet", "Fine"]),
        column("order_id", ["A1", "A2"], role="id"),
        column("sku", [f"SKU {at}" for at in range(100)]),
        column("told", ["Cash", "Card"]),
    )
    table = TableInfo("sales", "sale", 10, {one.name: one for one in columns})
    return Catalog(Space.model_construct(name="s", title="S"), {"sales": table})


@pytest.fixture
def serialized(catalog):
    configs = [{"column_name": name} for name in catalog.tables["sales"].columns]
    configs[-1]["description"] = ["How it was paid: Cash or Card."]
    tables = [{"identifier": "local.s.sales", "column_configs": configs}]
    return {"data_sources": {"tables": tables}}


def told(space):
    (table,) = space["data_sources"]["tables"]
    return {
        c["column_name"]: c["description"] for c in table["column_configs"] if "description" in c
    }


def test_few_plain_names_are_told_once(serialized, catalog):
    assert told(with_values(serialized, catalog)) == {
        "region": ["Such as East, West"],
        "told": ["How it was paid: Cash or Card."],
    }


def test_who_sees_a_part_of_the_rows_is_told_no_names(serialized, catalog):
    assert "region" not in told(with_values(serialized, catalog, hidden=["sales"]))
