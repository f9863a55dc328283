"""Refreshing a deck: the queries run again, the same words on new figures, no model unless one lies."""

from __future__ import annotations

import aislides_analyst
from aislides.deck.v1 import deck_pb2, result_pb2
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides_runtime.errors import Unavailable
from orchestrator_svc.adapters.genie import content_hash
from orchestrator_svc.deck.text import print_text
from orchestrator_svc.differences import changes_between
from orchestrator_svc.facts import find_facts
from orchestrator_svc.facts.payload import write_payload
from orchestrator_svc.facts.renewal import renewed
from orchestrator_svc.refresh import begin_refresh

from fakes.genie import FakeGenie
from fakes.llm import FakeLlm
from fakes.results import delays_by_origin, monthly_delays

ID = "a" * 32
QUESTION = "How did departure delays develop in 2013?"
BY_MONTH, BY_ORIGIN = "by month", "by origin"


def hashed(result):
    made = result_pb2.Result()
    made.CopyFrom(result)
    made.content_hash = content_hash(made)
    return made


def scaled(result, factor, *, backwards=False):
    """The same result with other measures; `backwards` turns the order of the measures around."""
    made = result_pb2.Result()
    made.CopyFrom(result)
    numbers = [row.values[1].number * factor for row in result.rows]
    for row, number in zip(made.rows, reversed(numbers) if backwards else numbers, strict=True):
        row.values[1].number = number
    return made


class Genie(FakeGenie):
    """Gives other rows when a query runs again."""

    def __init__(self, again):
        super().__init__(
            {BY_MONTH: hashed(monthly_delays()), BY_ORIGIN: hashed(delays_by_origin())}
        )
        self.again = again
        self.run: list[str] = []

    async def run_again(self, result, *, max_rows):
        self.run.append(result.id)
        if isinstance(self.again, Exception):
            raise self.again
        fresh = self.again(result)
        fresh.content_hash = content_hash(fresh)
        return fresh


class Repairing(FakeLlm):
    """Gives the faulty slides back as they were."""

    async def write(self, *, data, purpose, **call):
        if purpose == "repair":
            self._decks.append({"slides": data["slides"]})
        async for part in super().write(data=data, purpose=purpose, **call):
            yield part


def model(extra=()):
    results = [monthly_delays("r1"), delays_by_origin("r2")]
    deck = aislides_analyst.write(write_payload(QUESTION, 9, results, find_facts(results)))
    deck["slides"][1]["points"][:0] = extra
    return Repairing([[BY_MONTH, BY_ORIGIN]], [deck])


async def refreshed(made):
    await begin_refresh(made.store, ID, "once")
    made.jobs.submit(ID)
    info = await made.end()
    return info, (await made.store.revision(ID, 0))[1]


async def test_new_figures_under_the_same_words_cost_no_model_call(house):
    genie, llm = Genie(lambda result: scaled(result, 1.1)), model()
    async with house(genie, llm) as made:
        await made.make(QUESTION)
        before = (await made.store.revision(ID, 0))[1]
        info, after = await refreshed(made)
        assert (info.state, info.revision) == (pb.STATE_SUCCEEDED, 2), info.error
        assert [one.origin for one in await made.store.revisions(ID, before=9, limit=9)] == [
            "refreshed",
            "created",
        ]
        kinds = await made.kinds()
    assert sorted(genie.run) == ["r1", "r2"]
    assert len(llm.written) == 1
    assert info.usage.genie_questions == 2
    assert (kinds.count("accepted"), kinds.count("completed")) == (2, 2)
    assert len(after.deck.slides) >= len(before.deck.slides) - 1
    assert printed(before) != printed(after)
    assert after.verdict.removed == 0
    changes = list(changes_between(before, after))
    assert pb.CHANGE_KIND_FIGURE in {change.kind for change in changes}
    assert all(change.before != change.after for change in changes if change.before)


def printed(bundle):
    by_id = {fact.id: fact for fact in bundle.facts}
    return [print_text(slide.headline, by_id, "en-GB") for slide in bundle.deck.slides]


async def test_data_that_did_not_change_make_no_revision(house):
    async with house(Genie(lambda result: scaled(result, 1)), model()) as made:
        await made.make(QUESTION)
        info, _ = await refreshed(made)
    assert (info.state, info.revision) == (pb.STATE_SUCCEEDED, 1)
    assert any("up to date" in remark for remark in info.remarks)


async def test_a_claim_that_flipped_is_asked_for_anew_and_never_ships(house):
    claim = {
        "lead": "Newark",
        "text": "EWR had the longest delays at {f9.first_value}",
        "facts": [],
    }
    results = [monthly_delays("r1"), delays_by_origin("r2")]
    leader = next(
        fact
        for fact in find_facts(results)
        if fact.dimension == "origin" and any(v.name == "first" for v in fact.values)
    )
    claim["text"] = f"EWR had the highest average delay, {{{leader.id}.first_value}}"
    claim["facts"] = [leader.id]
    names = {value.name for value in leader.values}
    assert "first_value" in names, names
    llm = model([claim])
    genie = Genie(lambda result: scaled(result, 1, backwards=result.id == "r2"))
    async with house(genie, llm) as made:
        await made.make(QUESTION)
        first = (await made.store.revision(ID, 0))[1]
        assert any("EWR had the highest" in str(slide) for slide in first.deck.slides)
        calls = len(llm.written)
        info, after = await refreshed(made)
        assert info.state == pb.STATE_SUCCEEDED, info.error
    assert [call["purpose"] for call in llm.written[calls:]] == ["repair"]
    assert not any("EWR had the highest" in str(slide) for slide in after.deck.slides)
    flips = [one for one in changes_between(first, after) if one.kind == pb.CHANGE_KIND_CLAIM]
    assert "EWR no longer leads; LGA does" in {flip.summary for flip in flips}


def test_slides_that_came_and_went_are_told():
    one = deck_pb2.DeckBundle(deck=deck_pb2.Deck(slides=[deck_pb2.Slide(id="s1")]))
    two = deck_pb2.DeckBundle(deck=deck_pb2.Deck(slides=[deck_pb2.Slide(id="s2")]))
    kinds = [change.kind for change in changes_between(one, two)]
    assert kinds == [pb.CHANGE_KIND_SLIDE_ADDED, pb.CHANGE_KIND_SLIDE_REMOVED]


async def test_a_query_that_cannot_run_again_leaves_the_deck_as_it_was(house):
    async with house(Genie(Unavailable("genie_svc is away")), model()) as made:
        await made.make(QUESTION)
        info, bundle = await refreshed(made)
        assert bundle.deck.slides
    assert (info.state, info.revision) == (pb.STATE_SUCCEEDED, 1)
    assert info.change_error.reason == "SERVICE_UNAVAILABLE"


async def test_the_same_key_refreshes_once(house):
    genie = Genie(lambda result: scaled(result, 1.1))
    async with house(genie, model()) as made:
        await made.make(QUESTION)
        await refreshed(made)
        info, _ = await refreshed(made)
    assert info.revision == 2
    assert len(genie.run) == 2


def test_facts_keep_their_ids_and_new_ones_take_none_that_was_used():
    old = find_facts([monthly_delays("r1"), delays_by_origin("r2")])
    new = renewed(old, find_facts([scaled(monthly_delays("r1"), 3), delays_by_origin("r2")]))
    subjects = {fact.id: (fact.kind, fact.measure, fact.dimension) for fact in old}
    shared = [fact for fact in new if fact.id in subjects]
    assert len(shared) >= len(old) - 2
    for fact in shared:
        assert subjects[fact.id] == (fact.kind, fact.measure, fact.dimension)
    assert len({fact.id for fact in new}) == len(new)
    gone = renewed(old, find_facts([delays_by_origin("r2")]))
    assert {fact.id for fact in gone} <= set(subjects) | {f"f{n}" for n in range(len(old) + 1, 99)}
