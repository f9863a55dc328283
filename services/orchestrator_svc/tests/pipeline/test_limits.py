"""What is left out when limits get short, in the stated order, and that it is said."""

from __future__ import annotations

import asyncio

import aislides_analyst
import pytest
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides_runtime.deadlines import Deadline, use_deadline
from aislides_runtime.errors import Unavailable
from google.protobuf.duration_pb2 import Duration
from orchestrator_svc.deck.fitting import fitting
from orchestrator_svc.deck.schema import FINDINGS_SCHEMA, STORYLINE_SCHEMA
from orchestrator_svc.facts import find_facts
from orchestrator_svc.facts.payload import write_payload
from orchestrator_svc.pipeline import retrieval
from orchestrator_svc.pipeline.budget import seconds_left
from orchestrator_svc.ports import ModelUse, Words

import fakes.llm
from fakes.genie import FakeGenie
from fakes.llm import FakeLlm
from fakes.results import monthly_delays

BY_MONTH = "average departure delay by month in 2013"
QUESTION = "How did departure delays develop in 2013?"


def written(result_id="r1"):
    results = [monthly_delays(result_id)]
    return aislides_analyst.write(write_payload(QUESTION, 9, results, find_facts(results)))


def genie():
    return FakeGenie({BY_MONTH: monthly_delays()})


async def make(house, asked, llm, **extra):
    async with house(asked, llm) as made:
        info = await made.make(QUESTION, **extra)
        assert info.state == pb.STATE_SUCCEEDED, info.error
        return info, (await made.store.revision("a" * 32, 0))[1]


async def test_too_few_tokens_to_write_leave_it_to_rules(house):
    llm = FakeLlm([[BY_MONTH]])
    info, bundle = await make(house, genie(), llm, limits=pb.Limits(tokens=500))
    assert "without a model" in bundle.deck.written_by
    assert [remark for remark in info.remarks if "500 tokens" in remark]
    assert info.usage.model_calls == 1


async def test_money_that_is_spent_leaves_writing_to_rules(house, monkeypatch):
    dear = ModelUse(calls=1, input_tokens=100, output_tokens=20, cost_micro_usd=1_000)
    monkeypatch.setattr(fakes.llm, "PLAN_USE", dear)
    limits = pb.Limits(cost_micro_usd=1_500)
    info, _ = await make(house, genie(), FakeLlm([[BY_MONTH]]), limits=limits)
    assert any("US dollars" in remark for remark in info.remarks)


async def test_the_repair_goes_before_the_writer(house, monkeypatch):
    much = ModelUse(calls=1, input_tokens=9_000, output_tokens=3_000)
    monkeypatch.setattr(fakes.llm, "WRITE_USE", much)
    deck = written()
    lie = "Delays reached 99.9 minutes in every month"
    deck["slides"][1] = dict(deck["slides"][1]) | {"headline": lie}
    llm = FakeLlm([[BY_MONTH]], [deck])
    info, bundle = await make(house, genie(), llm, limits=pb.Limits(tokens=13_000))
    assert bundle.deck.written_by == "fake-model"
    assert "99.9" not in str(bundle.deck)
    assert len([remark for remark in info.remarks if "not asked for anew" in remark]) == 1


async def test_follow_up_rounds_go_first(house):
    asked = FakeGenie({"by planet": Words("Which planet?"), BY_MONTH: monthly_delays()})
    llm = FakeLlm([["by planet", BY_MONTH]], [written("r2")])
    info, bundle = await make(house, asked, llm, limits=pb.Limits(tokens=11_000))
    assert bundle.deck.written_by == "fake-model"
    assert any("were not asked anew" in remark for remark in info.remarks)
    llm.assert_used_up()


async def test_questions_beyond_the_limit_are_not_asked_and_are_told(house):
    llm = FakeLlm([[BY_MONTH, "by planet", "by moon"]], [written()])
    asked = genie()
    info, _ = await make(house, asked, llm, limits=pb.Limits(genie_questions=1))
    assert [question for question, _ in asked.asked] == [BY_MONTH]
    told = [remark for remark in info.remarks if "Not asked" in remark]
    assert told == ["Not asked, because this deck may ask 1: “by planet”, “by moon”"]


async def test_questions_that_bring_nothing_count_against_the_limit(house):
    asked = FakeGenie({"by planet": Words("Which planet?"), BY_MONTH: monthly_delays()})
    llm = FakeLlm([["by planet", BY_MONTH]], [written("r2")])
    info, _ = await make(house, asked, llm, limits=pb.Limits(genie_questions=2))
    assert any("all of the 2 questions" in remark for remark in info.remarks)
    assert info.usage.genie_questions == 2


async def test_a_question_that_takes_too_long_is_left_out_and_the_deck_is_made(house, monkeypatch):
    # What is left to finish the deck does not depend on how busy this machine is.
    monkeypatch.setattr(retrieval, "seconds_left", lambda: 1.5)
    asked = FakeGenie({"slow": asyncio.Event(), BY_MONTH: monthly_delays()})
    limits = pb.Limits(time=Duration(seconds=30))
    info, _ = await make(
        house, asked, FakeLlm([["slow", BY_MONTH]], [written("r2")]), limits=limits
    )
    assert any("Not answered: “slow”" in remark for remark in info.remarks)


@pytest.mark.parametrize(("limit", "left"), [(5, 4.0), (100, 98.0)])
def test_other_services_leave_time_to_finish_the_deck(limit, left):
    with use_deadline(Deadline(limit, clock=lambda: 0.0)):
        assert seconds_left() == pytest.approx(left)


@pytest.mark.parametrize("fails", [False, True])
async def test_a_deep_deck_is_interpreted_and_narrated_before_it_is_written(house, fails):
    findings = {"answer": "Summer.", "findings": [{"claim": "Peak", "facts": ["f1"]}], "slides": []}
    story = {"title": "Summer", "storyline": [], "slides": []}
    first = [Unavailable("away")] if fails else [findings, story]
    llm = FakeLlm([[BY_MONTH]], [*first, written()])
    info, _ = await make(house, genie(), llm, depth=pb.DEPTH_DEEP)
    llm.assert_used_up()
    purposes = [call["purpose"] for call in llm.written]
    assert llm.written[-1]["data"]["max_slides"] == 15, "a deep deck has room for what it asks"
    if fails:
        assert purposes == ["interpretation", "write"]
        assert any("separate interpretation" in remark for remark in info.remarks)
    else:
        assert purposes == ["interpretation", "narrative", "write"]
        assert llm.written[-1]["data"]["narrative"]["title"] == "Summer"
        assert llm.written[-1]["data"]["interpretation"]["answer"] == "Summer."
        assert info.usage.model_calls == 4


def test_the_offline_analyst_interprets_and_narrates_as_a_deep_deck_asks():
    results = [monthly_delays()]
    payload = write_payload(QUESTION, 8, results, find_facts(results))
    findings, story = aislides_analyst.interpret(payload), aislides_analyst.narrate(payload)
    assert fitting(findings, FINDINGS_SCHEMA) == findings
    assert fitting(story, STORYLINE_SCHEMA) == story
    assert findings["findings"]
