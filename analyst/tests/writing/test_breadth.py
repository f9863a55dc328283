"""Which groups rose and fell: the answer in the direction asked, and a headline of its own."""

from __future__ import annotations

import pytest
from aislides_analyst import write
from aislides_analyst.planning.movers import asks_who_moved, moves_asked

STORES = ("Acton", "Brent", "Croydon", "Dulwich", "Ealing", "Fulham")


def value(exact, display=""):
    return {"v": exact, "unit": "", "display": display or str(exact)}


def breadth(fallers):
    fell, rose = len(fallers), len(STORES) - len(fallers)
    verb, other = ("rose", "fell") if rose >= fell else ("fell", "rose")
    headline = (
        f"Total revenue {verb} for {{f1.{verb}}} of {{f1.groups}} stores in {{f1.last_period}}"
    )
    tail = f", and {other} for {{f1.{other}}}" if fell and rose else ""
    names = {f"faller{at if at > 1 else ''}": value(n) for at, n in enumerate(fallers, 1)}
    return {
        "id": "f1",
        "kind": "contribution",
        "says": "how many stores rose and fell in total revenue, last year against the one before",
        "lead": "Stores one by one",
        "headline": headline + tail,
        "sentence": f"From {{f1.previous_period}} to {{f1.last_period}}, total revenue {verb} for "
        f"{{f1.{verb}}} of {{f1.groups}} stores{tail}; {{f1.riser}} rose most, by {{f1.riser_change}}.",
        "values": {
            "groups": value(len(STORES)),
            "rose": value(rose),
            "fell": value(fell),
            "last_period": value(2024),
            "previous_period": value(2023),
            "riser": value("Fulham"),
            "riser_change": value(30.0, "+30"),
            **names,
            "faller_change": value(-12.0, "−12"),
            "change": value(90.0, "+90"),
        },
        "result": "r1",
        "measure": "total_revenue",
        "by": "store",
        "score": 0.5,
    }


def given(question, fact):
    rows = [[f"{year}-01-01", store, 100.0] for year in (2023, 2024) for store in STORES]
    columns = [
        {"name": "year", "type": "date", "unit": ""},
        {"name": "store", "type": "text", "unit": ""},
        {"name": "total_revenue", "type": "number", "unit": ""},
    ]
    made = {"columns": columns, "row_count": len(rows), "truncated": False, "rows": rows}
    results = {"r1": {**made, "question": "revenue by store this year versus last year"}}
    return {"question": question, "max_slides": 8, "results": results, "facts": [fact]}


def headlines(question, fact):
    return {s["layout"]: s["headline"] for s in write(given(question, fact))["slides"]}


@pytest.mark.parametrize(
    ("question", "fallers", "answer"),
    [
        (
            "Which stores sell less than last year?",
            ["Croydon"],
            "Total revenue fell for {f1.faller} in {f1.last_period}, "
            "and rose for {f1.rose} of {f1.groups} stores",
        ),
        (
            "Which stores sell less than last year?",
            ["Croydon", "Acton", "Brent", "Ealing", "Dulwich"],
            "Total revenue fell for {f1.faller}, {f1.faller2}, {f1.faller3}, {f1.faller4} and "
            "{f1.faller5} in {f1.last_period}",
        ),
        (
            "How many stores fell?",
            ["Croydon", "Acton"],
            "Total revenue rose for {f1.rose} of {f1.groups} stores in {f1.last_period}, "
            "and fell for {f1.fell}",
        ),
    ],
)
def test_the_deck_answers_who_moved(question, fallers, answer):
    assert headlines(question, breadth(fallers))["cover"] == answer


def test_the_slide_has_a_headline_of_its_own_and_a_bridge():
    fact = breadth(["Croydon"])
    told = headlines("Which stores sell less than last year?", fact)
    assert len(set(told.values())) == len(told)
    slides = write(given("Which stores sell less than last year?", fact))["slides"]
    bridge = next(slide for slide in slides if slide["layout"] == "bridge")
    assert bridge["exhibit"]["kind"] == "waterfall"
    assert bridge["exhibit"]["highlight"] == ["{f1.faller}"]
    assert len(bridge["points"]) >= 2


def test_means_are_shown_side_by_side_where_there_are_two_periods():
    fact = breadth(["Croydon"])
    del fact["values"]["change"]
    slides = write(given("Which stores fell?", fact))["slides"]
    assert "slope" in [slide.get("exhibit", {}).get("kind") for slide in slides]


@pytest.mark.parametrize(
    ("question", "ways"),
    [
        ("Which stores sell less than last year?", ("fell",)),
        ("Did most teams grow?", ("rose",)),
        ("Where did revenue drop?", ("fell",)),
        ("Which products sell more?", ()),
        ("Who earns more than 50?", ()),
        ("Which teams are slow?", ()),
    ],
)
def test_more_and_less_are_movements_only_against_an_earlier_time(question, ways):
    assert moves_asked(question) == ways
    assert asks_who_moved(question) == bool(ways)
