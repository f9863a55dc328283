"""The rules' own decks take the layouts that their facts support, proved and drawn."""

from __future__ import annotations

from datetime import date

import aislides_analyst
import pytest
from aislides.deck.v1 import deck_pb2
from every_layout import REGIONS, revenue_by_quarter
from orchestrator_svc.deck.complete import complete_slide
from orchestrator_svc.deck.spec import slide_from_json
from orchestrator_svc.deck.table import Table
from orchestrator_svc.facts import find_facts
from orchestrator_svc.facts.payload import write_payload
from orchestrator_svc.render.html import render_html
from orchestrator_svc.verify import VerifyContext, settle_slide, verify_slide

from fakes.results import result


def ranking(result_id, column, numbers):
    made = result(result_id, [column, "total_revenue_usd"], [[k, v] for k, v in numbers.items()])
    made.columns[1].unit = "USD"
    return made


def regions():
    return ranking("r1", "region", {name: 4.3 * sum(both) for name, both in REGIONS.items()})


def products():
    numbers = {"Jacket": 3900.0, "Boot": 2400.0, "Tent": 1500.0, "Hat": 912.0}
    return ranking("r2", "product", numbers)


def channels():
    return ranking("r4", "channel", {"In-store": 5600.0, "Online": 3112.0})


def days():
    rows = [
        [date.fromordinal(735000 + day), 40.0 + day % 7 + (60.0 if day == 30 else 0.0)]
        for day in range(90)
    ]
    return result("r1", ["day", "visits"], rows)


def alone(item, result_id="r1"):
    item.id = result_id
    return item


def written(results):
    facts = find_facts(results)
    story = aislides_analyst.write(write_payload("What drives revenue?", 12, results, facts))
    context = VerifyContext(facts, results, "What drives revenue?")
    slides = [slide_from_json(data, f"s{at}") for at, data in enumerate(story["slides"], start=1)]
    assert [fault for slide in slides for fault in verify_slide(slide, context)] == []
    settled = [settle_slide(slide, context)[0] for slide in slides]
    by_id, tables = {fact.id: fact for fact in facts}, {item.id: Table(item) for item in results}
    for slide in settled:
        complete_slide(slide, by_id, tables)
    deck = deck_pb2.Deck(question="What drives revenue?", slides=settled, locale="en-GB")
    bundle = deck_pb2.DeckBundle(deck=deck, results=results, facts=facts)
    return {slide.layout: slide for slide in settled}, render_html(bundle).decode()


def test_a_change_made_of_parts_is_told_by_a_bridge():
    slides, html = written([regions(), products(), revenue_by_quarter("r3")])
    bridge = slides[deck_pb2.LAYOUT_BRIDGE]
    assert bridge.exhibits[0].chart.kind == deck_pb2.CHART_KIND_WATERFALL
    assert len(bridge.points) >= 2
    assert 'class="slide bridge' in html


def test_two_rankings_of_one_measure_share_a_slide():
    slides, html = written([regions(), products(), channels()])
    comparison = slides[deck_pb2.LAYOUT_COMPARISON]
    assert [item.chart.x for item in comparison.exhibits] == ["product", "channel"]
    assert all(item.caption.spans for item in comparison.exhibits)
    assert "Total revenue was largest for " in html
    assert html.count('class="box exhibit') >= 3


def test_a_course_of_several_groups_is_told_by_small_multiples():
    slides, html = written([alone(revenue_by_quarter())])
    panels = slides[deck_pb2.LAYOUT_SMALL_MULTIPLES]
    assert panels.exhibits[0].chart.facet == "region"
    assert 'class="slide small-multiples' in html


def test_a_long_course_takes_the_whole_width():
    slides, html = written([days()])
    assert slides[deck_pb2.LAYOUT_FULL_WIDTH].points
    assert 'class="box strip"' in html


@pytest.mark.parametrize("missing", ["facts", "time"])
def test_a_bridge_that_no_fact_supports_is_refused_and_left_to_code(missing):
    results = [revenue_by_quarter()] if missing == "facts" else [regions()]
    facts = find_facts(results) if missing == "time" else []
    slide = deck_pb2.Slide(id="s1", layout=deck_pb2.LAYOUT_BRIDGE)
    slide.headline.spans.add(text="The parts of the change are shown")
    chart = slide.exhibits.add().chart
    chart.kind, chart.result_id, chart.x = (
        deck_pb2.CHART_KIND_WATERFALL,
        results[0].id,
        "region",
    )
    chart.y.append("total_revenue_usd")
    context = VerifyContext(facts, results, "q")
    told = [one.hint for fault in verify_slide(slide, context) for one in fault.faults]
    assert any("parts of a change" in hint for hint in told)
    settled, _ = settle_slide(slide, context)
    assert settled.exhibits[0].chart.kind == deck_pb2.CHART_KIND_UNSPECIFIED


def test_a_comparison_with_one_exhibit_is_a_finding():
    results = [regions()]
    slide = deck_pb2.Slide(id="s1", layout=deck_pb2.LAYOUT_COMPARISON)
    slide.headline.spans.add(text="The regions differ by revenue")
    for name in ("region", "gone"):
        chart = slide.exhibits.add().chart
        chart.result_id, chart.x = "r1", name
        chart.y.append("total_revenue_usd")
    settled, _ = settle_slide(slide, VerifyContext(find_facts(results), results, "q"))
    assert settled.layout == deck_pb2.LAYOUT_FINDING
