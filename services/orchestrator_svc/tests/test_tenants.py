"""Whose decks a call can see, over real gRPC, on both databases."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager

import aislides_analyst
import grpc.aio
import pytest
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides.orchestrator.v1.orchestrator_service_pb2_grpc import DeckServiceStub
from aislides_runtime.channels import open_channel
from aislides_runtime.status import error_from_rpc
from google.protobuf.message_factory import GetMessageClass
from orchestrator_svc.bootstrap import running_orchestrator
from orchestrator_svc.facts import find_facts
from orchestrator_svc.facts.payload import write_payload
from orchestrator_svc.settings import OrchestratorSection, Settings

from fakes.genie import FakeGenie
from fakes.llm import FakeLlm
from fakes.results import monthly_delays

QUESTION = "How did departure delays develop in 2013?"
NOBODYS = "0" * 32
RESULT = monthly_delays("r1")

METHODS = pb.DESCRIPTOR.services_by_name["DeckService"].methods_by_name
OF_A_DECK = [name for name, rpc in METHODS.items() if "deck_id" in rpc.input_type.fields_by_name]
"""Every call about one deck, those included that somebody adds one day."""
MORE = {
    "ReviseDeck": {"instruction": "Remove slide 3", "base_revision": 99},
    "RestoreRevision": {"revision": 1},
    "DiffRevisions": {"from_revision": 1},
    "GetEvidence": {"ref": "f1.change"},
}
REFUSED = {
    "GetEvidence": ("REFERENCE_NOT_FOUND",),
    "RestoreRevision": ("DECK_AT_WORK",),
    "ReviseDeck": ("DECK_AT_WORK", "REVISION_NOT_CURRENT"),
}
"""Why the owner's own calls may be refused here."""


class SameAgain(FakeGenie):
    """Answers a refresh with what was there."""

    async def run_again(self, result, *, max_rows):
        return result


@asynccontextmanager
async def serving(database_url, decks=1):
    asked = [f"delay by month, for deck {number}" for number in range(decks)]
    deck = aislides_analyst.write(write_payload(QUESTION, 9, [RESULT], find_facts([RESULT])))
    section = OrchestratorSection(listen="127.0.0.1:0", database_url=database_url)
    llm = FakeLlm([[question] for question in asked], [deck] * decks)
    async with (
        running_orchestrator(
            Settings(orchestrator=section), genie=SameAgain(dict.fromkeys(asked, RESULT)), llm=llm
        ) as server,
        open_channel(server.target) as channel,
    ):
        yield DeckServiceStub(channel)


async def made(stub, tenant):
    request = pb.CreateDeckRequest(question=QUESTION, tenant=tenant)
    deck_id = (await stub.CreateDeck(request)).deck.deck_id
    async for response in stub.WatchDeck(pb.WatchDeckRequest(deck_id=deck_id, tenant=tenant)):
        last = response.event.WhichOneof("body")
    assert last == "completed"
    return deck_id


async def reason(stub, name, deck_id, tenant, **more):
    """How a call about a deck ends: the reason and text of its refusal, without the deck's id."""
    request = GetMessageClass(METHODS[name].input_type)(
        deck_id=deck_id, tenant=tenant, **MORE.get(name, {}), **more
    )
    call = getattr(stub, name)(request)
    try:
        if METHODS[name].server_streaming:
            async for _ in call:
                pass
        else:
            await call
    except grpc.aio.AioRpcError as error:
        told = error_from_rpc(error)
        return told.reason, re.sub(deck_id, "ID", told.message)
    return "OK", ""


async def listed(stub, tenant, **more):
    found = await stub.ListDecks(pb.ListDecksRequest(tenant=tenant, **more))
    return [deck.deck_id for deck in found.decks]


def test_every_call_about_decks_names_a_tenant():
    about_decks = {*OF_A_DECK, "CreateDeck", "ListDecks", "GetUsage"}
    assert about_decks == set(METHODS) - {"ListSpaces", "ListThemes"}
    for name in about_decks:
        assert "tenant" in METHODS[name].input_type.fields_by_name, name


async def test_a_deck_of_another_tenant_is_as_one_that_never_was(database_url):
    async with serving(database_url) as stub:
        deck_id = await made(stub, "one")
        for name in OF_A_DECK:
            never = await reason(stub, name, NOBODYS, "two")
            assert never[0] == "DECK_NOT_FOUND", name
            for stranger in ("two", "", "default", "On", "one ", "%"):
                assert await reason(stub, name, deck_id, stranger) == never, (name, stranger)
        # A slide alone, too.
        assert await reason(stub, "ExportDeck", deck_id, "two", slide_id="s1") == never
        # None of these calls changed anything.
        got = (await stub.GetDeck(pb.GetDeckRequest(deck_id=deck_id, tenant="one"))).deck
        assert (got.state, got.revision) == (pb.STATE_SUCCEEDED, 1)


async def test_the_owner_and_a_trusted_caller_do_all_of_it(database_url):
    for caller in ("one", "*"):
        async with serving(database_url) as stub:
            deck_id = await made(stub, "one")
            for name in sorted(OF_A_DECK, key=lambda name: (name == "DeleteDeck", name)):
                ended, _ = await reason(stub, name, deck_id, caller)
                # A run that an earlier call began may still be at work.
                assert ended in ("OK", *REFUSED.get(name, ())), (caller, name)
            assert await listed(stub, "*") == []


async def test_lists_and_sums_keep_to_the_tenant_page_by_page(database_url):
    async with serving(database_url, decks=5) as stub:
        ones = [await made(stub, "one") for _ in range(3)]
        two, nameless = await made(stub, "two"), await made(stub, "")
        assert await listed(stub, "one") == ones[::-1]
        assert await listed(stub, "two") == [two]
        assert await listed(stub, "") == await listed(stub, "default") == [nameless]
        assert await listed(stub, "nobody") == await listed(stub, "o%") == []
        assert await listed(stub, "*", order=pb.DECK_ORDER_CREATED_ASCENDING) == [
            *ones,
            two,
            nameless,
        ]
        # Whose a deck is, is told to who asks for all.
        everybodys = (await stub.ListDecks(pb.ListDecksRequest(tenant="*"))).decks
        assert [deck.tenant for deck in everybodys] == ["default", "two", "one", "one", "one"]
        for tenant, whose in (("*", "two"), ("two", "")):
            request = pb.GetDeckRequest(deck_id=two, tenant=tenant)
            assert (await stub.GetDeck(request)).deck.tenant == whose
        page = await stub.ListDecks(pb.ListDecksRequest(tenant="one", page_size=2))
        # A token of one tenant's page shows another one nothing of it.
        token = page.next_page_token
        assert await listed(stub, "one", page_size=2, page_token=token) == [ones[0]]
        assert await listed(stub, "two", page_token=token) == []
        for tenant, decks in (("one", 3), ("two", 1), ("", 1), ("nobody", 0), ("*", 5)):
            assert (await stub.GetUsage(pb.GetUsageRequest(tenant=tenant))).decks == decks


@pytest.mark.parametrize(("name", "tenant"), [("CreateDeck", "*"), ("GetDeck", "a\nb")])
async def test_a_name_that_no_tenant_can_have_is_refused(tmp_path, name, tenant):
    fields = {"question": QUESTION} if name == "CreateDeck" else {"deck_id": NOBODYS}
    request = GetMessageClass(METHODS[name].input_type)(tenant=tenant, **fields)
    async with serving(f"sqlite+aiosqlite:///{tmp_path}/decks.sqlite") as stub:
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await getattr(stub, name)(request)
    told = error_from_rpc(raised.value)
    assert (told.reason, told.field_violations[0].field) == ("INVALID_REQUEST", "tenant")
