"""genie_svc or llm_svc down, silent, cut off or back again, at every stage: the deck ends with what
there is or with a typed reason, in its time, and nothing that was finished is asked again."""

from __future__ import annotations

from collections import Counter

import oracle
import pytest
from aislides.genie.v1 import genie_service_pb2 as genie_pb
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb

from fakes.results import delays_by_origin, monthly_delays
from fakes.scripted import Always, answers, completed, cut_off, hangs, plans, unavailable, writes

pytestmark = pytest.mark.asyncio(loop_scope="module")
ROWS = {"r1": monthly_delays("r1"), "r2": delays_by_origin("r2")}
DOWN, SILENT = Always(unavailable), Always(hangs)
SECONDS = 3.0
OUT_OF_TIME = {"DECK_TIME_LIMIT", "DEADLINE_EXCEEDED"}


async def tables(request, context):
    """A space that rules can plan over."""
    columns = [
        genie_pb.SpaceColumn(name="month", type_text="DATE"),
        genie_pb.SpaceColumn(name="origin", type_text="STRING"),
        genie_pb.SpaceColumn(name="departure_delay_minutes", type_text="DOUBLE"),
    ]
    table = genie_pb.SpaceTable(name="delays", columns=columns)
    yield genie_pb.GetSpaceResponse(
        space=genie_pb.Space(space_id="s1", title="Test space", tables=[table])
    )


async def answer(request, context):
    """Rows by what is asked."""
    rows = ROWS["r2" if "origin" in request.question else "r1"]
    async for part in answers(rows)(request, context):
        yield part


def script(**changed):
    """All goes well, but for what is changed."""
    return {
        "space": [Always(tables)],
        "plan": [plans("delays by month", "delays by origin")],
        "ask": [answer, answer],
        "write": [writes()],
        **changed,
    }


def lying(deck):
    return deck | {"slides": [{**one, "caption": "up by 99.9"} for one in deck["slides"]]}


def check(made, *, state=pb.STATE_SUCCEEDED):
    assert made.info.state == state, made.info
    again = [call for call, times in Counter(made.script.finished).items() if times > 1 and call[1]]
    assert not again, f"finished and asked again: {again}"
    if state == pb.STATE_SUCCEEDED:
        assert oracle.check(made.html, ROWS, ("2013",)) > 10


def remarks(made):
    return " ".join(made.info.remarks)


DEGRADED = {
    "plan": (script(plan=[DOWN], ask=[Always(answers(ROWS["r1"]))]), "rules planned them"),
    "write": (script(write=[DOWN]), "No model wrote this deck"),
    "repair": (script(write=[writes(lying)], repair=[DOWN]), "were not written anew"),
    "one question": (script(ask=[answer, DOWN]), "Not answered"),
}
CUT = {
    "write at once": script(write=[cut_off(writes(), 1), writes()]),
    "write at the end": script(write=[cut_off(writes(), 5), writes()]),
    "write twice": script(write=[cut_off(writes(), 2), cut_off(writes(), 3), writes()]),
    "repair": script(write=[writes(lying)], repair=[cut_off(writes(), 1), writes()]),
    "ask after its header": script(
        plan=[plans("delays by month")], ask=[cut_off(answers(ROWS["r1"]), 2), answers(ROWS["r1"])]
    ),
    "ask at once": script(
        plan=[plans("delays by month")], ask=[cut_off(answers(ROWS["r1"]), 1), answers(ROWS["r1"])]
    ),
}
BACK = {
    "space": script(space=[unavailable, unavailable, tables]),
    "plan": script(plan=[unavailable, plans("delays by month", "delays by origin")]),
    "ask": script(ask=[unavailable, answer, answer]),
    "write": script(write=[unavailable, writes()]),
    "repair": script(write=[writes(lying)], repair=[unavailable, writes()]),
}


@pytest.mark.parametrize("stage", DEGRADED)
async def test_a_deck_is_made_without_the_service_that_is_down(make_within, stage):
    acts, remark = DEGRADED[stage]
    made = await make_within(acts, seconds=20)
    check(made)
    assert remark in remarks(made)
    assert "99.9" not in made.html


@pytest.mark.parametrize("stage", ["space", "ask"])
async def test_without_data_the_reason_is_typed_and_soon(make_within, stage):
    made = await make_within(
        script(**{stage: [DOWN], "write": []})
        | ({"plan": [], "ask": []} if stage == "space" else {}),
        seconds=20,
    )
    check(made, state=pb.STATE_FAILED)
    assert made.reason == "SERVICE_UNAVAILABLE", made.info.error
    assert made.seconds < 15


@pytest.mark.parametrize("stage", CUT)
async def test_a_stream_that_breaks_off_is_taken_up_under_its_request_id(make_within, stage):
    made = await make_within(CUT[stage], seconds=20)
    check(made)
    assert made.bundle.deck.written_by == "stub"
    assert not made.info.remarks or "99.9" not in remarks(made)
    ids = {request_id for kind, request_id in made.script.calls if kind == stage.split()[0]}
    assert len(ids) == 1


@pytest.mark.parametrize("stage", BACK)
async def test_a_service_that_is_back_soon_is_not_missed(make_within, stage):
    made = await make_within(BACK[stage], seconds=20)
    check(made)
    assert made.bundle.deck.written_by == "stub"
    assert "Not answered" not in remarks(made)


async def test_a_writer_that_breaks_off_for_ever_keeps_the_slides_that_were_out(make_within):
    made = await make_within(script(write=[Always(cut_off(writes(), 3))]), seconds=20)
    check(made)
    assert made.kinds.count("slide_ready") >= 3
    assert "No model wrote this deck" in remarks(made)


@pytest.mark.parametrize("stage", ["plan", "write", "repair", "ask"])
async def test_a_silent_service_costs_no_more_than_the_decks_time(make_within, stage):
    acts = script(**({"write": [writes(lying)]} if stage == "repair" else {}), **{stage: [SILENT]})
    if stage in {"plan", "ask"}:
        acts |= {"write": [Always(writes())], "ask": acts["ask"] if stage == "ask" else []}
        acts["ask"] = acts["ask"] or [Always(answers(ROWS["r1"]))]
    made = await make_within(acts, seconds=SECONDS)
    assert made.seconds < SECONDS + 10
    if made.info.state == pb.STATE_SUCCEEDED:
        check(made)
    else:
        assert made.reason in OUT_OF_TIME, made.info.error


async def test_a_silent_space_ends_with_the_time_limit(make_within):
    acts = script(space=[SILENT], plan=[], ask=[], write=[])
    made = await make_within(acts, seconds=2)
    check(made, state=pb.STATE_FAILED)
    assert made.reason in OUT_OF_TIME
    assert made.seconds < 12


@pytest.mark.parametrize("stage", ["interpretation", "narrative"])
@pytest.mark.parametrize("fault", [DOWN, Always(cut_off(writes(), 1))], ids=["down", "cut"])
async def test_a_deep_deck_goes_on_without_its_separate_reading(make_within, stage, fault):
    read = (
        {"interpretation": [fault]}
        if stage == "interpretation"
        else {
            "interpretation": [Always(findings)],
            "narrative": [fault],
        }
    )
    made = await make_within(script(**read), seconds=20, depth=pb.DEPTH_DEEP)
    check(made)
    assert "Written without a separate" in remarks(made)


async def findings(request, context):
    yield completed('{"answer": "Delays peak.", "findings": [{"claim": "x", "facts": ["f1"]}]}')
