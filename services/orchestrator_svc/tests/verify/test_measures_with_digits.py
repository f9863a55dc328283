"""A measure whose name holds a number can be spoken of, and the number proves nothing else."""

from __future__ import annotations

import pytest
from orchestrator_svc.deck.text import parse_text
from orchestrator_svc.facts import find_facts
from orchestrator_svc.verify import VerifyContext, verify_text
from result_building import result

TRUCKS = [["Atlas", 33.6, 5_400], ["Norden", 26.4, 9_800], ["Hauler", 11.8, 2_600]]


@pytest.fixture(scope="module")
def context():
    made = [result("truck litres_per_100_km trips", TRUCKS)]
    return VerifyContext(find_facts(made), made, "Which trucks use most?")


def faults(context, sentence, fact):
    return verify_text(sentence, [fact.id], context)


def test_templates_of_such_a_measure_are_proved(context):
    spoken = [fact for fact in context.facts.values() if fact.measure == "litres_per_100_km"]
    assert spoken
    for fact in spoken:
        assert not faults(context, fact.sentence, fact)
        assert not faults(context, fact.headline, fact)


def test_its_number_is_no_figure(context):
    fact = next(one for one in context.facts.values() if one.measure == "litres_per_100_km")
    assert faults(context, parse_text("Litres per 100 km came to 100 overall."), fact)
    assert faults(context, parse_text("Trucks use 100 litres."), fact)
