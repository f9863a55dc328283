"""The same facts answer different questions differently: from above, from below, by direction."""

from __future__ import annotations

from typing import Any

import pytest
from aislides_analyst import write


def value(exact: object, unit: str = "") -> dict[str, object]:
    return {"v": exact, "unit": unit, "display": f"{exact} {unit}".strip()}


def leader(rows: list[tuple[str, float]], *, fact_id: str = "f1", **more: object) -> dict[str, Any]:
    ordered = sorted(rows, key=lambda row: -row[1])
    (first, high), (second, _), (last, low) = ordered[0], ordered[1], ordered[-1]
    return {
        "id": fact_id,
        "kind": "leader",
        "says": "average grade by subject: first, last and their gap",
        "lead": "Highest and lowest subject",
        "headline": f"{{{fact_id}.first}} had the highest average grade, "
        f"{{{fact_id}.gap}} above {{{fact_id}.last}}",
        "sentence": f"{{{fact_id}.first}} had the highest average grade at {{{fact_id}.first_value}}.",
        "values": {
            "first": value(first),
            "first_value": value(high),
            "second": value(second),
            "last": value(last),
            "last_value": value(low),
            "gap": value(round(high - low, 1)),
            **more,
        },
        "result": "r1",
        "measure": "avg_grade",
        "by": "subject",
        "score": 0.4,
    }


def season() -> dict[str, Any]:
    return {
        "id": "f2",
        "kind": "seasonality",
        "says": "peak and trough month of average grade",
        "lead": "Peak and lowest",
        "headline": "Average grade peaked in {f2.peak_period} at {f2.peak}",
        "sentence": "Average grade peaked at {f2.peak} in {f2.peak_period}.",
        "values": {
            "peak": value(80.0),
            "peak_period": {"v": "2024-03-01", "unit": "", "display": "Mar 2024"},
            "low": value(60.0),
            "low_period": {"v": "2024-09-01", "unit": "", "display": "Sep 2024"},
        },
        "result": "r2",
        "measure": "avg_grade",
        "by": "month",
        "score": 0.5,
    }


ROWS = [("Art", 76.0), ("History", 70.0), ("Maths", 60.0)]
MONTHS = [(f"2024-{m:02}-01", 80.0 - abs(m - 3) * 3) for m in range(1, 11)]


def given(question: str, *facts: dict[str, Any], rows: list[tuple[str, float]]) -> dict[str, Any]:
    columns = [
        {"name": "subject", "type": "text", "unit": ""},
        {"name": "avg_grade", "type": "number", "unit": "", "label": "average grade"},
    ]
    months = [{"name": "month", "type": "date", "unit": ""}, columns[1]]
    return {
        "question": question,
        "max_slides": 6,
        "facts": list(facts),
        "results": {
            "r1": {"question": "average grade by subject", "columns": columns, "rows": rows},
            "r2": {"question": "average grade by month", "columns": months, "rows": MONTHS},
        },
    }


def headlines(deck: dict[str, Any]) -> list[str]:
    return [slide["headline"] for slide in deck["slides"]]


def test_who_is_best_is_told_from_above_and_who_is_weakest_from_below():
    best = write(given("Which subjects are best?", leader(ROWS), rows=ROWS))
    weak = write(given("Which subjects are weakest?", leader(ROWS), rows=ROWS))
    assert headlines(best)[0] == "Average grade was highest for {f1.first}"
    assert headlines(weak)[0] == "Average grade was lowest for {f1.last}"
    (finding,) = [s for s in weak["slides"] if "exhibit" in s]
    assert (
        finding["headline"] == "{f1.last} had the lowest average grade, {f1.gap} below {f1.first}"
    )
    assert finding["exhibit"]["highlight"][0] == "{f1.last}"


def test_which_group_is_answered_by_the_group_and_how_it_went_by_the_course():
    facts = (leader(ROWS), season())
    assert "lowest for" in headlines(write(given("Which are weakest?", *facts, rows=ROWS)))[0]
    course = headlines(write(given("Are grades getting worse?", *facts, rows=ROWS)))
    assert course[0] == (
        "Average grade fell from {f2.peak} to {f2.low} between {f2.peak_period} and {f2.low_period}"
    )


def test_an_asked_breakdown_that_hardly_differs_is_the_answer():
    rows = [("Art", 70.2), ("History", 70.1), ("Maths", 70.0)]
    deck = write(given("Which subjects need help?", leader(rows), rows=rows))
    assert headlines(deck)[0] == (
        "By subject, average grade ranged from {f1.last_value} to {f1.first_value}"
    )
    leads = [p["lead"] for s in deck["slides"] for p in s.get("points", [])]
    assert not any(lead.startswith("Ahead of") for lead in leads)


def test_numbers_that_split_rows_are_groups_and_not_measures():
    fact = leader([("3", 76.0), ("2", 70.0), ("1", 60.0)])
    fact = {**fact, "by": "rooms"}
    fact["values"]["first"] = value(3)
    deck = write(
        {
            "question": "What drives prices?",
            "max_slides": 6,
            "facts": [fact],
            "results": {
                "r1": {
                    "question": "average grade by rooms",
                    "columns": [
                        {"name": "rooms", "type": "integer", "unit": ""},
                        {"name": "avg_grade", "type": "number", "unit": ""},
                    ],
                    "rows": [[1, 60.0], [2, 70.0], [3, 76.0]],
                }
            },
        }
    )
    (finding,) = [s for s in deck["slides"] if "exhibit" in s]
    assert finding["exhibit"]["x"] == "rooms"
    assert finding["exhibit"]["y"] == ["avg_grade"]


@pytest.mark.parametrize("lag", ["first", "last"])
def test_a_group_behind_is_advised_with_what_it_would_bring(lag):
    behind = {
        "lag": value("Art" if lag == "first" else "Maths"),
        "lag_value": value(76.0 if lag == "first" else 60.0),
        "lag_gap": value(7.0),
        "lag_base": value(300, "pupils"),
        "would": value(67.0),
    }
    level = {
        "id": "f9",
        "kind": "level",
        "says": "overall mean of average grade",
        "headline": "Average grade stood at {f9.mean} overall",
        "sentence": "Average grade stood at {f9.mean} overall.",
        "values": {"mean": value(69.0)},
        "measure": "avg_grade",
        "score": 0.3,
    }
    deck = write(given("How are grades?", leader(ROWS, **behind), level, rows=ROWS))
    (advice,) = [s for s in deck["slides"] if s["layout"] == "recommendation"]
    assert advice["headline"] == "Start with {f1.lag}, at {f1.lag_value} against {f9.mean} overall"
    other = "last" if lag == "first" else "first"
    assert advice["points"][-1]["text"].startswith(f"{{f1.{other}}} stood at")
    assert "{f1.would}" in advice["points"][1]["text"]


def test_a_gap_of_a_measure_without_a_good_side_is_no_advice():
    deck = write(given("How are grades?", leader(ROWS), rows=ROWS))
    assert "recommendation" not in [slide["layout"] for slide in deck["slides"]]


def test_the_cover_names_no_breakdown_that_nobody_asked_for():
    rooms = [("Attic", 90.0), ("Hall", 70.0), ("Cellar", 40.0)]
    asked = {**leader(rooms, fact_id="f3"), "result": "r3", "by": "place"}
    # A ranking that leaves groups out is not told beside the course of the measure.
    asked["headline"] = "Among larger rooms, {f3.first} had the highest average grade"
    raw = given("How did grades develop, and which rooms are best?", leader(ROWS), season(), asked,
                rows=ROWS)  # fmt: skip
    columns = [{"name": "place", "type": "text", "unit": ""}, raw["results"]["r1"]["columns"][1]]
    raw["results"]["r3"] = {"question": "grade by room", "columns": columns, "rows": rooms}
    raw["max_slides"] = 10
    assert "f1." not in headlines(write(raw))[0]
    raw["question"] = "How did grades develop, and which subjects are best?"
    assert headlines(write(raw))[0].endswith("was highest for {f1.first}")
