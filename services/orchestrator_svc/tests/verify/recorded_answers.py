"""The recorded answers of a large model, with the facts they were given, as messages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from aislides.deck.v1.deck_pb2 import Layout, Slide
from aislides.deck.v1.fact_pb2 import (
    ClaimKind,
    Fact,
    FactKind,
    Format,
    FormatKind,
    Polarity,
    Provenance,
    TimeGrain,
)
from aislides.deck.v1.result_pb2 import Result
from orchestrator_svc.deck.text import parse_reference, parse_text
from orchestrator_svc.deck.values import from_python

FIXTURES = Path(__file__).parent / "fixtures"
DATA = json.loads((FIXTURES / "prompt_write_data.json").read_text())
QUESTION = "How did departure delays develop in 2013, and which airports and airlines drive them?"
LAYOUTS = {
    "cover": Layout.LAYOUT_COVER,
    "summary": Layout.LAYOUT_SUMMARY,
    "finding": Layout.LAYOUT_FINDING,
    "table": Layout.LAYOUT_TABLE,
    "recommendation": Layout.LAYOUT_RECOMMENDATION,
    "limits": Layout.LAYOUT_LIMITS,
}
KINDS = {
    "level": FactKind.FACT_KIND_LEVEL,
    "seasonality": FactKind.FACT_KIND_SEASONALITY,
    "leader_gap": FactKind.FACT_KIND_LEADER,
    "caution": FactKind.FACT_KIND_CAUTION,
    "trend": FactKind.FACT_KIND_TREND,
    "outlier": FactKind.FACT_KIND_OUTLIER,
    "coverage": FactKind.FACT_KIND_COVERAGE,
}
PLACES = {
    "f1": ("r1", ""),
    "f2": ("r1", "month"),
    "f3": ("r1", "month"),
    "f4": ("r2", "origin"),
    "f5": ("r3", "airline"),
    "f6": ("r3", "airline"),
    "f7": ("r4", "dep_hour"),
    "f8": ("r5", "flight_date"),
    "f9": ("r1", ""),
}
CLAIMS: dict[str, list[tuple[str, tuple[str, ...], str]]] = {
    "f1": [],
    "f2": [
        ("HIGHEST", ("peak", "peak_month"), ""),
        ("LOWEST", ("low", "low_month"), ""),
        ("ABOVE", ("peak", "low"), ""),
        ("DOWN", ("peak", "low"), ""),
        ("MULTIPLE", ("peak", "low"), "ratio"),
    ],
    "f3": [("UP", ("autumn_mean", "dec"), ""), ("ABOVE", ("dec", "autumn_mean"), "")],
    "f4": [
        ("HIGHEST", ("first", "first_delay"), ""),
        ("LOWEST", ("last", "last_delay"), ""),
        ("ABOVE", ("first", "last"), ""),
    ],
    "f5": [
        ("HIGHEST", ("first", "first_delay"), ""),
        ("LOWEST", ("best", "best_delay"), ""),
        ("ABOVE", ("first", "best"), ""),
    ],
    "f6": [("HIGHEST", ("airline", "delay"), "")],
    "f7": [("UP", ("start", "peak"), ""), ("HIGHEST", ("peak", "peak_hour"), "")],
    "f8": [
        ("UNUSUAL", ("day1", "day2"), ""),
        ("HIGHEST", ("day1", "share1"), ""),
        ("BEFORE", ("day2", "day1"), ""),
    ],
    "f9": [("SHARE", ("excluded",), "share")],
}
_MONTHS = {"July": 7, "November": 11}


def facts() -> list[Fact]:
    """The facts of the recorded prompt, with the claims that our search would give them."""
    return [_fact(given) for given in DATA["facts"]]


def results() -> list[Result]:
    """The results of the recorded prompt."""
    from result_building import result

    made = []
    for name, given in DATA["results"].items():
        rows = given["rows"]
        if "flight_date" in given["columns"]:
            rows = [[date.fromisoformat(row[0]), *row[1:]] for row in rows]
        made.append(result(given["columns"], rows, id=name, units={"avg_dep_delay": "minutes"}))
    return made


def slides(number: int) -> list[Slide]:
    """The slides of one recorded answer."""
    answer = json.loads((FIXTURES / f"answer_write_{number}.json").read_text())
    return [_slide(given, f"s{place}") for place, given in enumerate(answer["slides"], 1)]


def _fact(given: dict[str, Any]) -> Fact:
    result_id, dimension = PLACES[given["id"]]
    fact = Fact(
        id=given["id"],
        kind=KINDS[given["kind"]],
        says=given["says"],
        result_ids=[result_id],
        measure="avg_dep_delay",
        dimension=dimension,
    )
    for name, value in given["values"].items():
        exact, fmt = _formatted(value["v"], value["unit"])
        fact.values.add(
            name=name,
            value=from_python(exact),
            format=fmt,
            label=f"{value['unit']} {name.replace('_', ' ')}",
            provenance=Provenance(result_id=result_id, formula=_formula(name)),
        )
    for kind, subjects, measured_by in CLAIMS[given["id"]]:
        fact.claims.add(
            kind=ClaimKind.Value(f"CLAIM_KIND_{kind}"), subjects=subjects, measured_by=measured_by
        )
    return fact


def _formula(name: str) -> str:
    return "max(avg_dep_delay) - min(avg_dep_delay)" if name == "gap" else "max(avg_dep_delay)"


def _formatted(value: Any, unit: str) -> tuple[Any, Format]:
    if unit == "min":
        fmt = Format(kind=FormatKind.FORMAT_KIND_NUMBER, decimals=1, unit="min")
        fmt.polarity = Polarity.POLARITY_LESS_IS_BETTER
        return value, fmt
    if unit == "flights":
        return value, Format(kind=FormatKind.FORMAT_KIND_COUNT, unit="flights")
    if unit == "share":
        return value, Format(kind=FormatKind.FORMAT_KIND_PERCENT, decimals=1)
    if unit == "x":
        return value, Format(kind=FormatKind.FORMAT_KIND_MULTIPLE, decimals=1)
    if unit == "hour":
        return value, Format(kind=FormatKind.FORMAT_KIND_HOUR)
    if unit == "month":
        grain = TimeGrain.TIME_GRAIN_MONTH
        return _MONTHS[value], Format(kind=FormatKind.FORMAT_KIND_DATE, grain=grain)
    if unit == "date":
        grain = TimeGrain.TIME_GRAIN_DAY
        return date.fromisoformat(value), Format(kind=FormatKind.FORMAT_KIND_DATE, grain=grain)
    return value, Format(kind=FormatKind.FORMAT_KIND_NAME)


def _slide(given: dict[str, Any], slide_id: str) -> Slide:
    slide = Slide(id=slide_id, layout=LAYOUTS[given["layout"]])
    slide.headline.CopyFrom(parse_text(given["headline"]))
    for name in ("caption", "notes"):
        if given.get(name):
            getattr(slide, name).CopyFrom(parse_text(given[name]))
    for ref in given.get("kpis", ()):
        slide.kpis.add(value=parse_reference(ref))
    for point in given.get("points", ()):
        slide.points.add(
            lead=parse_text(point["lead"]), text=parse_text(point["text"]), fact_ids=point["facts"]
        )
    for exhibit in _exhibits(given):
        slide.exhibits.append(exhibit)
    return slide


def _exhibits(given: dict[str, Any]) -> Iterator[Any]:
    from aislides.deck.v1.deck_pb2 import Exhibit, Highlight

    shown = given.get("exhibit")
    if not shown:
        return
    exhibit = Exhibit()
    marks = [
        Highlight(value=ref) if (ref := parse_reference(text)) else Highlight(label=text)
        for text in shown.get("highlight", ())
    ]
    if shown["kind"] == "table":
        exhibit.table.result_id = shown["result"]
        for name in (shown["x"], *shown["y"]):
            exhibit.table.columns.add(column=name)
        exhibit.table.highlights.extend(marks)
    else:
        exhibit.chart.result_id, exhibit.chart.x = shown["result"], shown["x"]
        exhibit.chart.y.extend(shown["y"])
        exhibit.chart.highlights.extend(marks)
    yield exhibit
