"""Two periods side by side: the change and who made it, never the sum of the two."""

from datetime import date

import aislides_analyst
import pytest
from aislides.deck.v1.fact_pb2 import FactKind
from orchestrator_svc.deck.text import parse_text, print_text
from orchestrator_svc.facts import find_facts
from orchestrator_svc.facts.payload import write_payload
from orchestrator_svc.verify import VerifyContext, verify_text
from result_building import result

BEFORE, AFTER = date(2023, 10, 1), date(2024, 10, 1)
REGIONS = {
    "East": (353.0, 401.0),
    "Central": (277.0, 304.0),
    "West": (267.0, 290.0),
    "South": (187.0, 182.0),
}
SQL = "SELECT quarter, sum(revenue) AS total_revenue FROM sales GROUP BY 1"


@pytest.fixture
def results():
    whole = [
        [when, sum(pair[at] for pair in REGIONS.values())]
        for at, when in enumerate((BEFORE, AFTER))
    ]
    split = [
        [when, name, pair[at]]
        for at, when in enumerate((BEFORE, AFTER))
        for name, pair in REGIONS.items()
    ]
    return [
        result("quarter total_revenue", whole, sql=SQL),
        result("quarter region total_revenue", split, id="r2", sql=SQL),
    ]


def test_the_change_is_told_and_not_the_sum(results):
    facts = find_facts(results)
    told = {fact.id: print_text(fact.sentence, {fact.id: fact}, "en-GB") for fact in facts}
    assert told[facts[0].id] == (
        "Total revenue rose from 1,084 in Q4 2023 to 1,177 in Q4 2024, a change of +8.6%."
    )
    assert {fact.kind for fact in facts} == {
        FactKind.FACT_KIND_LEVEL,
        FactKind.FACT_KIND_CONTRIBUTION,
    }
    assert not any("2,261" in sentence for sentence in told.values())


def test_three_periods_have_a_total(results):
    results[0].rows.add(values=[*results[0].rows[0].values])
    results[0].rows[2].values[0].CopyFrom(result("d", [[date(2025, 1, 1)]]).rows[0].values[0])
    results[0].row_count = 3
    facts = find_facts(results[:1])
    assert any(value.name == "total" for fact in facts for value in fact.values)


def test_the_deck_answers_with_the_change_and_shows_who_made_it(results):
    facts = find_facts(results)
    payload = write_payload("How did Q4 2024 compare with Q4 2023?", 8, results, facts)
    deck = aislides_analyst.write(payload)
    by_id = {fact.id: fact for fact in facts}
    headlines = [print_text(parse_text(s["headline"]), by_id, "en-GB") for s in deck["slides"]]
    assert headlines[0] == "Total revenue grew by 8.6% in Q4 2024"
    assert "bridge" in [slide["layout"] for slide in deck["slides"]]
    context = VerifyContext(facts, results, payload["question"])
    for slide in deck["slides"]:
        for text in [slide["headline"], *(point["text"] for point in slide.get("points", []))]:
            assert not verify_text(parse_text(text), list(by_id), context), text
