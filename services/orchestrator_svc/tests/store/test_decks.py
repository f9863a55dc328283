from __future__ import annotations

import asyncio
import sqlite3
from functools import partial

import pytest
from aislides.deck.v1 import deck_pb2
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from orchestrator_svc.errors import DeckNotFound, RequestIdReused, RevisionNotFound
from orchestrator_svc.store.change import Change
from orchestrator_svc.store.database import open_database
from orchestrator_svc.store.decks import DeckStore
from orchestrator_svc.store.listing import list_decks
from orchestrator_svc.store.watchers import Watchers

from fakes.results import monthly_delays

ID = "a" * 32


class Clock:
    """Store time that moves a second a reading."""

    def __init__(self) -> None:
        self.now = 1_700_000_000_000_000

    def __call__(self) -> int:
        self.now += 1_000_000
        return self.now


@pytest.fixture
async def store(database_url):
    async with open_database(database_url) as database:
        yield DeckStore(database, Watchers(), clock=Clock())


def asking(question="How many?", **extra):
    return pb.CreateDeckRequest(question=question, **extra)


async def save_result(store, deck_id, result):
    await store.change(deck_id, lambda change: change.keep_result(result))


async def test_a_new_deck_is_queued_with_its_first_event(store):
    info, existed = await store.create(ID, asking())
    assert (info.state, existed) == (pb.STATE_QUEUED, False)
    events = (await store.log_after(ID, 0)).events
    assert [event.sequence for event in events] == [1]
    assert events[0].accepted.question == "How many?"


async def test_the_same_key_and_body_give_the_same_deck(store):
    await store.create(ID, asking(request_id="k1"))
    info, existed = await store.create("b" * 32, asking(request_id="k1"))
    assert (info.deck_id, existed) == (ID, True)
    with pytest.raises(DeckNotFound):
        await store.get("b" * 32)


async def test_a_key_is_its_tenants_own(store):
    await store.create(ID, asking(request_id="k1", tenant="one"))
    other = await store.create("b" * 32, asking(request_id="k1", tenant="two"))
    unnamed = await store.create("c" * 32, asking(request_id="k1"))
    assert [(info.deck_id[0], existed) for info, existed in (other, unnamed)] == [
        ("b", False),
        ("c", False),
    ]
    again, existed = await store.create("d" * 32, asking(request_id="k1", tenant="two"))
    assert (again.deck_id, existed) == ("b" * 32, True)


async def test_fifty_at_once_with_one_key_make_one_deck(store):
    made = await asyncio.gather(
        *(store.create(f"{number:032x}", asking(request_id="k1")) for number in range(50))
    )
    assert len({info.deck_id for info, _ in made}) == 1
    assert sum(not existed for _, existed in made) == 1


async def test_the_same_key_with_another_body_is_refused(store):
    await store.create(ID, asking(request_id="k1"))
    with pytest.raises(RequestIdReused, match="k1"):
        await store.create("b" * 32, asking("Other?", request_id="k1"))


async def test_parallel_creates_with_one_key_make_one_deck(store):
    made = await asyncio.gather(
        *(store.create(f"{number:032x}", asking(request_id="k")) for number in range(12))
    )
    assert len({info.deck_id for info, _ in made}) == 1
    assert [existed for _, existed in made].count(False) == 1


async def test_event_numbers_have_no_gaps_and_once_means_once(store):
    await store.create(ID, asking())
    for number in range(4):

        def edit(change, number=number):
            event = pb.DeckEvent(remark=pb.Remark(text=str(number)))
            assert change.record(event, once="x") is (number == 0)
            change.record(pb.DeckEvent(remark=pb.Remark(text=f"free {number}")))

        await store.change(ID, edit)
    events = (await store.log_after(ID, 1)).events
    assert [event.sequence for event in events] == [2, 3, 4, 5, 6]
    assert (await store.get(ID)).last_sequence == 6


async def test_a_change_that_raises_writes_nothing(store):
    await store.create(ID, asking())

    def edit(change):
        change.keep_step("lost", "{}")
        change.record(pb.DeckEvent(remark=pb.Remark(text="lost")))
        change.info.state = pb.STATE_FAILED
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await store.change(ID, edit)
    assert await store.steps(ID, 1) == {}
    assert (await store.get(ID)).state == pb.STATE_QUEUED
    assert len((await store.log_after(ID, 0)).events) == 1


async def test_results_are_kept_once_and_in_order_of_their_numbers(store):
    await store.create(ID, asking())
    for name in ("r10", "r2", "r1", "r1"):
        await save_result(store, ID, monthly_delays(name))
    assert [item.id for item in await store.results(ID, 1)] == ["r1", "r2", "r10"]
    assert await store.results(ID, 2) == []


async def test_revisions_are_numbered_and_the_newest_is_current(store):
    await store.create(ID, asking())
    for title in ("First", "Second"):
        bundle = deck_pb2.DeckBundle(deck=deck_pb2.Deck(question=title))
        made = {"origin": "created", "title": title}
        await store.change(ID, partial(Change.add_revision, bundle=bundle, **made))
    info, bundle = await store.revision(ID, 0)
    assert (info.revision, info.parent, bundle.deck.question) == (2, 1, "Second")
    assert [item.title for item in await store.revisions(ID, before=99, limit=9)] == [
        "Second",
        "First",
    ]
    with pytest.raises(RevisionNotFound, match="has 2"):
        await store.revision(ID, 3)


async def test_deleting_frees_the_key_and_removes_everything(store):
    await store.create(ID, asking(request_id="k1"))
    await save_result(store, ID, monthly_delays())
    await store.delete(ID)
    with pytest.raises(DeckNotFound):
        await store.get(ID)
    assert await store.results(ID, 1) == []
    _, existed = await store.create("b" * 32, asking("Another", request_id="k1"))
    assert not existed


async def test_lists_filter_sort_and_page(store):
    for number in range(7):
        await store.create(f"{number:032x}", asking(f"Sales {number}%" if number % 2 else "Costs"))
    seen, token = [], ""
    while True:
        page = await list_decks(store, pb.ListDecksRequest(page_size=3, page_token=token))
        seen += [info.deck_id for info in page.decks]
        token = page.next_page_token
        if not token:
            break
    assert seen == [f"{number:032x}" for number in reversed(range(7))]
    found = await list_decks(store, pb.ListDecksRequest(text="SALES 3%"))
    assert [info.question for info in found.decks] == ["Sales 3%"]
    assert not (await list_decks(store, pb.ListDecksRequest(text="_%"))).decks
    oldest = await list_decks(
        store, pb.ListDecksRequest(page_size=1, order=pb.DECK_ORDER_CREATED_ASCENDING)
    )
    assert oldest.decks[0].deck_id == f"{0:032x}"


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (pb.ListDecksRequest(page_size=-1), "page_size"),
        (pb.ListDecksRequest(page_token="!!"), "page_token"),
        (pb.ListDecksRequest(page_token="WzFd"), "page_token"),
        (pb.ListDecksRequest(text="x" * 201), "text"),
        (pb.ListDecksRequest(order=99), "order"),
    ],
)
async def test_a_bad_listing_names_its_field(store, request_, field):
    from aislides_runtime.errors import InvalidRequest

    with pytest.raises(InvalidRequest) as refused:
        await list_decks(store, request_)
    assert [item.field for item in refused.value.field_violations] == [field]


async def test_the_database_is_durable_and_can_be_opened_again(tmp_path):
    url = f"sqlite+aiosqlite:///{tmp_path}/app.sqlite"
    async with open_database(url) as database:
        await DeckStore(database, Watchers()).create(ID, asking())

    def pragma(name):
        return lambda connection: connection.exec_driver_sql(f"PRAGMA {name}").scalar()

    async with open_database(url) as database:
        assert (await DeckStore(database, Watchers()).get(ID)).question == "How many?"
        mode = await database.read(pragma("journal_mode"))
        level = await database.write(pragma("synchronous"))
    assert (mode, level) == ("wal", 2)


async def test_a_write_that_another_process_kept_waiting_too_long_leaves_the_next_one_alone(
    tmp_path,
):
    async with open_database(f"sqlite:///{tmp_path}/app.sqlite") as database:
        store = DeckStore(database, Watchers())
        await database.write(lambda connection: connection.exec_driver_sql("PRAGMA busy_timeout=1"))
        other = sqlite3.connect(tmp_path / "app.sqlite", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            await store.create(ID, asking())
        other.execute("ROLLBACK")
        other.close()
        await store.create(ID, asking())
        assert (await store.get(ID)).question == "How many?"
