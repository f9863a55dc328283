from __future__ import annotations

import shutil
import sys
from pathlib import Path

import aislides_analyst
import pytest
from aislides.deck.v1 import deck_pb2
from orchestrator_svc.deck.complete import appendix, complete_slide
from orchestrator_svc.deck.spec import slide_from_json
from orchestrator_svc.deck.table import Table
from orchestrator_svc.deck.text import parse_text
from orchestrator_svc.facts import find_facts
from orchestrator_svc.facts.payload import write_payload

from fakes.results import delays_by_origin, monthly_delays, result

# So that these tests share their decks.
sys.path.insert(0, str(Path(__file__).parent))

CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
CHROMIUM += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
QUESTION = "How did departure delays develop in 2013?"


def by_airline():
    names = ["Frontier", "ExpressJet", "Mesa", "AirTran", "Southwest", "Endeavor", "JetBlue"]
    names += ["Virgin America", "United", "Envoy", "Delta", "American", "Alaska", "US Airways"]
    rows = [[name, 20.2 - 1.1 * i, 60_000 - 3_000 * i] for i, name in enumerate(names)]
    return result("r3", ["airline", "avg_departure_delay_minutes", "flights"], rows)


def bundle_of(results, *, max_slides=12):
    """The deck that the analyst writes of these results."""
    facts = find_facts(results)
    by_id = {fact.id: fact for fact in facts}
    tables = {item.id: Table(item) for item in results}
    written = aislides_analyst.write(write_payload(QUESTION, max_slides, results, facts))
    slides = [slide_from_json(data, f"s{i + 1}") for i, data in enumerate(written["slides"])]
    for slide in slides:
        complete_slide(slide, by_id, tables)
    slides += appendix(results, 2, len(slides) + 1)
    deck = deck_pb2.Deck(
        title=parse_text(written["title"]),
        question=QUESTION,
        language="en",
        locale="en-GB",
        theme="professional",
        slides=slides,
        written_by="test",
    )
    deck.prepared_at.FromJsonString("2026-11-21T10:00:00Z")
    return deck_pb2.DeckBundle(deck=deck, results=results, facts=facts)


@pytest.fixture
def bundle():
    return bundle_of([monthly_delays("r1"), delays_by_origin("r2"), by_airline()])


@pytest.fixture
async def page():
    """A page of headless Chromium that notes every request and script error."""
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=CHROMIUM
        )
        opened = await browser.new_page(viewport={"width": 1280, "height": 720})
        opened.requests, opened.errors = [], []
        opened.on("request", lambda request: opened.requests.append(request.url))
        opened.on("pageerror", lambda error: opened.errors.append(str(error)))
        yield opened
        await browser.close()
