"""The orchestrator as its callers see it: a real server, a bare gRPC client, scripted ports."""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager

import aislides_analyst
import grpc.aio
import pytest
from aislides.deck.v1 import deck_pb2
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides.orchestrator.v1.orchestrator_service_pb2_grpc import DeckServiceStub
from aislides_runtime.channels import open_channel
from aislides_runtime.settings import SettingsError
from aislides_runtime.status import error_from_rpc
from orchestrator_svc.bootstrap import running_orchestrator
from orchestrator_svc.facts import find_facts
from orchestrator_svc.facts.payload import write_payload
from orchestrator_svc.settings import OrchestratorSection, Settings, read_settings

from fakes.genie import FakeGenie
from fakes.llm import FakeLlm
from fakes.results import delays_by_origin, monthly_delays

BY_MONTH, BY_ORIGIN = "delay by month", "delay by origin"
QUESTION = "How did departure delays develop in 2013?"


def writer():
    results = [monthly_delays("r1"), delays_by_origin("r2")]
    deck = aislides_analyst.write(write_payload(QUESTION, 9, results, find_facts(results)))
    return FakeLlm([[BY_MONTH, BY_ORIGIN]], [deck])


def answers():
    return FakeGenie({BY_MONTH: monthly_delays(), BY_ORIGIN: delays_by_origin()})


@pytest.fixture
def serving(tmp_path):
    @asynccontextmanager
    async def build(genie=None, llm=None):
        section = OrchestratorSection(
            listen="127.0.0.1:0", database_url=f"sqlite+aiosqlite:///{tmp_path}/decks.sqlite"
        )
        async with (
            running_orchestrator(
                Settings(orchestrator=section), genie=genie or FakeGenie({}), llm=llm or FakeLlm([])
            ) as server,
            open_channel(server.target) as channel,
        ):
            yield DeckServiceStub(channel)

    return build


async def refused(call):
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await call
    return error_from_rpc(raised.value)


async def finished(stub, deck_id):
    kinds = []
    async for response in stub.WatchDeck(pb.WatchDeckRequest(deck_id=deck_id)):
        kinds.append(response.event.WhichOneof("body"))
    return kinds, (await stub.GetDeck(pb.GetDeckRequest(deck_id=deck_id))).deck


class PausingLlm(FakeLlm):
    """Waits after so many slides until it is told to go on."""

    def __init__(self, plans, decks, slides):
        super().__init__(plans, decks)
        self.go_on, self._slides = asyncio.Event(), slides

    async def write(self, **asked):
        async for part in super().write(**asked):
            yield part
            self._slides -= 1
            if self._slides == 0:
                await self.go_on.wait()


async def still(stub, deck_id, slide_id):
    request = pb.ExportDeckRequest(deck_id=deck_id, slide_id=slide_id)
    return b"".join([part.chunk async for part in stub.ExportDeck(request)]).decode()


async def test_a_slide_can_be_seen_as_soon_as_it_is_proved(serving):
    plain = writer()
    llm = PausingLlm([[BY_MONTH, BY_ORIGIN]], plain._decks, 3)
    async with serving(answers(), llm) as stub:
        made = await stub.CreateDeck(pb.CreateDeckRequest(question=QUESTION))
        deck_id = made.deck.deck_id
        seen, early = {}, {}
        async for response in stub.WatchDeck(pb.WatchDeckRequest(deck_id=deck_id)):
            if response.event.HasField("slide_ready"):
                ready = response.event.slide_ready
                assert ready.slide.id == ready.slide_id
                if len(seen) < 3:
                    early[ready.slide_id] = await still(stub, deck_id, ready.slide_id)
                seen[ready.slide_id] = ready.headline
                if len(seen) == 3:
                    unseen = await refused(still(stub, deck_id, "s9"))
                    llm.go_on.set()
            completed = response.event.completed
        assert unseen.reason == "SLIDE_NOT_FOUND"
        assert list(seen) == list(completed.slide_ids)[: len(seen)]
        for slide_id, page in early.items():
            assert seen[slide_id] in re.sub("<[^>]+>", "", page)
            assert "<script" not in page and "inert" in page
        appendix = await still(stub, deck_id, completed.slide_ids[-1])
        assert "SELECT" in appendix


async def test_a_deck_is_made_watched_read_exported_proved_and_deleted(serving):
    async with serving(answers(), writer()) as stub:
        made = await stub.CreateDeck(pb.CreateDeckRequest(question=f"  {QUESTION} "))
        deck_id = made.deck.deck_id
        kinds, info = await finished(stub, deck_id)
        assert (kinds[0], kinds[-1]) == ("accepted", "completed")
        assert info.state == pb.STATE_SUCCEEDED, info.error
        assert info.question == QUESTION
        got = await stub.GetDeck(pb.GetDeckRequest(deck_id=deck_id, view=pb.DECK_VIEW_FULL))
        assert len(got.bundle.deck.slides) == info.slide_count
        parts = [part async for part in stub.ExportDeck(pb.ExportDeckRequest(deck_id=deck_id))]
        content = b"".join(part.chunk for part in parts[1:])
        assert len(content) == parts[0].header.size_bytes
        assert content.startswith(b"<!DOCTYPE html>")
        fact = got.bundle.facts[0]
        ref = f"{fact.id}.{fact.values[0].name}"
        proof = (await stub.GetEvidence(pb.GetEvidenceRequest(deck_id=deck_id, ref=ref))).evidence
        assert proof.value == proof.recomputed
        revision = await stub.GetRevision(pb.GetRevisionRequest(deck_id=deck_id))
        assert revision.revision.revision == 1
        listed = await stub.ListRevisions(pb.ListRevisionsRequest(deck_id=deck_id))
        assert [item.revision for item in listed.revisions] == [1]
        assert (await stub.GetUsage(pb.GetUsageRequest())).total.model_calls == 2
        await stub.DeleteDeck(pb.DeleteDeckRequest(deck_id=deck_id))
        gone = await refused(stub.GetDeck(pb.GetDeckRequest(deck_id=deck_id)))
        assert gone.reason == "DECK_NOT_FOUND"


async def test_watching_resumes_after_a_sequence_number(serving):
    async with serving(answers(), writer()) as stub:
        made = await stub.CreateDeck(pb.CreateDeckRequest(question=QUESTION))
        await finished(stub, made.deck.deck_id)
        request = pb.WatchDeckRequest(deck_id=made.deck.deck_id, after_sequence=3)
        seen = [r.event.sequence async for r in stub.WatchDeck(request)]
    assert seen == list(range(4, 4 + len(seen)))


async def test_json_export_is_the_bundle(serving):
    from google.protobuf import json_format

    async with serving(answers(), writer()) as stub:
        made = await stub.CreateDeck(pb.CreateDeckRequest(question=QUESTION))
        await finished(stub, made.deck.deck_id)
        request = pb.ExportDeckRequest(deck_id=made.deck.deck_id, format=pb.EXPORT_FORMAT_JSON)
        parts = [part async for part in stub.ExportDeck(request)]
        bundle = json_format.Parse(b"".join(p.chunk for p in parts[1:]), deck_pb2.DeckBundle())
        assert bundle.deck.question == QUESTION
        other = pb.ExportDeckRequest(deck_id=made.deck.deck_id, format=pb.EXPORT_FORMAT_PDF)
        fault = await refused(stub.ExportDeck(other).read())
        assert (fault.reason, fault.metadata["formats"]) == (
            "EXPORT_FORMAT_NOT_AVAILABLE",
            "html,json",
        )


BAD = [
    ({}, "question"),
    ({"question": ""}, "question"),
    ({"question": "\u200b \n"}, "question"),
    ({"question": "x" * 100_000}, "question"),
    ({"question": "a\x00b"}, "question"),
    ({"question": "Q?", "max_slides": 0}, "max_slides"),
    ({"question": "Q?", "max_slides": -1}, "max_slides"),
    ({"question": "Q?", "max_slides": 1000}, "max_slides"),
    ({"question": "Q?", "space_id": "a/b"}, "space_id"),
    ({"question": "Q?", "theme": "neon"}, "theme"),
    ({"question": "Q?", "locale": "English"}, "locale"),
    ({"question": "Q?", "request_id": "a b"}, "request_id"),
    ({"question": "Q?", "depth": 77}, "depth"),
    ({"question": "Q?", "limits": pb.Limits(tokens=-1)}, "limits.tokens"),
    ({"spec": deck_pb2.DeckBundle()}, "spec.deck.slides"),
]


@pytest.mark.parametrize(("fields", "field"), BAD)
async def test_bad_requests_name_their_field(serving, fields, field):
    async with serving() as stub:
        fault = await refused(stub.CreateDeck(pb.CreateDeckRequest(**fields)))
    assert fault.reason == "INVALID_REQUEST"
    assert [item.field for item in fault.field_violations] == [field]


async def test_calls_on_decks_that_are_not_there_or_not_done_say_so(serving):
    stuck = FakeGenie({BY_MONTH: asyncio.Event()})
    async with serving(stuck, FakeLlm([[BY_MONTH]])) as stub:
        made = await stub.CreateDeck(pb.CreateDeckRequest(question=QUESTION))
        deck_id = made.deck.deck_id
        unfinished = await refused(stub.GetEvidence(pb.GetEvidenceRequest(deck_id=deck_id)))
        assert unfinished.reason == "DECK_NOT_FINISHED"
        wrong = await refused(stub.GetDeck(pb.GetDeckRequest(deck_id="nope")))
        assert wrong.reason == "INVALID_REQUEST"
        missing = await refused(stub.CancelDeck(pb.CancelDeckRequest(deck_id="0" * 32)))
        assert missing.reason == "DECK_NOT_FOUND"
        asks_nothing = await refused(
            stub.ReviseDeck(pb.ReviseDeckRequest(deck_id=deck_id, clarification_answer="in 2013"))
        )
        assert asks_nothing.reason == "DECK_ASKS_NOTHING"
        cancelled = await stub.CancelDeck(pb.CancelDeckRequest(deck_id=deck_id))
        assert cancelled.deck.state == pb.STATE_CANCELLED


async def test_an_instruction_makes_a_revision(serving):
    llm = writer()
    llm._decks.append({"slides": [{"id": "s1"}, {"id": "s2"}]})
    async with serving(answers(), llm) as stub:
        made = await stub.CreateDeck(pb.CreateDeckRequest(question=QUESTION))
        await finished(stub, made.deck.deck_id)
        asked = pb.ReviseDeckRequest(deck_id=made.deck.deck_id, instruction="shorter")
        assert (await stub.ReviseDeck(asked)).deck.state == pb.STATE_QUEUED
        _, info = await finished(stub, made.deck.deck_id)
        assert info.revision == 2


async def test_equal_revisions_have_no_differences(serving):
    async with serving(answers(), writer()) as stub:
        made = await stub.CreateDeck(pb.CreateDeckRequest(question=QUESTION))
        deck_id = made.deck.deck_id
        await finished(stub, deck_id)
        await stub.RestoreRevision(pb.RestoreRevisionRequest(deck_id=deck_id, revision=1))
        request = pb.DiffRevisionsRequest(deck_id=deck_id, from_revision=1)
        assert not (await stub.DiffRevisions(request)).changes
        wrong = pb.DiffRevisionsRequest(deck_id=deck_id, from_revision=0)
        assert (await refused(stub.DiffRevisions(wrong))).reason == "INVALID_REQUEST"


async def test_an_answered_clarification_goes_on_with_the_deck(serving):
    results = [monthly_delays("r1")]
    deck = aislides_analyst.write(write_payload(QUESTION, 9, results, find_facts(results)))
    back = '{"clarification": "Which year?", "suggestions": ["Delays in 2013?"]}'
    llm = FakeLlm([back, [BY_MONTH]], [deck])
    async with serving(FakeGenie({BY_MONTH: monthly_delays()}), llm) as stub:
        made = await stub.CreateDeck(pb.CreateDeckRequest(question="Delays?"))
        deck_id = made.deck.deck_id
        _, info = await finished(stub, deck_id)
        assert info.clarification.suggestions == ["Delays in 2013?"]
        await stub.ReviseDeck(
            pb.ReviseDeckRequest(deck_id=deck_id, clarification_answer="Delays in 2013?")
        )
        async with asyncio.timeout(10):
            while info.state != pb.STATE_SUCCEEDED:
                info = (await stub.GetDeck(pb.GetDeckRequest(deck_id=deck_id))).deck
                await asyncio.sleep(0.01)
        assert info.question == "Delays in 2013?"
        assert info.revision == 1
    llm.assert_used_up()


async def test_a_finished_spec_becomes_a_deck_without_any_model_call(serving):
    async with serving(answers(), writer()) as stub:
        made = await stub.CreateDeck(pb.CreateDeckRequest(question=QUESTION))
        await finished(stub, made.deck.deck_id)
        request = pb.GetDeckRequest(deck_id=made.deck.deck_id, view=pb.DECK_VIEW_FULL)
        bundle = (await stub.GetDeck(request)).bundle
        bundle.deck.slides[1].headline.spans[0].text = "Delays reached 99.9 minutes "
        again = await stub.CreateDeck(pb.CreateDeckRequest(spec=bundle))
        _, info = await finished(stub, again.deck.deck_id)
        assert info.state == pb.STATE_SUCCEEDED, info.error
        assert info.usage.model_calls == 0
        assert info.verdict.replaced >= 1
        bundle.facts[0].values[0].value.number = 123.0
        lying = await stub.CreateDeck(pb.CreateDeckRequest(spec=bundle))
        _, info = await finished(stub, lying.deck.deck_id)
        assert (info.state, info.error.reason) == (pb.STATE_FAILED, "INVALID_REQUEST")
        assert "formula" in info.error.message


async def test_spaces_and_themes_are_listed(serving):
    async with serving() as stub:
        spaces = (await stub.ListSpaces(pb.ListSpacesRequest())).spaces
        assert [space.title for space in spaces] == ["Test space"]
        listed = (await stub.ListThemes(pb.ListThemesRequest())).themes
        assert [theme.name for theme in listed] == ["professional", "ibcs", "dark", "warm"]
        assert [theme.is_default for theme in listed] == [True, False, False, False]
        assert all(theme.title and theme.description for theme in listed)
        assert all(colour.startswith("#") for theme in listed for colour in theme.swatches)
        with pytest.raises(
            grpc.aio.AioRpcError, match="choose one of professional, ibcs, dark, warm"
        ):
            await stub.CreateDeck(pb.CreateDeckRequest(question="Q?", theme="neon"))


def test_a_wrong_setting_is_one_clear_line(tmp_path):
    path = tmp_path / "config.yaml"
    path.write_text("orchestrator:\n  listn: 127.0.0.1:1\n")
    with pytest.raises(SettingsError, match="listen"):
        read_settings(path, environ={})


async def test_an_earlier_revision_is_restored_once_a_key_as_a_new_one(serving):
    async with serving(answers(), writer()) as stub:
        made = await stub.CreateDeck(pb.CreateDeckRequest(question=QUESTION))
        deck_id = made.deck.deck_id
        await finished(stub, deck_id)
        request = pb.RestoreRevisionRequest(deck_id=deck_id, revision=1, request_id="again")
        for _ in range(2):
            restored = (await stub.RestoreRevision(request)).deck
            assert (restored.revision, restored.state) == (2, pb.STATE_SUCCEEDED)
        listed = await stub.ListRevisions(pb.ListRevisionsRequest(deck_id=deck_id))
        assert [(one.revision, one.parent, one.origin) for one in listed.revisions] == [
            (2, 1, "restored"),
            (1, 0, "created"),
        ]
        kinds, _ = await finished(stub, deck_id)
        assert kinds[-2:] == ["completed", "completed"]
        for number, reason in ((7, "REVISION_NOT_FOUND"), (0, "INVALID_REQUEST")):
            wrong = pb.RestoreRevisionRequest(deck_id=deck_id, revision=number)
            assert (await refused(stub.RestoreRevision(wrong))).reason == reason
