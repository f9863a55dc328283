"""A brand file as the service wears it: in decks, stills and themes; a bad one stops the start."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager

import aislides_analyst
import pytest
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides.orchestrator.v1.orchestrator_service_pb2_grpc import DeckServiceStub
from aislides_runtime.channels import open_channel
from aislides_runtime.settings import SettingsError
from orchestrator_svc.bootstrap import running_orchestrator
from orchestrator_svc.facts import find_facts
from orchestrator_svc.facts.payload import write_payload
from orchestrator_svc.settings import OrchestratorSection, OutputSection, Settings, read_settings

from fakes.genie import FakeGenie
from fakes.llm import FakeLlm
from fakes.results import monthly_delays

QUESTION = "How did departure delays develop in 2013?"


@asynccontextmanager
async def serving(folder, **brand):
    path = folder / "brand.json"
    path.write_text(json.dumps({"name": "Acme", **brand}))
    settings = Settings(
        orchestrator=OrchestratorSection(
            listen="127.0.0.1:0", database_url=f"sqlite+aiosqlite:///{folder}/decks.sqlite"
        ),
        output=OutputSection(brand=path),
    )
    results = [monthly_delays("r1")]
    deck = aislides_analyst.write(write_payload(QUESTION, 9, results, find_facts(results)))
    async with (
        running_orchestrator(
            settings,
            genie=FakeGenie({"by month": monthly_delays()}),
            llm=FakeLlm([["by month"]], [deck]),
        ) as server,
        open_channel(server.target) as channel,
    ):
        yield DeckServiceStub(channel)


async def exported(stub, deck_id, **more):
    request = pb.ExportDeckRequest(deck_id=deck_id, **more)
    return b"".join([part.chunk async for part in stub.ExportDeck(request)]).decode()


async def test_decks_stills_and_themes_wear_the_brand(tmp_path):
    brand = {
        "colours": {"primary": "#0e7c66"},
        "footer": "Acme Ltd",
        "classification": "Secret",
        "locale": "de-DE",
    }
    async with serving(tmp_path, **brand) as stub:
        themes = (await stub.ListThemes(pb.ListThemesRequest())).themes
        assert "#0e7c66" in themes[0].swatches
        made = await stub.CreateDeck(pb.CreateDeckRequest(question=QUESTION))
        async for _ in stub.WatchDeck(pb.WatchDeckRequest(deck_id=made.deck.deck_id)):
            pass
        html = await exported(stub, made.deck.deck_id)
        assert "--accent:#0e7c66" in html
        slides = html.split("<section")[1:]
        assert all("Acme Ltd" in slide and "Secret" in slide for slide in slides)
        assert "21,7" in html  # the locale of the brand, as the request names none
        still = await exported(stub, made.deck.deck_id, slide_id="s2")
        assert "Acme Ltd · Secret · " in still
        warm = await exported(stub, made.deck.deck_id, theme="warm")
        assert "--surface:#fffaf3" in warm
        assert "Acme Ltd · Secret" in warm


async def test_a_bad_brand_stops_the_start(tmp_path):
    with pytest.raises(SettingsError, match=r"colours\.primary: must match"):
        async with serving(tmp_path, colours={"primary": "teal"}):
            pass


def test_an_unknown_default_theme_is_one_line_with_the_known_ones(tmp_path):
    path = tmp_path / "config.yaml"
    path.write_text("output:\n  theme: neon\n")
    with pytest.raises(SettingsError, match="must be one of professional, ibcs, dark, warm"):
        read_settings(path, environ={})
