from __future__ import annotations

import asyncio
import threading

import grpc
import pytest
from aislides.deck.v1 import deck_pb2
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides_client import (
    AsyncClient,
    ClarificationNeeded,
    Client,
    DeckFailed,
    SlideGeneratorError,
)
from aislides_client.rich_status import read_rich_status
from aislides_runtime.errors import FieldViolation, InvalidRequest, Unavailable
from google.protobuf.message import DecodeError

from fakes.orchestrator import ID, FakeOrchestrator, event, html_parts, info, serving


@pytest.fixture
def fake():
    return FakeOrchestrator()


def created():
    return pb.CreateDeckResponse(deck=info(pb.STATE_QUEUED))


async def test_a_question_becomes_a_deck_and_events_are_told(fake, tmp_path):
    fake.script("CreateDeck", created())
    fake.script(
        "WatchDeck",
        [event(1, accepted=pb.DeckAccepted()), event(2, completed=pb.DeckCompleted())],
    )
    fake.script("GetDeck", pb.GetDeckResponse(deck=info()))
    fake.script("ExportDeck", html_parts())
    seen = []
    async with serving(fake) as target, AsyncClient(target) as client:
        deck = await client.generate("How many?", max_slides=5, on_event=seen.append)
    assert [item.sequence for item in seen] == [1, 2]
    assert (deck.deck_id, deck.title, deck.html) == (ID, "Many", "<!DOCTYPE html>deck")
    assert deck.save(tmp_path / "a/b.html").read_bytes() == b"<!DOCTYPE html>deck"
    assert fake.requests[0].max_slides == 5


async def test_a_broken_watch_resumes_where_it_was(fake):
    fake.script("WatchDeck", [event(1, accepted=pb.DeckAccepted()), Unavailable("restarting")])
    fake.script("WatchDeck", [event(2, completed=pb.DeckCompleted())])
    async with serving(fake) as target, AsyncClient(target) as client:
        seen = [item.sequence async for item in client.watch(ID)]
    assert seen == [1, 2]
    assert [request.after_sequence for request in fake.requests] == [0, 1]


async def test_failures_and_questions_back_are_exceptions_with_reasons(fake):
    failed = info(pb.STATE_FAILED, error=pb.JobError(reason="GENIE_SQL_FAILED", message="bad SQL"))
    asked = info(
        pb.STATE_NEEDS_CLARIFICATION,
        clarification=pb.DeckClarification(text="Which?", suggestions=["A?"]),
    )
    cancelled = info(pb.STATE_CANCELLED)
    fake.script("GetDeck", *(pb.GetDeckResponse(deck=one) for one in (failed, asked, cancelled)))
    async with serving(fake) as target, AsyncClient(target) as client:
        with pytest.raises(DeckFailed, match="bad SQL") as raised:
            await client.finished(ID)
        assert raised.value.reason == "GENIE_SQL_FAILED"
        with pytest.raises(ClarificationNeeded) as needed:
            await client.finished(ID)
        assert needed.value.suggestions == ["A?"]
        with pytest.raises(DeckFailed) as stopped:
            await client.finished(ID)
        assert stopped.value.reason == "DECK_CANCELLED"


async def test_rich_errors_keep_reason_fields_and_wait(fake):
    bad = InvalidRequest(
        "theme: is unknown", field_violations=[FieldViolation("theme", "choose another")]
    )
    bad.retry_after = 1.5
    fake.script("CreateDeck", bad)
    async with serving(fake) as target, AsyncClient(target) as client:
        with pytest.raises(SlideGeneratorError, match="theme") as raised:
            await client.create("Q?", theme="neon")
    error = raised.value
    assert (error.reason, error.code) == ("INVALID_REQUEST", grpc.StatusCode.INVALID_ARGUMENT)
    assert error.fields == {"theme": "choose another"}
    assert error.retry_after == 1.5


async def test_creating_is_never_retried_and_reading_once(fake):
    fake.script("CreateDeck", Unavailable("away"))
    fake.script("GetDeck", Unavailable("away"), pb.GetDeckResponse(deck=info()))
    async with serving(fake) as target, AsyncClient(target) as client:
        with pytest.raises(SlideGeneratorError):
            await client.create("Q?")
        assert (await client.get(ID)).title == "Many"
    assert len(fake.requests) == 3


async def test_nobody_there_says_how_to_start_one():
    async with AsyncClient("127.0.0.1:1") as client:
        with pytest.raises(SlideGeneratorError, match="aislides up") as raised:
            await client.create("Q?")
    assert raised.value.code is grpc.StatusCode.UNAVAILABLE


async def test_a_damaged_file_is_noticed(fake):
    parts = html_parts()
    parts[1].chunk = b"other"
    fake.script("ExportDeck", parts)
    async with serving(fake) as target, AsyncClient(target) as client:
        with pytest.raises(SlideGeneratorError, match="whole"):
            await client.export(ID)


@pytest.mark.parametrize("call", ["create", "export"])
async def test_unknown_choices_are_refused_before_any_call(call):
    async with AsyncClient("127.0.0.1:1") as client:
        with pytest.raises(SlideGeneratorError) as raised:
            if call == "create":
                await client.create("Q?", depth="bottomless")
            else:
                await client.export(ID, "doc")
    assert raised.value.reason == "INVALID_REQUEST"


async def test_time_up_cancels_the_deck(fake):
    fake.script("CreateDeck", created())
    fake.script("WatchDeck", [asyncio.Event().wait])
    fake.script("CancelDeck", pb.CancelDeckResponse(deck=info(pb.STATE_CANCELLED)))
    fake.script("ListSpaces", pb.ListSpacesResponse())
    async with serving(fake) as target, AsyncClient(target, timeout=0.5) as client:
        await client.spaces()  # so that no time goes to the connection
        with pytest.raises(SlideGeneratorError):
            await client.generate("Q?")


async def test_other_reads(fake):
    fake.script("ListDecks", pb.ListDecksResponse(decks=[info()]))
    fake.script("ListSpaces", pb.ListSpacesResponse(spaces=[pb.SpaceInfo(title="S")]))
    fake.script("ListThemes", pb.ListThemesResponse(themes=[pb.Theme(name="T")]))
    fake.script("GetDeck", pb.GetDeckResponse(bundle=deck_pb2.DeckBundle()))
    fake.script("ReviseDeck", pb.ReviseDeckResponse(deck=info()))
    fake.script("DeleteDeck", pb.DeleteDeckResponse())
    fake.script("GetEvidence", pb.GetEvidenceResponse())
    async with serving(fake) as target, AsyncClient(target) as client:
        assert len(await client.list_decks("many")) == 1
        assert (await client.spaces())[0].title == "S"
        assert (await client.themes())[0].name == "T"
        assert not (await client.bundle(ID)).deck.slides
        assert (await client.answer(ID, "in 2013")).deck_id == ID
        await client.delete(ID)
        await client.evidence(ID, "f1.a")


def test_the_synchronous_client_does_the_same(fake):
    fake.script("CreateDeck", created(), created())
    ends = [event(1, accepted=pb.DeckAccepted()), event(2, completed=pb.DeckCompleted())]
    fake.script("WatchDeck", list(ends), list(ends))
    fake.script("GetDeck", *[pb.GetDeckResponse(deck=info())] * 3)
    fake.script("ExportDeck", html_parts(), html_parts())
    fake.script("CancelDeck", pb.CancelDeckResponse(deck=info()))
    fake.script("ListThemes", pb.ListThemesResponse())
    ready, stop, where = threading.Event(), threading.Event(), []

    async def serve():
        async with serving(fake) as target:
            where.append(target)
            ready.set()
            await asyncio.to_thread(stop.wait)

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    try:
        assert ready.wait(10)
        with Client(where[0]) as client:
            assert client.generate("How many?").title == "Many"
            made = client.create("How many?")
            assert [item.sequence for item in client.watch(made.deck_id)] == [1, 2]
            assert client.finished(ID).html.endswith("deck")
            assert client.get(ID).deck_id == ID
            assert client.cancel(ID).deck_id == ID
            assert client.themes() == []
    finally:
        stop.set()
        thread.join(10)


def test_bytes_that_are_no_status_are_not_read_as_one():
    with pytest.raises(DecodeError):
        read_rich_status(b"\xff\xff\xff")


async def test_a_deck_is_changed_and_its_revisions_are_compared(fake):
    begun = info(pb.STATE_QUEUED, last_sequence=7)
    fake.script("ReviseDeck", pb.ReviseDeckResponse(deck=begun))
    fake.script("WatchDeck", [event(8, completed=pb.DeckCompleted())])
    fake.script("GetDeck", pb.GetDeckResponse(deck=info(revision=2)))
    fake.script("ExportDeck", html_parts())
    fake.script("ListRevisions", pb.ListRevisionsResponse(revisions=[pb.RevisionInfo(revision=2)]))
    fake.script("DiffRevisions", pb.DiffRevisionsResponse(changes=[pb.Change(summary="New")]))
    fake.script("RestoreRevision", pb.RestoreRevisionResponse(deck=info(revision=3)))
    async with serving(fake) as target, AsyncClient(target) as decks:
        deck = await decks.revise(ID, "Remove slide 3", base_revision=1, request_id="k1")
        assert deck.info.revision == 2
        assert [one.revision for one in await decks.revisions(ID)] == [2]
        assert [one.summary for one in await decks.diff(ID, 1)] == ["New"]
        assert (await decks.restore(ID, 1)).revision == 3
    asked, watched = fake.requests[:2]
    assert (asked.instruction, asked.base_revision, asked.request_id) == ("Remove slide 3", 1, "k1")
    assert watched.after_sequence == 7
