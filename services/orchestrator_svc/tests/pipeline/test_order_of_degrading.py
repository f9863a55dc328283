"""Whatever limit gets short, extras go first, then the repair, last the model as writer; each is told.

The same deck, deep, with a question that brings nothing and a slide that must be repaired, is made
under ever tighter limits of one kind. Every call uses tokens, money and (by a moved clock) seconds.
"""

from __future__ import annotations

import asyncio
import itertools

import aislides_analyst
import pytest
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides_runtime.deadlines import Deadline
from google.protobuf.duration_pb2 import Duration
from orchestrator_svc.facts import find_facts
from orchestrator_svc.facts.payload import write_payload
from orchestrator_svc.ports import Element, ModelUse, PlanAnswer, Words, Written
from orchestrator_svc.store.tables import FINAL_STATES

from fakes.genie import FakeGenie
from fakes.results import monthly_delays

BY_MONTH = "average departure delay by month in 2013"
QUESTION = "How did departure delays develop in 2013?"
REPAIR, WRITER = "repair", "writer"
TOLD = {
    "were not asked anew": "follow-up",
    "Written without a separate": "reading",
    "were not asked for anew": REPAIR,
    "No model wrote this deck": WRITER,
}
TIGHT = {
    "tokens": [40_000, 24_000, 21_000, 16_500, 13_500, 12_500, 9_000, 2_000],
    "cost_micro_usd": [40_000, 24_000, 21_000, 16_500, 13_500, 12_500, 9_000, 2_000],
    "time": [250, 120, 90, 70, 64, 56, 38, 8],
}
"""From ample to next to nothing."""
SECONDS = {"plan": 2, "interpretation": 8, "narrative": 8, "write": 52, "repair": 4}


class Llm:
    """A model that writes one lie, and uses something at each call."""

    def __init__(self, spend):
        self._spend = spend
        self.purposes = []

    def _use(self, purpose, tokens):
        self.purposes.append(purpose)
        self._spend(SECONDS[purpose])
        return ModelUse(1, input_tokens=tokens - 200, output_tokens=200, cost_micro_usd=tokens)

    async def plan(self, *, turns=(), **_):
        use = self._use("plan", 1_000)
        questions = () if turns else ("by planet", BY_MONTH)
        return PlanAnswer(questions, "", "fake-model", use)

    async def write(self, *, data, purpose, **_):
        results = [monthly_delays("r2")]
        deck = aislides_analyst.write(write_payload(QUESTION, 9, results, find_facts(results)))
        if purpose == "interpretation":
            finding = {"claim": "Peak", "facts": ["f1"]}
            deck = {"answer": "Summer.", "findings": [finding], "slides": []}
        elif purpose == "narrative":
            deck = {"title": "Summer", "storyline": [], "slides": []}
        elif purpose == "repair":
            deck = {"slides": [deck["slides"][1]]}
        else:
            lie = dict(deck["slides"][1]) | {"headline": "Delays reached 99.9 minutes"}
            deck["slides"][1] = lie
        use = self._use(purpose, 7_000 if purpose == "write" else 1_500)
        if purpose == "write":
            for index, slide in enumerate(deck["slides"]):
                yield Element(index, slide)
        yield Written(deck, "fake-model", use)


class Clock:
    """The time that a deck has left: its limit less what the model took. No real time passes."""

    def __init__(self):
        self.left = 0.0

    def spend(self, seconds):
        self.left -= seconds


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(Deadline, "remaining", lambda _: max(0.0, made.left))
    return made


async def made_under(house, number, limits, clock):
    """The deck, and what was left out of it."""
    clock.left = limits.time.seconds or 600.0
    house.genie = FakeGenie({"by planet": Words("Which planet?"), BY_MONTH: monthly_delays()})
    house.llm = Llm(clock.spend)
    deck_id = f"{number:032x}"
    asked = pb.CreateDeckRequest(question=QUESTION, depth=pb.DEPTH_DEEP, limits=limits)
    await house.store.create(deck_id, asked)
    house.jobs.submit(deck_id)
    async with asyncio.timeout(20):
        while (info := await house.store.get(deck_id)).state not in FINAL_STATES:
            await asyncio.sleep(0.005)
    assert info.state == pb.STATE_SUCCEEDED, info.error
    return {name for words, name in TOLD.items() if any(words in one for one in info.remarks)}


def limits_of(kind, amount):
    return pb.Limits(**{kind: Duration(seconds=amount) if kind == "time" else amount})


@pytest.mark.parametrize("kind", TIGHT)
async def test_extras_go_first_then_the_repair_then_the_writer(house, clock, kind):
    stages = []
    async with house(None, None, time_limit=600.0) as made:
        for number, amount in enumerate(TIGHT[kind], 1):
            left_out = await made_under(made, number, limits_of(kind, amount), clock)
            if WRITER in left_out:
                # Rules write nothing that needs a repair.
                left_out.add(REPAIR)
            # Nothing goes while what comes before it in the order is still done.
            for later, earlier in ((REPAIR, "follow-up"), (REPAIR, "reading"), (WRITER, REPAIR)):
                assert later not in left_out or earlier in left_out, (amount, left_out)
            done = [one for one in ("follow-up", "reading", REPAIR, WRITER) if one not in left_out]
            called = set(made.llm.purposes)
            assert (WRITER in done) == ("write" in called), amount
            assert (REPAIR in done) == ("repair" in called), amount
            assert ("reading" in done) == ("narrative" in called), amount
            stages.append(left_out)
    assert stages[0] == set()
    assert stages[-1] == {"follow-up", "reading", REPAIR, WRITER}
    assert {"follow-up", "reading"} in stages, "extras alone were never left out"
    assert {"follow-up", "reading", REPAIR} in stages, "the repair never went before the writer"
    for looser, tighter in itertools.pairwise(stages):
        assert looser <= tighter, "a tighter limit must not leave out less"
