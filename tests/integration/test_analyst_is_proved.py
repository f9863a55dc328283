"""Decks of the analyst, from results to proof: what it writes from facts, the verifier proves."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import duckdb
import jsonschema
import pytest
from aislides.deck.v1 import deck_pb2, fact_pb2, result_pb2, table_pb2
from aislides_analyst import repair, write
from local_workspace.data import FLIGHTS
from orchestrator_svc.deck.schema import DECK_SCHEMA
from orchestrator_svc.deck.spec import slide_from_json
from orchestrator_svc.deck.text import parse_text, print_text
from orchestrator_svc.deck.values import from_python
from orchestrator_svc.facts import find_facts
from orchestrator_svc.facts.payload import write_payload
from orchestrator_svc.verify import VerifyContext, verify_deck, verify_slide

Type = table_pb2.ColumnType
_TYPES: dict[type, Type.ValueType] = {
    int: Type.COLUMN_TYPE_INTEGER,
    float: Type.COLUMN_TYPE_NUMBER,
    Decimal: Type.COLUMN_TYPE_DECIMAL,
    date: Type.COLUMN_TYPE_DATE,
    str: Type.COLUMN_TYPE_TEXT,
}
DEMO = "How did departure delays develop in 2013, and which airports and airlines drive them?"


def result(
    number: int, question: str, names: Sequence[str], rows: Sequence[Sequence[Any]]
) -> result_pb2.Result:
    made = result_pb2.Result(id=f"r{number}", question=question, row_count=len(rows))
    for position, name in enumerate(names):
        cell = next((row[position] for row in rows if row[position] is not None), "")
        made.columns.append(table_pb2.Column(name=name, type=_TYPES[type(cell)]))
    for row in rows:
        made.rows.append(table_pb2.Row(values=[from_python(cell) for cell in row]))
    return made


def flights() -> list[result_pb2.Result]:
    """What the demo question's four queries give."""
    measured = "avg(dep_delay) AS avg_departure_delay_minutes, count(dep_delay) AS flights"
    splits = {
        "month": "CAST(date_trunc('month', flight_date) AS DATE)",
        "origin": "origin",
        "airline": "airlines.name",
        "hour": "dep_hour",
    }
    results = []
    with duckdb.connect() as connection:
        for table in ("flights", "airlines"):
            path = FLIGHTS / f"{table}.parquet"
            connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{path}')")
        for number, (name, split) in enumerate(splits.items(), 1):
            rows = connection.execute(
                f"SELECT {split} AS {name}, {measured} FROM flights JOIN airlines USING (carrier) "
                "GROUP BY 1 ORDER BY 1"
            ).fetchall()
            names = (name, "avg_departure_delay_minutes", "flights")
            question = f"average departure delay and number of flights by {name} in 2013"
            results.append(result(number, question, names, rows))
    return results


def shop() -> list[result_pb2.Result]:
    """Two years of monthly revenue that grows and peaks in December; one region leads."""
    chance = random.Random(7)
    regions = {"East": 4.0, "West": 2.5, "North": 2.0, "South": 1.5}
    months = [date(year, month, 1) for year in (2023, 2024) for month in range(1, 13)]
    cells = {
        (month, region): Decimal(
            round(
                1000 * size * (1 + 0.02 * number) * (1.4 if month.month == 12 else 1)
                + chance.uniform(-40, 40)
            )
        )
        for number, month in enumerate(months)
        for region, size in regions.items()
    }
    by_month = [(m, sum(cells[m, r] for r in regions)) for m in months]
    by_region = [(r, sum(cells[m, r] for m in months)) for r in regions]
    quarters = sorted({date(m.year, 3 * ((m.month - 1) // 3) + 1, 1) for m in months})
    split = [
        (q, r, sum(v for (m, s), v in cells.items() if s == r and q <= m < q + timedelta(90)))
        for q in quarters
        for r in regions
    ]
    return [
        result(1, "total revenue by month", ("month", "total_revenue_usd"), by_month),
        result(2, "total revenue by region", ("region", "total_revenue_usd"), by_region),
        result(
            3,
            "total revenue by quarter and region",
            ("quarter", "region", "total_revenue_usd"),
            split,
        ),
    ]


def daily() -> list[result_pb2.Result]:
    """A quiet month with one day that stands out, and a long tail of pages."""
    chance = random.Random(1)
    start = date(2024, 3, 1)
    days = [
        (start + timedelta(n), 2600 if n == 17 else chance.randint(970, 1030)) for n in range(31)
    ]
    pages = [(f"/page{n}", 5000 - n * 150) for n in range(30)]
    return [
        result(1, "visits by day", ("day", "visits"), days),
        result(2, "visits by page", ("page", "visits"), pages),
    ]


def months(values: Sequence[Any], name: str = "total_sales_usd") -> result_pb2.Result:
    rows = [(date(2024, number, 1), value) for number, value in enumerate(values, 1)]
    return result(1, "sales by month", ("month", name), rows)


def gaps() -> list[result_pb2.Result]:
    rows = [(date(2024, n, 1), None if n % 3 == 0 else 3.0 + n / 10, 100 + n) for n in range(1, 13)]
    return [result(1, "score by month", ("month", "avg_score", "responses"), rows)]


def two_groups() -> list[result_pb2.Result]:
    names = ("region", "product", "total_revenue_eur")
    rows = [(r, p, 100.0 * a + 30 * b) for a, r in enumerate("NSW", 1) for b, p in enumerate("xyz")]
    return [result(1, "revenue by region and product", names, rows)]


Case = tuple[str, Callable[[], list[result_pb2.Result]]]
CASES: dict[str, Case] = {
    "flights": (DEMO, flights),
    "shop": ("How did revenue develop, and which regions drive it?", shop),
    "daily": ("How did visits develop in March?", daily),
    "falling": ("How did sales develop?", lambda: [months([90.0 - 4 * n for n in range(12)])]),
    "tiny": ("How did sales develop?", lambda: [months([10.0, 12.0, 9.0])]),
    "constant": ("How did sales develop?", lambda: [months([10.0] * 12)]),
    "gaps": ("How did the score develop?", gaps),
    "negative": ("How did profit go?", lambda: [months([-5.0, 3.0, -8.0, 12.0], "profit_eur")]),
    "one row": ("What is total sales?", lambda: [result(1, "q", ("total_sales_usd",), [(1.5e6,)])]),
    "two groups": ("How does revenue split by region and product?", two_groups),
    "names only": ("Who is there?", lambda: [result(1, "q", ("name",), [("a",), ("b",)])]),
}


@cache
def given(case: str) -> tuple[str, list[result_pb2.Result], list[fact_pb2.Fact]]:
    """Question, results and facts of a case."""
    question, made = CASES[case]
    results = made()
    return question, results, find_facts(results)


@pytest.mark.parametrize("most", [2, 3, 5, 9])
@pytest.mark.parametrize("case", CASES)
def test_every_sentence_is_proved_and_nothing_is_said_twice(case: str, most: int) -> None:
    question, results, facts = given(case)
    deck = write(write_payload(question, most, results, facts))
    jsonschema.validate(deck, DECK_SCHEMA)
    context = VerifyContext(facts, results, question)
    slides = [slide_from_json(data, f"s{at}") for at, data in enumerate(deck["slides"], 1)]
    for slide in slides:
        assert verify_slide(slide, context) == []
    assert verify_deck(deck_pb2.Deck(slides=slides), context) == []
    for text in (deck["title"], deck.get("subtitle", "")):
        probe = slide_from_json({"layout": "cover", "headline": text or "Title"}, "t")
        assert verify_slide(probe, context) == []
    by_id = {fact.id: fact for fact in facts}
    said = [
        print_text(text, by_id, "en-US")
        for slide in slides
        for text in (slide.headline, *(point.text for point in slide.points))
    ]
    assert len(said) == len(set(said))
    assert len(slides) <= most


def test_the_demo_deck_answers_with_true_figures() -> None:
    question, results, facts = given("flights")
    deck = write(write_payload(question, 9, results, facts))
    by_id = {fact.id: fact for fact in facts}
    read = " ".join(
        print_text(parse_text(text), by_id, "en-US")
        for slide in deck["slides"]
        for text in (slide["headline"], *(p["text"] for p in slide.get("points", [])))
    ).replace("\u00a0", " ")
    for true in (
        "stood at 12.6 min overall",
        "peaked in Jul 2013 at 21.7 min",
        "lowest in Nov 2013 at 5.4 min",
        "EWR had the highest average departure delay, 4.8 min above LGA",
        "ExpressJet Airlines Inc. had the highest average departure delay",
        "a peak of 24.8 min at 19:00",
    ):
        assert true in read


def test_what_makes_the_growth_is_told_where_a_query_shows_it() -> None:
    question, results, facts = given("shop")
    deck = write(write_payload(question, 9, results, facts))
    contributions = {f.id for f in facts if "parts in the change" in f.says}
    cited = {i for s in deck["slides"] for p in s.get("points", []) for i in p["facts"]}
    assert contributions & cited


def test_faulty_sentences_are_repaired_to_proved_ones() -> None:
    question, results, facts = given("flights")
    payload = write_payload(question, 9, results, facts)
    slides = write(payload)["slides"][1:4]
    slides[0]["headline"] = "Delays doubled in every month"
    slides[1]["points"][0]["text"] = "Delays fell by 40 percent because of the weather."
    slides[1]["points"][1]["lead"] = "Always the worst"
    context = VerifyContext(facts, results, question)
    faults = [
        {"slide": at, "field": sentence.field, "code": f.code, "words": f.words, "hint": f.hint}
        for at, data in enumerate(slides)
        for sentence in verify_slide(slide_from_json(data, "s"), context)
        for f in sentence.faults
    ]
    assert {fault["slide"] for fault in faults} == {0, 1}
    mended = repair({**payload, "task": "repair", "slides": slides, "faults": faults})["slides"]
    assert len(mended) == len(slides)
    for data in mended:
        assert verify_slide(slide_from_json(data, "s"), context) == []
