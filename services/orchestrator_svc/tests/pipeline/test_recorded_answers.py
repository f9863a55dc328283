"""Answers of a large model, recorded unedited, through the whole pipeline."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from aislides.deck.v1 import deck_pb2
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from orchestrator_svc.export import export
from orchestrator_svc.pipeline import make_deck

from fakes.genie import FakeGenie
from fakes.llm import FakeLlm

for room in ("facts", "verify"):
    sys.path.insert(0, str(Path(__file__).parents[1] / room))

import recorded_answers as recorded  # noqa: E402


@pytest.mark.parametrize("number", [1, 2])
async def test_a_recorded_answer_becomes_a_proved_deck(house, monkeypatch, number):
    # The recorded prompt had facts of its own: they take the place of those that we would find.
    monkeypatch.setattr(make_deck, "find_facts", lambda results: recorded.facts())
    results = {f"question {one.id}": one for one in recorded.results()}
    answer = json.loads((recorded.FIXTURES / f"answer_write_{number}.json").read_text())
    repaired = []

    class Model(FakeLlm):
        """Writes the recorded answer; for a repair it gives the slides back as they were."""

        async def write(self, *, data, purpose, **call):
            if purpose == "repair":
                repaired.extend(data["faults"])
                self._decks.append({"slides": data["slides"]})
            async for part in super().write(data=data, purpose=purpose, **call):
                yield part

    llm = Model([list(results)], [answer])
    async with house(FakeGenie(results), llm) as made:
        info = await made.make(recorded.QUESTION, depth=pb.DEPTH_STANDARD, max_slides=20)
        assert info.state == pb.STATE_SUCCEEDED, info.error
        bundle = (await made.store.revision("a" * 32, 0))[1]
    written = [s for s in bundle.deck.slides if s.layout != deck_pb2.LAYOUT_APPENDIX]
    assert len(written) >= len(answer["slides"]) - 1
    assert bundle.deck.written_by == "fake-model"
    verdict = bundle.verdict
    assert verdict.references > 40
    assert verdict.proved / len(verdict.sentences) > 0.85
    page = export(bundle, info.title, pb.EXPORT_FORMAT_HTML).content.decode()
    assert not re.search(r"\{f\d", page)
