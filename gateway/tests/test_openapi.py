"""The OpenAPI description is true: odd requests get declared answers, and never a 5xx."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from aislides.deck.v1 import verdict_pb2
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb
from aislides.orchestrator.v1 import orchestrator_service_pb2_grpc as grpc_stub
from aislides_runtime.serve import running_server
from gateway.server import running_gateway
from gateway.settings import ApiSection, Settings

from fakes.orchestrator import html_parts, info


class Obliging(grpc_stub.DeckServiceServicer):
    """Has every deck, and makes any other."""

    async def CreateDeck(self, request, context):
        return pb.CreateDeckResponse(deck=info())

    async def GetDeck(self, request, context):
        return pb.GetDeckResponse(deck=info())

    async def ListDecks(self, request, context):
        return pb.ListDecksResponse(decks=[info()])

    async def WatchDeck(self, request, context):
        yield pb.WatchDeckResponse(
            event=pb.DeckEvent(sequence=1, completed=pb.DeckCompleted(revision=1))
        )

    async def CancelDeck(self, request, context):
        return pb.CancelDeckResponse(deck=info())

    async def DeleteDeck(self, request, context):
        return pb.DeleteDeckResponse()

    async def ExportDeck(self, request, context):
        for part in html_parts():
            yield part

    async def ReviseDeck(self, request, context):
        return pb.ReviseDeckResponse(deck=info())

    async def ListRevisions(self, request, context):
        return pb.ListRevisionsResponse(revisions=[pb.RevisionInfo(revision=1)])

    async def GetRevision(self, request, context):
        return pb.GetRevisionResponse(revision=pb.RevisionInfo(revision=1))

    async def RestoreRevision(self, request, context):
        return pb.RestoreRevisionResponse(deck=info())

    async def RefreshDeck(self, request, context):
        return pb.RefreshDeckResponse(deck=info())

    async def DiffRevisions(self, request, context):
        return pb.DiffRevisionsResponse(changes=[pb.Change(slide_id="s1")])

    async def GetEvidence(self, request, context):
        return pb.GetEvidenceResponse(evidence=verdict_pb2.Evidence(ref=request.ref))

    async def ListSpaces(self, request, context):
        return pb.ListSpacesResponse()

    async def ListThemes(self, request, context):
        return pb.ListThemesResponse()

    async def GetUsage(self, request, context):
        return pb.GetUsageResponse()


@pytest.fixture(scope="module")
def url():
    """A real gateway before the obliging orchestrator, on a thread of its own."""
    ready, stop, where = threading.Event(), threading.Event(), []

    async def serve():
        def add(server):
            grpc_stub.add_DeckServiceServicer_to_server(Obliging(), server)

        async with running_server(add, drain_seconds=0) as upstream:
            section = ApiSection(port=0, orchestrator_target=upstream.target)
            async with running_gateway(Settings(api=section)) as gateway:
                where.append(gateway.url)
                ready.set()
                await asyncio.to_thread(stop.wait)

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert ready.wait(20)
    yield where[0]
    stop.set()
    thread.join(20)


CASES = 2_000


@pytest.mark.timeout(300)
def test_odd_requests_get_declared_answers(url):
    command = [Path(sys.executable).parent / "schemathesis", "run", f"{url}/openapi.json"]
    command += ["--seed", "20261121", "--max-examples", "92", "--generation-deterministic"]
    command += ["--phases", "examples,coverage,fuzzing", "--no-color", "--request-timeout", "20"]
    command += [
        "--checks",
        "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
    ]
    told = subprocess.run(command, capture_output=True, text=True, timeout=280)
    assert told.returncode == 0, told.stdout[-6000:]
    made = re.search(r"(\d[\d,]*) generated", told.stdout)
    assert made is not None, told.stdout[-2000:]
    assert int(made[1].replace(",", "")) >= CASES
