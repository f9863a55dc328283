from __future__ import annotations

import pytest
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from orchestrator_svc.errors import QueueFull
from orchestrator_svc.jobs.leases import open_leases
from orchestrator_svc.store.claims import Claims
from orchestrator_svc.store.database import open_database
from orchestrator_svc.store.decks import ClaimLost, DeckStore
from orchestrator_svc.store.watchers import Watchers

A, B = "a" * 32, "b" * 32


@pytest.fixture
async def database(database_url):
    async with open_database(database_url) as database:
        yield database


@pytest.fixture
async def store(database):
    made = DeckStore(database, Watchers(), max_unfinished=2)
    await made.create(A, pb.CreateDeckRequest(question="One?", request_id="k"))
    await made.create(B, pb.CreateDeckRequest(question="Two?"))
    return made


@pytest.fixture
def claims(database, store):
    return Claims(database)


async def save_step(store, claim, outcome="{}"):
    await store.change(
        claim.deck_id, lambda change: change.keep_step("plan", outcome), claim=claim.number
    )


async def end(store, deck_id):
    def edit(change):
        change.info.state = pb.STATE_SUCCEEDED

    await store.change(deck_id, edit)


async def test_a_deck_is_claimed_once_and_the_oldest_first(claims):
    assert [claim.deck_id for claim in await claims.take("e1", 1)] == [A]
    assert [claim.deck_id for claim in await claims.take("e2", 9)] == [B]
    assert await claims.take("e3", 9) == []
    assert (await claims.look("e1")).others == {"e2"}


async def test_tenants_take_turns_whoever_came_first(database, claims, store):
    roomy = DeckStore(database, Watchers())
    await end(store, A)
    await end(store, B)
    for number in range(6):
        await roomy.create(f"{number:032x}", pb.CreateDeckRequest(question="?", tenant="many"))
    late = [f"{number:032x}" for number in (10, 11)]
    for deck_id in late:
        await roomy.create(deck_id, pb.CreateDeckRequest(question="?", tenant="few"))
    first = [claim.deck_id for claim in await claims.take("e1", 2)]
    assert first == [f"{0:032x}", late[0]]
    # One of each is at work now, so the turns go on from there, at any executor.
    then = [claim.deck_id for claim in await claims.take("e2", 4)]
    assert then == [f"{number:032x}" for number in (1,)] + [late[1]] + [
        f"{number:032x}" for number in (2, 3)
    ]


async def test_whoever_has_fewest_at_work_comes_first(database, claims, store):
    roomy = DeckStore(database, Watchers())
    await end(store, A)
    await end(store, B)
    for number in range(5):
        await roomy.create(f"{number:032x}", pb.CreateDeckRequest(question="?", tenant="many"))
    await claims.take("e1", 3)
    await roomy.create("f" * 32, pb.CreateDeckRequest(question="?", tenant="few"))
    assert [claim.deck_id for claim in await claims.take("e2", 1)] == ["f" * 32]


async def test_no_tenant_fills_the_queue_alone(database):
    store = DeckStore(database, Watchers(), max_unfinished=3, max_unfinished_per_tenant=2)
    for deck_id in (A, B):
        await store.create(deck_id, pb.CreateDeckRequest(question="?", tenant="many"))
    with pytest.raises(QueueFull, match="2 of your decks"):
        await store.create("c" * 32, pb.CreateDeckRequest(question="?", tenant="many"))
    await store.create("d" * 32, pb.CreateDeckRequest(question="?", tenant="few"))
    with pytest.raises(QueueFull, match="3 decks are waiting"):
        await store.create("e" * 32, pb.CreateDeckRequest(question="?", tenant="third"))


async def test_finished_decks_belong_to_nobody(claims, store):
    await end(store, A)
    assert [claim.deck_id for claim in await claims.take("e1", 9)] == [B]
    await end(store, B)
    seen = await claims.look("e1")
    assert (seen.held, seen.others, seen.waiting) == ({}, set(), False)


async def test_writes_with_an_old_claim_are_refused(claims, store):
    old = (await claims.take("e1", 1))[0]
    assert await claims.let_go(["e1"]) == 1
    new = (await claims.take("e2", 1))[0]
    assert new.number > old.number
    with pytest.raises(ClaimLost):
        await save_step(store, old)
    await save_step(store, new, '{"a":1}')
    assert await store.steps(A, 1) == {"plan": '{"a":1}'}


async def test_attempts_count_from_the_last_finished_step(claims, store):
    for attempt in (1, 2, 3):
        claim = (await claims.take("e1", 1))[0]
        assert claim.attempts == attempt
        await claims.let_go(["e1"])
    claim = (await claims.take("e1", 1))[0]
    await save_step(store, claim)
    await claims.let_go(["e1"])
    assert (await claims.take("e1", 1))[0].attempts == 1


async def test_an_orderly_end_counts_as_no_attempt_but_a_lost_one_does(claims):
    await claims.take("e1", 1)
    await claims.hand_back("e1")
    assert (await claims.take("e1", 1))[0].attempts == 1
    await claims.hand_back("e1", deck_ids=[A])
    assert (await claims.take("e1", 1))[0].attempts == 2


async def test_work_begun_anew_is_free_and_forgets_attempts(claims, store):
    old = (await claims.take("e1", 1))[0]
    await store.change(A, lambda change: change.begin_run(change.request))
    with pytest.raises(ClaimLost):
        await save_step(store, old)
    assert (await claims.take("e1", 1))[0].attempts == 1


async def test_a_full_queue_refuses_new_decks_but_knows_old_keys(store):
    with pytest.raises(QueueFull) as refused:
        await store.create("c" * 32, pb.CreateDeckRequest(question="Three?"))
    assert refused.value.retry_after
    again = pb.CreateDeckRequest(question="One?", request_id="k")
    info, existed = await store.create("c" * 32, again)
    assert (info.deck_id, existed) == (A, True)
    await end(store, B)
    await store.create("c" * 32, pb.CreateDeckRequest(question="Three?"))


async def test_who_holds_a_lease_is_alive_and_who_gave_it_up_is_not(database, store):
    async with open_leases(database, seconds=15) as mine:
        async with open_leases(database, seconds=15) as other:
            assert await mine.dead([other.executor_id, "gone"]) == {"gone"}
            await other.renew()
        assert await mine.dead([other.executor_id]) == {other.executor_id}


@pytest.mark.postgres
async def test_a_lease_that_is_not_renewed_runs_out(postgres_url):
    async with (
        open_database(postgres_url) as database,
        open_leases(database, seconds=0.001) as other,
        open_leases(database, seconds=15) as mine,
    ):
        assert await mine.dead([other.executor_id]) == {other.executor_id}
        await other.renew()
