"""Changing a deck: by an instruction, or by a finished spec. Its words change, its data do not."""

from __future__ import annotations

import aislides_analyst
import pytest
from aislides.deck.v1 import deck_pb2
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides_runtime.errors import InvalidRequest, Unavailable
from orchestrator_svc.deck.text import print_text
from orchestrator_svc.errors import AtWork, NotCurrent, NotFinished
from orchestrator_svc.facts import find_facts
from orchestrator_svc.facts.payload import write_payload
from orchestrator_svc.revise import begin_revision

from fakes.genie import FakeGenie
from fakes.llm import FakeLlm
from fakes.results import delays_by_origin, monthly_delays

ID = "a" * 32
QUESTION = "How did departure delays develop in 2013?"
BY_MONTH, BY_ORIGIN = "by month", "by origin"


def genie():
    return FakeGenie({BY_MONTH: monthly_delays(), BY_ORIGIN: delays_by_origin()})


def model(*revisions):
    results = [monthly_delays("r1"), delays_by_origin("r2")]
    deck = aislides_analyst.write(write_payload(QUESTION, 9, results, find_facts(results)))
    return FakeLlm([[BY_MONTH, BY_ORIGIN]], [deck, *revisions])


def asking(instruction="shorter", **more):
    return pb.ReviseDeckRequest(deck_id=ID, instruction=instruction, **more)


async def revised(made, request):
    await begin_revision(made.store, request)
    made.jobs.submit(ID)
    info = await made.end()
    return info, (await made.store.revision(ID, 0))[1]


def headlines(bundle):
    facts = {fact.id: fact for fact in bundle.facts}
    return {slide.id: print_text(slide.headline, facts, "en-GB") for slide in bundle.deck.slides}


async def test_slides_that_stay_are_named_and_one_is_written_anew(house):
    llm = model()
    async with house(genie(), llm) as made:
        first = await made.make(QUESTION)
        before = (await made.store.revision(ID, 0))[1]
        told = [s for s in before.deck.slides if s.layout != deck_pb2.LAYOUT_APPENDIX]
        sentence = aislides_analyst.write(
            write_payload(QUESTION, 9, list(before.results), list(before.facts))
        )["slides"][2]
        changed = {**sentence, "id": told[2].id, "notes": "Changed."}
        llm._decks.append({"slides": [{"id": told[0].id}, changed, {"id": "s99"}]})
        info, after = await revised(made, asking("Say only this"))
        assert (info.state, info.revision) == (pb.STATE_SUCCEEDED, first.revision + 1), info.error
        newest = (await made.store.revisions(ID, before=9, limit=1))[0]
        assert (newest.origin, newest.instruction, newest.parent) == ("revised", "Say only this", 1)
        kinds = await made.kinds()
    assert [
        slide.id for slide in after.deck.slides if slide.layout != deck_pb2.LAYOUT_APPENDIX
    ] == [
        told[0].id,
        told[2].id,
    ]
    assert headlines(after)[told[0].id] == headlines(before)[told[0].id]
    assert after.deck.slides[-1] == before.deck.slides[-1]
    assert (kinds.count("queries_planned"), kinds.count("completed")) == (1, 2)
    assert info.usage.genie_questions == 2
    assert info.usage.model_calls == 3
    assert llm.written[-1]["data"]["instruction"] == "Say only this"


async def test_a_lie_asked_for_does_not_ship(house):
    """The owner's instruction is no proof: what the facts do not hold is taken out and marked."""
    lie = {
        "id": "new",
        "layout": "finding",
        "headline": "Delays fell by 93 percent everywhere",
        "points": [{"lead": "Best ever", "text": "Delays fell by 93 percent.", "facts": ["f1"]}],
    }
    llm = model({"slides": [{"id": "s1"}, {"id": "s2"}, lie]}, {"slides": [lie]})
    async with house(genie(), llm) as made:
        await made.make(QUESTION)
        info, after = await revised(made, asking("Say that delays fell by 93 percent"))
    llm.assert_used_up()
    assert info.state == pb.STATE_SUCCEEDED, info.error
    assert "93" not in str(headlines(after))
    assert after.verdict.replaced + after.verdict.removed >= 1


async def test_when_nothing_would_change_the_deck_stays_and_the_reason_is_told(house):
    llm = model()
    async with house(genie(), llm) as made:
        await made.make(QUESTION)
        before = (await made.store.revision(ID, 0))[1]
        llm._decks.append({"slides": [{"id": slide.id} for slide in before.deck.slides]})
        info, after = await revised(made, asking("Show profit by planet"))
    assert (info.state, info.revision) == (pb.STATE_SUCCEEDED, 1)
    assert info.change_error.reason == "INSTRUCTION_NOT_UNDERSTOOD"
    assert after == before


async def test_an_answer_of_unknown_slides_only_leaves_the_deck(house):
    async with house(genie(), model({"slides": [{"id": "s77"}]})) as made:
        await made.make(QUESTION)
        info, after = await revised(made, asking("Keep what matters"))
    assert (info.state, info.revision) == (pb.STATE_SUCCEEDED, 1)
    assert info.change_error.reason == "INSTRUCTION_NOT_UNDERSTOOD"
    assert len(after.deck.slides) > 3


async def test_without_a_model_rules_follow_what_they_can(house):
    llm = model(Unavailable("the model is away"))
    async with house(genie(), llm) as made:
        await made.make(QUESTION)
        before = (await made.store.revision(ID, 0))[1]
        info, after = await revised(made, asking("Remove slide 3"))
    assert info.state == pb.STATE_SUCCEEDED, info.error
    gone = set(headlines(before)) - set(headlines(after))
    assert gone == {before.deck.slides[2].id}
    assert any("No model changed this deck" in text for text in info.remarks)
    assert after.deck.written_by == before.deck.written_by


@pytest.mark.parametrize(
    "answer", [[], "no", {"slides": "all"}, {"slides": [{"headline": "No id"}, 7, {"id": 3}]}]
)
async def test_an_answer_that_cannot_be_used_leaves_the_change_to_rules(house, answer):
    llm = model(answer)
    async with house(genie(), llm) as made:
        await made.make(QUESTION)
        before = (await made.store.revision(ID, 0))[1]
        info, after = await revised(made, asking("Remove slide 3"))
    assert info.state == pb.STATE_SUCCEEDED, info.error
    assert len(after.deck.slides) == len(before.deck.slides) - 1


async def test_a_finished_spec_becomes_a_revision_without_a_model_call(house):
    llm = model()
    async with house(genie(), llm) as made:
        await made.make(QUESTION)
        bundle = (await made.store.revision(ID, 0))[1]
        del bundle.deck.slides[3]
        info, after = await revised(made, pb.ReviseDeckRequest(deck_id=ID, spec=bundle))
        newest = (await made.store.revisions(ID, before=9, limit=1))[0]
    assert (info.state, info.revision, newest.origin) == (pb.STATE_SUCCEEDED, 2, "revised")
    assert len(after.deck.slides) == len(bundle.deck.slides)
    assert info.usage.model_calls == 2


async def test_a_revised_spec_can_be_revised_by_instruction(house):
    """The finished spec is of its own run: the next change starts from the revision."""
    llm = model(Unavailable("away"))
    async with house(genie(), llm) as made:
        await made.make(QUESTION)
        bundle = (await made.store.revision(ID, 0))[1]
        await revised(made, pb.ReviseDeckRequest(deck_id=ID, spec=bundle))
        info, after = await revised(made, asking("Remove slide 3"))
    assert (info.state, info.revision) == (pb.STATE_SUCCEEDED, 3), info.error
    assert len(after.deck.slides) == len(bundle.deck.slides) - 1


async def test_the_same_key_changes_once(house):
    llm = model(Unavailable("away"))
    async with house(genie(), llm) as made:
        await made.make(QUESTION)
        request = asking("Remove slide 3", request_id="k1")
        await revised(made, request)
        again = await begin_revision(made.store, request)
    assert (again.state, again.revision) == (pb.STATE_SUCCEEDED, 2)


async def test_what_cannot_be_changed_says_why(house):
    async with house(genie(), model()) as made:
        await made.store.create(ID, pb.CreateDeckRequest(question=QUESTION))
        with pytest.raises(AtWork):
            await begin_revision(made.store, asking())
        await made.jobs.cancel(ID)
        with pytest.raises(NotFinished):
            await begin_revision(made.store, asking())
    async with house(genie(), model()) as made:
        for request in (asking("  "), pb.ReviseDeckRequest(deck_id=ID), asking("x" * 4001)):
            with pytest.raises(InvalidRequest):
                await begin_revision(made.store, request)


async def test_a_change_of_an_older_revision_is_refused(house):
    async with house(genie(), model()) as made:
        await made.make(QUESTION)
        with pytest.raises(NotCurrent, match="revision 1, not 7"):
            await begin_revision(made.store, asking(base_revision=7))
