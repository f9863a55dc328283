"""Facts say which part of the data they are about; sentences that leave it out do not ship."""

from datetime import date

import pytest
from aislides.deck.v1.deck_pb2 import LAYOUT_SUMMARY, Deck, Slide
from aislides.deck.v1.fact_pb2 import FactKind
from orchestrator_svc.deck.text import parse_text, print_text, template
from orchestrator_svc.facts import find_facts
from orchestrator_svc.facts.payload import write_payload
from orchestrator_svc.verify import VerifyContext, settle_slide, verify_deck, verify_text
from result_building import result

EVERYWHERE = [30.0, 31, 29, 33, 36, 38, 37, 41, 43, 44, 46, 49]
EASTERN = [9.0, 8, 9, 7, 8, 6, 7, 5, 6, 4, 5, 3]
REGIONS = [["East", 77.0], ["West", 180.0], ["North", 120.0], ["South", 80.0]]


def months(revenue, *, id, where=""):  # noqa: A002
    rows = [[date(2024, month, 1), value] for month, value in enumerate(revenue, 1)]
    return result("month total_revenue", rows, id=id, sql=select("month", where))


def regions(where="", rows=REGIONS):
    return result("region total_revenue", rows, id="r3", sql=select("region", where))


def select(group, where):
    return f"SELECT {group}, sum(revenue) AS total_revenue FROM sales {where} GROUP BY 1"


EAST = "WHERE region = 'East'"


@pytest.fixture
def mixed():
    return [months(EVERYWHERE, id="r1"), months(EASTERN, id="r2", where=EAST), regions()]


def printed(facts):
    by_id = {fact.id: fact for fact in facts}
    return {fact.id: print_text(fact.sentence, by_id, "en-GB") for fact in facts}


def test_a_part_stands_in_every_sentence_about_it(mixed):
    facts = find_facts(mixed)
    sentences = printed(facts)
    eastern = [fact for fact in facts if fact.result_ids == ["r2"]]
    assert eastern
    for fact in facts:
        assert list(fact.scope) == (["East"] if fact in eastern else [])
        assert ("revenue for East" in sentences[fact.id]) == (fact in eastern), sentences[fact.id]


def test_both_totals_are_told_each_with_its_part(mixed):
    facts = find_facts(mixed)
    totals = {
        sentence
        for fact in facts
        if fact.kind == FactKind.FACT_KIND_LEVEL and not fact.dimension
        for sentence in [printed(facts)[fact.id]]
    }
    assert any(one.startswith("Total revenue for East came to 77") for one in totals)
    assert any(one.startswith("Total revenue came to 457") for one in totals)


def test_templates_about_a_part_are_proved(mixed):
    facts = find_facts(mixed)
    context = VerifyContext(facts, mixed, "How does revenue develop?")
    for fact in facts:
        for text in (fact.sentence, fact.headline):
            assert not verify_text(text, [fact.id], context), template(text)


def test_a_sentence_that_leaves_the_part_out_does_not_ship(mixed):
    facts = find_facts(mixed)
    context = VerifyContext(facts, mixed, "How does revenue develop?")
    total = next(
        fact
        for fact in facts
        if fact.result_ids == ["r2"]
        and fact.kind == FactKind.FACT_KIND_LEVEL
        and not fact.dimension
    )

    def codes(words):
        text = parse_text(words.replace("f0", total.id))
        return [fault.code for fault in verify_text(text, [total.id], context)]

    assert codes("Total revenue came to {f0.total} overall") == ["SCOPE_MISSING"]
    assert "SCOPE_MISSING" in codes("Total revenue for West came to {f0.total}")
    assert not codes("Total revenue for East came to {f0.total}")
    assert not codes("East brought {f0.total} of revenue")


def test_what_the_whole_deck_is_about_is_told_with_overall_levels_and_in_footnotes():
    results = [months(EASTERN, id="r1", where=EAST), regions(EAST, [["East", 77.0]])]
    facts = find_facts(results)
    assert not any(fact.scope for fact in facts)
    assert any(
        one.startswith("Total revenue for East came to 77") for one in printed(facts).values()
    )
    assert all("Only East." in map(template, fact.caveats) for fact in facts)
    assert write_payload("Why?", 8, results, facts)["only"] == "East"
    context = VerifyContext(facts, results, "How does revenue develop?")
    for fact in facts:
        assert not verify_text(fact.sentence, [fact.id], context), template(fact.sentence)


def test_a_period_of_one_result_is_told_where_its_rows_do_not_show_it():
    december = "WHERE order_date >= '2024-12-01' AND order_date < '2025-01-01'"
    facts = find_facts([months(EVERYWHERE, id="r1"), regions(december)])
    leader = next(fact for fact in facts if fact.kind == FactKind.FACT_KIND_LEADER)
    assert list(leader.scope) == ["Dec 2024"]
    assert "total revenue in Dec 2024" in printed(facts)[leader.id]


def test_groups_that_the_rows_show_are_said_in_a_footnote_alone():
    two = regions("WHERE region IN ('East', 'West')", REGIONS[:2])
    leader = next(
        fact
        for fact in find_facts([months(EVERYWHERE, id="r1"), two])
        if fact.kind == FactKind.FACT_KIND_LEADER
    )
    assert not leader.scope
    assert "Only East and West." in map(template, leader.caveats)


def test_other_conditions_are_footnotes():
    facts = find_facts([regions("WHERE quantity > 10")])
    assert all("Only where quantity > 10." in map(template, fact.caveats) for fact in facts)


def test_the_writer_is_told_the_part(mixed):
    payload = write_payload("Why?", 8, mixed, find_facts(mixed))
    assert "only" not in payload
    assert payload["results"]["r2"]["only"] == "East"
    assert "only" not in payload["results"]["r1"]
    eastern = [fact for fact in payload["facts"] if fact["result"] == "r2"]
    assert eastern
    assert all(fact["scope"] == ["East"] for fact in eastern)


def test_totals_and_trends_of_two_parts_do_not_contradict_each_other(mixed):
    facts = find_facts(mixed)
    telling = [
        fact for fact in facts if fact.kind in (FactKind.FACT_KIND_LEVEL, FactKind.FACT_KIND_TREND)
    ]
    assert {fact.result_ids[0] for fact in telling} >= {"r1", "r2"}
    deck = Deck(slides=[Slide(id=f"s{fact.id}", headline=fact.headline) for fact in telling])
    context = VerifyContext(facts, mixed, "How does revenue develop?")
    assert verify_deck(deck, context) == []
    for fact in telling:
        del fact.scope[:]
    assert verify_deck(deck, VerifyContext(facts, mixed, "How does revenue develop?"))


def test_what_is_left_out_may_be_said_of_the_whole_deck():
    results = [regions("WHERE (region <> 'East' OR region IS NULL)", REGIONS[1:])]
    facts = find_facts(results)
    context = VerifyContext(facts, results, "Revenue without the East")
    leader = next(fact for fact in facts if fact.kind == FactKind.FACT_KIND_LEADER)
    caption = parse_text("Total revenue by region, all but East")
    assert not verify_text(caption, [leader.id], context)


def test_what_a_fact_says_of_its_part_stays_when_a_deck_is_settled_again():
    results = [regions("WHERE quantity > 10")]
    facts = find_facts(results)
    leader = next(fact for fact in facts if fact.kind == FactKind.FACT_KIND_LEADER)
    slide = Slide(id="s1", layout=LAYOUT_SUMMARY, headline=leader.headline)
    slide.footnotes.extend([*leader.caveats, parse_text("Only where price > 99.")])
    settled, _ = settle_slide(slide, VerifyContext(facts, results, "Revenue by region"))
    assert settled is not None
    assert [template(note) for note in settled.footnotes] == ["Only where quantity > 10."]
