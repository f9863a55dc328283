"""The serialized space that Genie's API exchanges."""

import json

import pytest
from local_workspace.spaces import demo_space_files, load_space


@pytest.fixture(scope="module")
def flights():
    return load_space(demo_space_files()["flights"])


def test_it_is_version_two_json_with_three_part_identifiers(flights):
    serialized = json.loads(json.dumps(flights.serialized()))
    assert serialized["version"] == 2
    tables = serialized["data_sources"]["tables"]
    assert [t["identifier"] for t in tables] == sorted(t["identifier"] for t in tables)
    assert "local.flights.flights" in {t["identifier"] for t in tables}


def test_measures_joins_and_filters_keep_their_words(flights):
    instructions = flights.serialized()["instructions"]
    snippets = instructions["sql_snippets"]
    assert {m["display_name"] for m in snippets["measures"]} >= {"on-time rate", "cancelled share"}
    assert snippets["filters"][0]["sql"] == ["cancelled"]
    assert snippets["expressions"][0]["alias"] == "route"
    assert "flights.origin = origin_airport.faa" in instructions["join_specs"][1]["sql"][0]
    assert instructions["text_instructions"][0]["content"][0].startswith("Ask for one table")


def test_equal_spaces_give_equal_objects(flights):
    assert flights.serialized() == load_space(demo_space_files()["flights"]).serialized()


def test_hidden_columns_are_excluded():
    bakehouse = load_space(demo_space_files()["bakehouse"]).serialized()
    columns = {
        column["column_name"]: column
        for table in bakehouse["data_sources"]["tables"]
        for column in table["column_configs"]
    }
    assert columns["cardNumber"]["exclude"] is True
    assert "exclude" not in columns["product"]


def test_instructions_name_the_measures_their_author_left_out():
    bakehouse = load_space(demo_space_files()["bakehouse"])
    lines = bakehouse.serialized()["instructions"]["text_instructions"][0]["content"]
    assert lines[-1] == "Measures: average sale, units sold, unit price, revenue.\n"


def test_measures_named_already_are_not_named_twice():
    flights = load_space(demo_space_files()["flights"])
    lines = flights.serialized()["instructions"]["text_instructions"][0]["content"]
    assert sum("cancelled share" in line for line in lines) == 1
