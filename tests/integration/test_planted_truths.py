"""The retail demo data hold facts that were put there on purpose: decks find them, and state nothing
that the data do not hold. All services run, over real gRPC and HTTP, on the embedded workspace."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import oracle
import pytest
import pytest_asyncio
from aislides.deck.v1 import deck_pb2
from aislides.deck.v1.fact_pb2 import FactKind
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides.orchestrator.v1.orchestrator_service_pb2_grpc import DeckServiceStub
from aislides_cli.stack import running_stack
from aislides_client import AsyncClient
from aislides_runtime.channels import open_channel
from aislides_runtime.logs import configure_logging
from local_workspace.data.retail import facts as planted
from orchestrator_svc.deck.text import print_text, references
from orchestrator_svc.deck.values import same_value, to_python
from orchestrator_svc.facts.evidence import evidence
from orchestrator_svc.render.html import render_html

pytestmark = [pytest.mark.spawn, pytest.mark.timeout(120), pytest.mark.asyncio(loop_scope="module")]
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def ask(tmp_path_factory):
    """Makes the deck of a question about the retail space; each question once."""
    configure_logging("ERROR", "console", "test", stream=sys.stderr)
    folder = tmp_path_factory.mktemp("retail")
    environ = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "AISLIDES_LOCAL_WORKSPACE__DATA_DIRECTORY": str(folder / "workspace"),
        "AISLIDES_GENIE__DATABASE_URL": f"sqlite:///{folder}/genie.db",
        "AISLIDES_LLM__DATABASE": f"sqlite+aiosqlite:///{folder}/llm.db",
        "AISLIDES_LLM__PROMPTS_FILE": str(Path(__file__).parents[2] / "config/prompts.yaml"),
        "AISLIDES_ORCHESTRATOR__DATABASE_URL": f"sqlite+aiosqlite:///{folder}/decks.sqlite",
    }
    made = {}
    async with (
        running_stack(None, environ, with_gateway=False, free_ports=True) as stack,
        AsyncClient(stack.orchestrator) as decks,
    ):
        space = next(one for one in await decks.spaces() if one.title.startswith("Outdoor retail"))

        async def deck(question):
            if question not in made:
                done = await decks.generate(question, space=space.space_id)
                made[question] = await decks.bundle(done.deck_id)
            return made[question]

        deck.target = stack.orchestrator
        yield deck


async def test_refreshing_a_deck_runs_its_queries_again_and_finds_the_data_unchanged(ask):
    await ask(MAY)
    async with AsyncClient(ask.target) as decks, open_channel(ask.target) as channel:
        deck_id = next(
            one.deck_id for one in await decks.list_decks(limit=9) if one.question == MAY
        )
        stub = DeckServiceStub(channel)
        await stub.RefreshDeck(pb.RefreshDeckRequest(deck_id=deck_id))
        async for _ in stub.WatchDeck(pb.WatchDeckRequest(deck_id=deck_id)):
            pass
        info = (await stub.GetDeck(pb.GetDeckRequest(deck_id=deck_id))).deck
    assert (info.state, info.revision) == (pb.STATE_SUCCEEDED, 1), info.error
    assert any("up to date" in remark for remark in info.remarks)


def said(bundle):
    """Every sentence of the deck's facts, printed."""
    by_id = {fact.id: fact for fact in bundle.facts}
    return [print_text(fact.sentence, by_id, "en-GB") for fact in bundle.facts]


GENERAL = "How did revenue develop, and which regions, channels and products drive it?"
MAY = "revenue by day in May 2024"
COOLER = "How did revenue of Cooler Box develop by quarter?"
WEEKS = "revenue by week"
ONLINE = "online revenue by month"
CHANNELS = "revenue by year and channel"
QUESTIONS = (GENERAL, MAY, COOLER, WEEKS, ONLINE, CHANNELS)


async def test_the_planted_season_is_found(ask):
    factors = planted()["season"]
    top = MONTHS[int(max(factors, key=factors.get)) - 1]
    low = MONTHS[int(min(factors, key=factors.get)) - 1]
    season = next(text for text in said(await ask(GENERAL)) if "usually highest" in text)
    assert f"highest in {top}" in season
    assert f"lowest in {low}" in season


async def test_the_planted_growth_and_the_largest_region_are_found(ask):
    assert planted()["growth_over_two_years"] > 0
    texts = said(await ask(GENERAL))
    assert any("rose from" in text and "in 2023" in text and "in 2024" in text for text in texts)
    assert not any("fell" in text and "in 2023" in text for text in texts)
    region = planted()["largest_region"]["name"]
    assert any(text.startswith(f"{region} had the largest total revenue") for text in texts)


async def test_the_planted_outlier_is_found_on_its_day(ask):
    day = planted()["outlier"]["day"]
    assert day == "2024-05-18"
    assert any("18 May 2024, against a usual" in text for text in said(await ask(MAY)))


async def test_the_planted_decline_of_a_product_is_found(ask):
    assert planted()["declining_product"]["name"] in COOLER
    texts = said(await ask(COOLER))
    assert any("fell from" in text and "in 2023" in text for text in texts)


async def test_the_planted_outage_is_found_in_its_weeks_and_nowhere_else(ask):
    outage = planted()["outage"]
    first, last = (date.fromisoformat(outage[edge]) for edge in ("from", "to"))
    bundle = await ask(WEEKS)
    low = [
        day_of(value)
        for fact in bundle.facts
        if fact.kind == FactKind.FACT_KIND_OUTLIER
        for value in fact.values
        if value.name.endswith("_period") and "below" in fact.says
    ]
    assert len(low) >= 2
    assert all(first <= day <= last for day in low)


async def test_the_planted_move_to_online_is_found(ask):
    share = planted()["online_share"]
    assert share["to"] > share["from"]
    assert any("rose by" in text for text in said(await ask(ONLINE)))
    assert any(text.startswith("Online alone rose by ") for text in said(await ask(CHANNELS)))


@pytest.mark.parametrize("question", QUESTIONS)
async def test_every_printed_figure_and_cell_is_recomputed_from_the_rows(ask, question):
    """By a judge of our own, from the page that a reader sees."""
    bundle = await ask(question)
    page = render_html(bundle).decode()
    rows = {result.id: result for result in bundle.results}
    assert oracle.check(page, rows, [question, "2023", "2024"]) > 5


@pytest.mark.parametrize("question", QUESTIONS)
async def test_nothing_is_found_that_was_not_planted(ask, question):
    """No other outlier, no break of level, no fall of what grows."""
    plan = planted()
    for fact in (await ask(question)).facts:
        text = " ".join(said_of(fact))
        assert fact.kind != FactKind.FACT_KIND_LEVEL_SHIFT or "Cooler" in question, text
        if fact.kind == FactKind.FACT_KIND_OUTLIER:
            days = [day_of(v) for v in fact.values if v.name.endswith("_period")]
            known = date.fromisoformat(plan["outlier"]["day"])
            first, last = (date.fromisoformat(plan["outage"][e]) for e in ("from", "to"))
            weeks = {known, known - timedelta(days=known.weekday())}
            assert all(day in weeks or first <= day <= last for day in days), text
        if fact.kind == FactKind.FACT_KIND_TREND and "Cooler" not in question:
            assert "fell" not in text, text


def day_of(value):
    """The date of a period value."""
    moment = to_python(value.value)
    return moment.date() if isinstance(moment, datetime) else moment


def said_of(fact):
    """The fact's sentence and caveats, printed."""
    return [print_text(one, {fact.id: fact}, "en-GB") for one in (fact.sentence, *fact.caveats)]


@pytest.mark.parametrize("question", QUESTIONS)
async def test_no_figure_is_stated_that_the_data_do_not_hold(ask, question):
    bundle = await ask(question)
    stated = {
        f"{ref.fact_id}.{ref.name}"
        for slide in bundle.deck.slides
        for text in texts_of(slide)
        for ref in references(text)
    }
    assert len(stated) > 5
    for ref in stated:
        proof = evidence(bundle, ref)
        assert same_value(proof.value, proof.recomputed), ref
    typed = [item for item in bundle.verdict.sentences if item.original]
    assert len(typed) <= len(bundle.verdict.sentences) / 10


def texts_of(slide: deck_pb2.Slide):
    """All texts of a slide."""
    yield from (slide.headline, slide.caption, slide.notes, *slide.footnotes)
    for point in slide.points:
        yield from (point.lead, point.text)
