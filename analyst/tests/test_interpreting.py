"""A deep deck's interpretation and narrative, from facts alone."""

import pytest
from aislides_analyst import interpret, narrate, write


@pytest.fixture
def payload():
    rows = [["East", 40.0], ["West", 35.0], ["North", 20.0], ["South", 5.0]]
    column = [
        {"name": "region", "type": "text", "unit": ""},
        {"name": "total_revenue", "type": "number", "unit": "USD"},
    ]
    values = {
        "first": {"v": "East", "unit": "", "display": "East"},
        "first_value": {"v": 40.0, "unit": "USD", "display": "USD 40"},
        "last": {"v": "South", "unit": "", "display": "South"},
        "last_value": {"v": 5.0, "unit": "USD", "display": "USD 5"},
    }
    leader = {
        "id": "f1",
        "kind": "leader",
        "says": "total revenue by region",
        "values": values,
        "sentence": "{f1.first} had the largest total revenue at {f1.first_value}.",
        "headline": "{f1.first} had the largest total revenue at {f1.first_value}",
        "lead": "First and last",
        "result": "r1",
        "measure": "total_revenue",
        "by": "region",
        "score": 0.8,
    }
    coverage = {
        "id": "f2",
        "kind": "coverage",
        "says": "rows without a region",
        "values": {"nulls": {"v": 7, "unit": "", "display": "7"}},
        "sentence": "{f2.nulls} rows have no region.",
        "result": "r1",
        "score": 0.2,
    }
    return {
        "task": "interpretation",
        "question": "Which region leads?",
        "max_slides": 8,
        "results": {
            "r1": {"question": "revenue by region", "columns": column, "row_count": 4, "rows": rows}
        },
        "facts": [leader, coverage],
    }


def test_findings_cite_the_facts_that_prove_them(payload):
    told = interpret(payload)
    assert "{f1.first}" in told["answer"]
    assert [one["facts"] for one in told["findings"]] == [["f1"]]
    assert told["findings"][0]["result"] == "r1"
    assert told["gaps"] == ["{f2.nulls} rows have no region."]


def test_the_narrative_is_the_story_that_is_written_afterwards(payload):
    story = narrate(payload)
    slides = write(payload)["slides"]
    assert [one["message"] for one in story["storyline"]] == [
        slide["headline"] for slide in slides if slide["layout"] != "limits"
    ]
    assert all(one["facts"] for one in story["storyline"] if "{" in one["message"])


@pytest.mark.parametrize("odd", [{}, {"facts": "x", "results": 3}, {"facts": [{"id": "f1"}]}])
def test_odd_payloads_have_no_findings(odd):
    assert interpret(odd)["findings"] == []
    assert narrate(odd)["storyline"]
