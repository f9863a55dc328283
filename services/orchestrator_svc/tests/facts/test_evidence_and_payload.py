import math
from decimal import Decimal

import pytest
from aislides.deck.v1.deck_pb2 import DeckBundle
from orchestrator_svc.deck.text import UnknownReference
from orchestrator_svc.deck.values import same_value
from orchestrator_svc.facts import find_facts
from orchestrator_svc.facts.evidence import evidence
from orchestrator_svc.facts.payload import MAX_ROWS, json_cell, write_payload
from result_building import result

ROWS = [["EWR", 15.1, 120835], ["JFK", 12.1, 111279], ["LGA", 10.3, 104662]]


def bundle():
    made = result("origin avg_delay_minutes flights", ROWS, sql="select 1")
    found = DeckBundle(results=[made], facts=find_facts([made]))
    found.deck.locale = "en-US"
    return found


def test_evidence_recomputes_every_value_of_every_fact():
    whole = bundle()
    for fact in whole.facts:
        for value in fact.values:
            found = evidence(whole, f"{fact.id}.{value.name}")
            assert same_value(found.value, found.recomputed)
            assert found.source.sql == "select 1"
            assert found.row_count == len(found.rows) > 0
            assert found.display
            assert found.question == "question of r1"


def test_evidence_of_a_damaged_deck_differs_from_what_is_stored():
    whole = bundle()
    whole.results[0].rows[0].values[1].number = 99.0
    leader = next(fact for fact in whole.facts if "avg_delay" in fact.measure and fact.dimension)
    found = evidence(whole, f"{{{leader.id}.first_value}}")
    assert not same_value(found.value, found.recomputed)
    whole.results[0].columns[1].name = "gone"
    assert evidence(whole, f"{leader.id}.first_value").recomputed.WhichOneof("kind") is None


@pytest.mark.parametrize("ref", ["f1.nothing", "f99.x", "nonsense", ""])
def test_an_unknown_reference_is_not_found_and_names_near_ones(ref):
    with pytest.raises(UnknownReference) as caught:
        evidence(bundle(), ref)
    assert caught.value.reason == "REFERENCE_NOT_FOUND"
    assert "near names: f" in caught.value.message


def test_evidence_without_its_result_still_tells_the_formula():
    whole = bundle()
    del whole.results[:]
    found = evidence(whole, f"f1.{whole.facts[0].values[0].name}")
    assert found.provenance.formula
    assert not found.rows


def test_the_payload_holds_what_the_writer_needs_and_is_json():
    whole = bundle()
    payload = write_payload("why?", 7, whole.results, whole.facts)
    assert payload["task"] == "write"
    assert payload["results"]["r1"]["columns"][1] == {
        "name": "avg_delay_minutes",
        "label": "average delay",
        "type": "number",
        "unit": "min",
    }
    assert payload["results"]["r1"]["rows"][0] == ["EWR", 15.1, 120835]
    fact = payload["facts"][0]
    assert set(fact) == {
        "id",
        "kind",
        "says",
        "values",
        "sentence",
        "headline",
        "lead",
        "result",
        "measure",
        "by",
        "score",
    }
    first = next(iter(fact["values"].values()))
    assert set(first) == {"v", "unit", "display"}


def test_the_payload_is_bounded_and_never_rounds():
    rows = [[f"g{at}", Decimal("0.10"), "x" * 5000] for at in range(500)]
    payload = write_payload("q", 5, [result("g amount note", rows)], [])
    shown = payload["results"]["r1"]
    assert len(shown["rows"]) == MAX_ROWS
    assert shown["row_count"] == 500
    assert shown["rows"][0][1] == 0.1
    assert len(shown["rows"][0][2]) == 200


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (Decimal("9" * 38), "9" * 38),
        (Decimal("NaN"), "NaN"),
        (math.nan, None),
        (math.inf, None),
        (None, None),
        (b"ab", "2 bytes"),
    ],
)
def test_cells_that_json_cannot_hold_are_told_exactly_or_left_out(value, cell):
    assert json_cell(value) == cell
