"""Lies in known words and true digits: figures in frames of another sort, relations, durations."""

from __future__ import annotations

import flights
import pytest
from aislides.deck.v1.deck_pb2 import Slide
from aislides.deck.v1.fact_pb2 import ValueRef
from orchestrator_svc.deck.text import parse_text
from orchestrator_svc.verify import verify_slide, verify_text

LIES = {
    "{first} makes up for {last}.": "RELATION_UNPROVED",
    "{first} moves in step with {second}.": "RELATION_UNPROVED",
    "{first} takes over from {second}.": "RELATION_UNPROVED",
    "{first} and {last} are much alike.": "DEGREE_UNSUPPORTED",
    "{first} leads {second} by {gap}.": "MISATTRIBUTED",
    "{first} stands at {gap}.": "MISATTRIBUTED",
    "A rise of {first_value} at {first}.": "MISATTRIBUTED",
    "{first} reached {first_value} within a fortnight.": "PERIOD_UNSUPPORTED",
    "{first} took decades to reach {first_value}.": "PERIOD_UNSUPPORTED",
    "Tired crews at {first} brought {first_value}.": "CAUSE_UNSUPPORTED",
    "{first} rests on a solid base at {first_value}.": "WORD_UNKNOWN",
    "{first_value} at {first} is as planned.": "RELATION_UNPROVED",
    "{first_value} at most, at {first}.": "UNIVERSAL_UNSUPPORTED",
    "The gap of {gap} between {first} and {last} is widening.": "DIRECTION_UNSUPPORTED",
}


@pytest.mark.parametrize("wording", LIES)
def test_a_lie_in_true_digits_is_marked(wording):
    fact_id = flights.ids()["ap"]
    found = verify_text(parse_text(_of(wording, fact_id)), [fact_id], flights.context())
    assert LIES[wording] in {fault.code for fault in found}


@pytest.mark.parametrize(
    "wording",
    [
        "{first} leads {last} by {gap}.",
        "{first} averages {gap} more than {last}.",
        "The gap between {first} and {last} is {gap}.",
        "{first} stands at {first_value}, {last} at {last_value}.",
    ],
)
def test_the_same_frames_hold_for_their_own_figures(wording):
    fact_id = flights.ids()["ap"]
    assert verify_text(parse_text(_of(wording, fact_id)), [fact_id], flights.context()) == []


@pytest.mark.parametrize(("label", "proved"), [("Gap between airports", True), ("Growth", False)])
def test_a_key_figures_label_is_read_with_its_value(label, proved):
    slide = Slide(id="s1", headline=parse_text("Delays by airport"))
    slide.kpis.add(value=ValueRef(fact_id=flights.ids()["ap"], name="gap"), label=parse_text(label))
    fields = {one.field for one in verify_slide(slide, flights.context())}
    assert ("kpis[0].label" not in fields) == proved


def _of(wording: str, fact_id: str) -> str:
    return wording.replace("{", f"{{{fact_id}.")
