"""Facts from outside keep their numbers and lose their words: what they may claim is what we find."""

from datetime import date

import pytest
from aislides.deck.v1.deck_pb2 import LAYOUT_FINDING, Point, Slide
from aislides.deck.v1.fact_pb2 import ClaimKind, Fact, FactKind
from orchestrator_svc.deck.text import parse_text, template
from orchestrator_svc.facts import find_facts
from orchestrator_svc.facts.ours import in_our_words
from orchestrator_svc.verify import VerifyContext, settle_slide
from result_building import result

REVENUE = [20.0, 21, 23, 22, 25, 27, 26, 29, 31, 30, 33, 36]


@pytest.fixture
def results():
    rows = [[date(2024, month, 1), value] for month, value in enumerate(REVENUE, 1)]
    return [result("month total_revenue", rows, sql="SELECT month, sum(r) AS total_revenue FROM s")]


def test_our_own_facts_stay_as_they_are_whatever_they_are_called(results):
    facts = find_facts(results)
    given = []
    for number, fact in enumerate(reversed(facts)):
        renamed = Fact()
        renamed.CopyFrom(fact)
        renamed.id = f"f{number + 50}"
        given.append(renamed)
    in_our_words(given, results)
    for fact, ours in zip(given, reversed(facts), strict=True):
        assert template(fact.sentence) == template(ours.sentence).replace(
            ours.id + ".", fact.id + "."
        )
        assert list(fact.claims) == list(ours.claims)


def test_words_and_claims_of_a_caller_are_dropped(results):
    trend = next(fact for fact in find_facts(results) if fact.kind == FactKind.FACT_KIND_TREND)
    lie = Fact()
    lie.CopyFrom(trend)
    del lie.claims[:]
    lie.claims.add(kind=ClaimKind.CLAIM_KIND_DOWN, subjects=["start"])
    lie.sentence.CopyFrom(parse_text("Revenue collapsed."))
    lie.values[0].label = "profit"
    in_our_words([lie], results)
    assert lie == trend


def test_a_fact_that_we_do_not_find_claims_nothing_and_replaces_nothing(results):
    value = find_facts(results)[0].values[0]
    own = Fact(id="f1", result_ids=["r1"], measure="total_revenue", values=[value])
    own.claims.add(kind=ClaimKind.CLAIM_KIND_UP, subjects=[value.name])
    own.sentence.CopyFrom(parse_text("Profit will triple."))
    own.headline.CopyFrom(parse_text("Profit will triple"))
    in_our_words([own], results)
    assert not own.claims
    assert not own.sentence.spans
    assert not own.values[0].label
    text = parse_text("Competitors lost everything.")
    slide = Slide(
        id="s1", layout=LAYOUT_FINDING, headline=parse_text("Competitors lost everything")
    )
    slide.points.append(Point(text=text, fact_ids=["f1"]))
    settled, _ = settle_slide(slide, VerifyContext([own], results, "How is revenue?"))
    assert settled is None
