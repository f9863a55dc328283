from __future__ import annotations

import asyncio

import aislides_analyst
import pytest
from aislides.deck.v1 import deck_pb2, verdict_pb2
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides_runtime.errors import Kind, ServiceError, Unavailable
from orchestrator_svc.deck.text import references
from orchestrator_svc.facts import find_facts
from orchestrator_svc.facts.payload import write_payload
from orchestrator_svc.ports import Words

from fakes.genie import FakeGenie
from fakes.llm import FakeLlm
from fakes.results import delays_by_origin, monthly_delays, result

ID = "a" * 32
BY_MONTH = "average departure delay by month in 2013"
BY_ORIGIN = "average departure delay by origin airport in 2013"
QUESTION = "How did departure delays develop in 2013?"


class NoSpace(ServiceError):
    kind = Kind.NOT_FOUND
    reason = "GENIE_SPACE_NOT_FOUND"


def written_deck(max_slides=9):
    """What a well-behaved writer makes of the two results."""
    results = [monthly_delays("r1"), delays_by_origin("r2")]
    return aislides_analyst.write(write_payload(QUESTION, max_slides, results, find_facts(results)))


def good_genie():
    return FakeGenie({BY_MONTH: monthly_delays(), BY_ORIGIN: delays_by_origin()})


async def test_a_question_becomes_a_proved_deck_in_two_model_calls(house):
    genie, llm = good_genie(), FakeLlm([[BY_MONTH, BY_ORIGIN]], [written_deck()])
    async with house(genie, llm) as made:
        info = await made.make(QUESTION)
        assert info.state == pb.STATE_SUCCEEDED, info.error
        _, bundle = await made.store.revision(ID, 0)
        kinds = await made.kinds()
    genie.assert_used_up()
    llm.assert_used_up()
    assert info.usage.model_calls == 2
    assert info.usage.genie_questions == 2
    assert [item.id for item in bundle.results] == ["r1", "r2"]
    assert bundle.deck.slides[0].layout == deck_pb2.LAYOUT_COVER
    assert bundle.deck.slides[-1].layout == deck_pb2.LAYOUT_APPENDIX
    assert bundle.verdict.proved == len(bundle.verdict.sentences)
    assert kinds[0] == "accepted"
    assert kinds[-2:] == ["verified", "completed"]
    assert kinds.count("slide_ready") == len(bundle.deck.slides) - 1


async def test_genie_and_the_model_learn_whom_the_deck_is_for(house):
    genie, llm = good_genie(), FakeLlm([[BY_MONTH, BY_ORIGIN]], [written_deck()])
    async with house(genie, llm) as made:
        await made.make(QUESTION, tenant="sales")
    assert genie.tenants == llm.tenants == {"sales"}


async def test_slides_are_published_before_the_writer_is_done(house):
    genie, llm = good_genie(), FakeLlm([[BY_MONTH, BY_ORIGIN]], [written_deck()])
    async with house(genie, llm) as made:
        await made.make(QUESTION)
        events = (await made.store.log_after(ID, 0)).events
    first_slide = next(e.sequence for e in events if e.HasField("slide_ready"))
    narrated = next(
        e.sequence
        for e in events
        if e.HasField("stage_completed") and e.stage_completed.stage == pb.STAGE_NARRATIVE
    )
    assert first_slide < narrated


async def test_a_typed_number_is_repaired_once_and_never_ships(house):
    deck = written_deck()
    honest = dict(deck["slides"][1])
    lying = honest | {"headline": "Delays reached 99.9 minutes in every month"}
    deck["slides"][1] = lying
    llm = FakeLlm([[BY_MONTH, BY_ORIGIN]], [deck, {"slides": [honest]}])
    async with house(good_genie(), llm) as made:
        info = await made.make(QUESTION)
        html_free = (await made.store.revision(ID, 0))[1]
    llm.assert_used_up()
    assert llm.written[1]["data"]["task"] == "repair"
    faults = llm.written[1]["data"]["faults"]
    assert {fault["field"] for fault in faults} == {"headline"}
    assert info.usage.model_calls == 3
    assert html_free.verdict.repaired >= 1
    assert "99.9" not in str(html_free.deck)


async def test_a_lie_that_stays_a_lie_is_replaced_by_the_facts_own_sentence(house):
    deck = written_deck()
    lying = dict(deck["slides"][1]) | {"headline": "Delays reached 99.9 minutes in every month"}
    deck["slides"][1] = lying
    llm = FakeLlm([[BY_MONTH, BY_ORIGIN]], [deck, {"slides": [lying]}])
    async with house(good_genie(), llm) as made:
        await made.make(QUESTION)
        bundle = (await made.store.revision(ID, 0))[1]
    assert "99.9" not in str(bundle.deck)
    outcomes = {item.outcome for item in bundle.verdict.sentences}
    assert outcomes & {
        verdict_pb2.SENTENCE_OUTCOME_REPLACED,
        verdict_pb2.SENTENCE_OUTCOME_REMOVED,
    }


async def test_without_a_model_rules_plan_and_write_and_the_deck_says_so(house):
    down = Unavailable("llm_svc at 127.0.0.1:1 does not answer")
    planned = aislides_analyst.plan(
        {"question": BY_MONTH, "max_questions": 4, "space": {"title": "Test space", "tables": []}}
    )
    questions = [item["question"] for item in planned.get("questions", [])] or [BY_MONTH]
    genie = FakeGenie({question: monthly_delays() for question in questions})
    llm = FakeLlm([[BY_MONTH]] if questions == [BY_MONTH] else [down], [down])
    async with house(genie, llm) as made:
        info = await made.make(BY_MONTH)
        assert info.state == pb.STATE_SUCCEEDED, info.error
        bundle = (await made.store.revision(ID, 0))[1]
    assert "without a model" in bundle.deck.written_by
    assert any("SERVICE_UNAVAILABLE" in remark for remark in info.remarks)


async def test_one_question_without_answer_leaves_a_deck_that_says_so(house):
    broken = Unavailable("the workspace is away")
    genie = FakeGenie({BY_MONTH: monthly_delays(), BY_ORIGIN: broken})
    results = [monthly_delays("r1")]
    deck = aislides_analyst.write(write_payload(QUESTION, 9, results, find_facts(results)))
    async with house(genie, FakeLlm([[BY_MONTH, BY_ORIGIN]], [deck])) as made:
        info = await made.make(QUESTION)
        assert info.state == pb.STATE_SUCCEEDED, info.error
        assert "query_failed" in await made.kinds()
    assert any(BY_ORIGIN in remark for remark in info.remarks)


async def test_when_genie_is_away_the_deck_fails_with_its_reason(house):
    away = Unavailable("genie_svc at 127.0.0.1:1 does not answer; start it")
    genie = FakeGenie({BY_MONTH: away})
    async with house(genie, FakeLlm([[BY_MONTH]])) as made:
        info = await made.make(QUESTION)
    assert info.state == pb.STATE_FAILED
    assert info.error.reason == "SERVICE_UNAVAILABLE"
    assert info.error.retryable
    assert info.error.stage == pb.STAGE_RETRIEVAL


async def test_an_unknown_space_fails_at_once(house):
    genie = FakeGenie({}, space=NoSpace("there is no space 'nope'"))
    async with house(genie, FakeLlm([])) as made:
        info = await made.make(QUESTION)
    assert (info.state, info.error.reason) == (pb.STATE_FAILED, "GENIE_SPACE_NOT_FOUND")
    assert info.error.stage == pb.STAGE_INTENT


async def test_a_planner_that_asks_back_ends_in_a_clarification(house):
    words = '{"clarification": "The data covers flights of 2013.", "suggestions": ["Flights?"]}'
    async with house(FakeGenie({}), FakeLlm([words])) as made:
        info = await made.make("Who is the CEO of Delta?")
        assert (await made.kinds())[-1] == "clarification_needed"
    assert info.state == pb.STATE_NEEDS_CLARIFICATION
    assert info.clarification.text == "The data covers flights of 2013."
    assert list(info.clarification.suggestions) == ["Flights?"]


async def test_questions_genie_asks_back_about_are_planned_anew_once(house):
    genie = FakeGenie(
        {
            "delays by planet": Words("Which planet?", ("delays by month",)),
            BY_MONTH: monthly_delays(),
        }
    )
    results = [monthly_delays("r2")]
    deck = aislides_analyst.write(write_payload(QUESTION, 9, results, find_facts(results)))
    llm = FakeLlm([["delays by planet"], [BY_MONTH]], [deck])
    async with house(genie, llm) as made:
        info = await made.make(QUESTION)
        assert info.state == pb.STATE_SUCCEEDED, info.error
    genie.assert_used_up()
    llm.assert_used_up()
    assert llm.planned[1]["turns"][0].outcome == {"answered": False, "asks": "Which planet?"}


async def test_only_questions_back_end_in_a_clarification(house):
    genie = FakeGenie({"a": Words("Which year?", ("in 2013",))})
    async with house(genie, FakeLlm([["a"]])) as made:
        info = await made.make(QUESTION, depth=pb.DEPTH_QUICK)
    assert info.state == pb.STATE_NEEDS_CLARIFICATION
    assert list(info.clarification.suggestions) == ["in 2013"]


async def test_results_without_rows_end_with_what_to_ask_instead(house):
    genie = FakeGenie({BY_MONTH: result("r1", ["month", "flights"], [])})
    async with house(genie, FakeLlm([[BY_MONTH]])) as made:
        info = await made.make(QUESTION)
    assert info.error.reason == "NO_ROWS"
    assert "another period" in info.error.message


async def test_cancelling_stops_work_and_leaves_no_task(house):
    genie = FakeGenie({BY_MONTH: asyncio.Event()})
    async with house(genie, FakeLlm([[BY_MONTH]])) as made:
        await made.store.create(ID, pb.CreateDeckRequest(question=QUESTION))
        made.jobs.submit(ID)
        while "query_progress" not in await made.kinds():
            await asyncio.sleep(0.005)
        info = await made.jobs.cancel(ID)
        assert info.state == pb.STATE_CANCELLED
        assert made.jobs.at_work == 0
        assert (await made.kinds())[-1] == "cancelled"


async def test_a_deck_that_takes_too_long_says_what_to_change(house):
    genie = FakeGenie({BY_MONTH: asyncio.Event()})
    async with house(genie, FakeLlm([[BY_MONTH]]), time_limit=0.3) as made:
        info = await made.make(QUESTION)
    assert info.error.reason == "DECK_TIME_LIMIT"
    assert "fewer slides" in info.error.message


async def test_a_run_that_was_cut_off_is_taken_up_with_the_same_request_ids(house):
    stuck = FakeGenie({BY_MONTH: asyncio.Event()})
    async with house(stuck, FakeLlm([[BY_MONTH]])) as made:
        await made.store.create(ID, pb.CreateDeckRequest(question=QUESTION))
        made.jobs.submit(ID)
        while "query_progress" not in await made.kinds():
            await asyncio.sleep(0.005)
        before = await made.kinds()
    results = [monthly_delays("r1")]
    deck = aislides_analyst.write(write_payload(QUESTION, 9, results, find_facts(results)))
    # The plan was finished: only the question and the writing are left to do.
    genie, llm = FakeGenie({BY_MONTH: monthly_delays()}), FakeLlm([], [deck])
    async with house(genie, llm) as made:
        info = await made.end()
        assert info.state == pb.STATE_SUCCEEDED, info.error
        kinds = await made.kinds()
    assert genie.asked == stuck.asked
    assert kinds[: len(before)] == before
    assert kinds.count("queries_planned") == 1


@pytest.mark.parametrize(("max_slides", "questions"), [(3, 1), (5, 2), (6, 2)])
async def test_the_deck_never_has_more_slides_than_asked_for(house, max_slides, questions):
    results = [monthly_delays("r1"), delays_by_origin("r2")][:questions]
    deck = aislides_analyst.write(write_payload(QUESTION, 40, results, find_facts(results)))
    assert len(deck["slides"]) >= max_slides
    genie = FakeGenie(
        dict(list({BY_MONTH: results[0], BY_ORIGIN: results[-1]}.items())[:questions])
    )
    async with house(genie, FakeLlm([[BY_MONTH, BY_ORIGIN]], [deck])) as made:
        info = await made.make(QUESTION, max_slides=max_slides)
        assert info.state == pb.STATE_SUCCEEDED, info.error
        bundle = (await made.store.revision(ID, 0))[1]
    genie.assert_used_up()
    assert len(bundle.deck.slides) <= max_slides


async def test_every_reference_of_a_deck_resolves(house):
    llm = FakeLlm([[BY_MONTH, BY_ORIGIN]], [written_deck()])
    async with house(good_genie(), llm) as made:
        await made.make(QUESTION)
        bundle = (await made.store.revision(ID, 0))[1]
    known = {(fact.id, value.name) for fact in bundle.facts for value in fact.values}
    for slide in bundle.deck.slides:
        texts = [slide.headline, slide.caption, slide.notes, *slide.footnotes]
        texts += [text for point in slide.points for text in (point.lead, point.text)]
        for text in texts:
            assert {(ref.fact_id, ref.name) for ref in references(text)} <= known


async def test_when_nothing_of_the_writer_can_be_proved_rules_write(house):
    results = [monthly_delays("r9")]
    elsewhere = aislides_analyst.write(write_payload(QUESTION, 9, results, find_facts(results)))
    foreign = {"layout": "finding", "headline": "Delays reached {f99.total}"}
    llm = FakeLlm([[BY_MONTH]], [elsewhere | {"slides": [foreign]}, {"slides": [foreign]}])
    async with house(FakeGenie({BY_MONTH: monthly_delays()}), llm) as made:
        info = await made.make(QUESTION)
        assert info.state == pb.STATE_SUCCEEDED, info.error
        bundle = (await made.store.revision(ID, 0))[1]
    assert len(bundle.deck.slides) > 2
    assert any("could be proved" in remark for remark in info.remarks)
    assert "without a model" in bundle.deck.written_by
