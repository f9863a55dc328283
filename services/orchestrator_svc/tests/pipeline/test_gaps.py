"""Planned questions that brought nothing are told on a slide, and not only in a footnote."""

from __future__ import annotations

import aislides_analyst
from aislides.deck.v1 import deck_pb2
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from orchestrator_svc.facts import find_facts
from orchestrator_svc.facts.payload import write_payload
from orchestrator_svc.ports import Words
from orchestrator_svc.render.html import render_html

from fakes.genie import FakeGenie
from fakes.llm import FakeLlm
from fakes.results import delays_by_origin, monthly_delays

ID = "a" * 32
BY_MONTH = "average departure delay by month in 2013"
BY_ORIGIN = "average departure delay by origin airport in 2013"
BY_PLANET = "average departure delay by planet in 2013"


def written():
    results = [monthly_delays("r1"), delays_by_origin("r2")]
    return aislides_analyst.write(write_payload("How?", 8, results, find_facts(results)))


async def make(house, max_slides=9):
    asked = FakeGenie(
        {
            BY_MONTH: monthly_delays(),
            BY_ORIGIN: delays_by_origin(),
            BY_PLANET: Words("I could not find “planet” in this data."),
        }
    )
    llm = FakeLlm([[BY_MONTH, BY_ORIGIN, BY_PLANET], "Nothing more."], [written()])
    async with house(asked, llm) as made:
        info = await made.make("How did delays develop, by planet?", max_slides=max_slides)
        assert info.state == pb.STATE_SUCCEEDED, info.error
        _, bundle = await made.store.revision(ID, 0)
    return bundle


def layouts(bundle):
    return [slide.layout for slide in bundle.deck.slides]


async def test_a_question_without_answer_has_a_slide_before_the_limits(house):
    bundle = await make(house)
    order = layouts(bundle)
    assert order.count(deck_pb2.LAYOUT_NO_DATA) == 1
    assert order.index(deck_pb2.LAYOUT_NO_DATA) == order.index(deck_pb2.LAYOUT_LIMITS) - 1
    assert len(bundle.deck.slides) <= 9
    ids = [slide.id for slide in bundle.deck.slides]
    assert len(set(ids)) == len(ids)
    assert bundle.verdict.proved == len(bundle.verdict.sentences)


async def test_it_shows_what_was_asked_and_why_nothing_came_back_once(house):
    html = render_html(await make(house)).decode()
    section = html.split('class="slide no-data')[1].split("</section>")[0]
    assert BY_PLANET in section
    assert "I could not find “planet” in this data." in section
    assert html.count("I could not find “planet” in this data.") == 1


async def test_a_deck_without_such_a_slide_tells_it_among_the_limits(house):
    bundle = await make(house)
    kept = [one for one in bundle.deck.slides if one.layout != deck_pb2.LAYOUT_NO_DATA]
    del bundle.deck.slides[:]
    bundle.deck.slides.extend(kept)
    assert "I could not find “planet” in this data." in render_html(bundle).decode()
